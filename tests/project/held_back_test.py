import numpy as np
import pytest

from segcourse.data import Dataset
from segcourse.project.held_back import divide
from tests.project import tiny


def test_with_all_splits_the_test_split_is_held_back():
    dataset = tiny.dataset()
    parts = divide(dataset)
    assert parts.held_back is dataset.test and parts.val is dataset.val
    assert parts.train is dataset.train
    assert "test is held back" in parts.reason


@pytest.mark.parametrize("val, test, name", [(4, 0, "val"), (0, 3, "test")])
def test_else_the_last_fifth_of_train_is_to_choose_by(val, test, name):
    dataset = tiny.dataset(train=11, val=val, test=test)
    parts = divide(dataset)
    assert parts.held_back.name == name
    assert len(parts.train) == 9 and len(parts.val) == 2
    both = np.concatenate([parts.train.labels, parts.val.labels])
    assert np.array_equal(both, dataset.train.labels)
    assert (parts.train.name, parts.val.name) == ("train", "val")
    assert "last fifth of train, 2 images in a row" in parts.reason


def test_a_set_of_few_images_leaves_one_to_choose_by():
    parts = divide(tiny.dataset(train=2, test=0))
    assert len(parts.train) == len(parts.val) == 1


@pytest.mark.parametrize(
    "sizes, said",
    [
        (dict(train=0), "a split train.*'tiny' with the splits: val 4, test 3"),
        (dict(val=0, test=0), "a split test or val.*with the splits: train 10"),
        (dict(train=1, test=0), "at least two images in its split train"),
    ],
)
def test_a_set_without_the_splits_is_refused(sizes, said):
    with pytest.raises(ValueError, match=f"`dataset` must have {said}"):
        divide(tiny.dataset(**sizes))


@pytest.mark.parametrize("wrong", [None, "scenes", 3, tiny.split("a", 1, 0)])
def test_what_is_no_data_set_is_refused(wrong):
    with pytest.raises(ValueError, match="`dataset` must be a Dataset"):
        divide(wrong)


def test_a_split_without_images_is_none():
    empty = tiny.split("test", 0, 0)
    splits = {"train": tiny.split("train", 5, 0), "val": tiny.split("val", 2, 1), "test": empty}
    assert divide(Dataset("a", tiny.CLASSES, splits, "memory", "")).held_back.name == "val"
