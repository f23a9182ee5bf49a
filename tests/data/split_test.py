import numpy as np
import pytest

from segcourse.data import Dataset, Split


class Reader:
    def __init__(self):
        self.calls = []

    def __call__(self, count):
        self.calls.append(count)
        return {
            "image": np.zeros((count, 4, 6, 3), "uint8"),
            "label": np.arange(count, dtype="uint8")[:, None, None] * np.ones((4, 6), "uint8"),
            "file": [f"{k}.png" for k in range(count)],
        }


@pytest.fixture
def reader():
    return Reader()


@pytest.fixture
def split(reader):
    return Split("val", ("sky", "grass"), 5, reader)


def test_nothing_is_read_until_it_is_asked_for(split, reader):
    assert len(split) == 5 and repr(split) == "Split 'val': 5 images, 2 classes"
    assert reader.calls == []
    assert split.images.shape == (5, 4, 6, 3)
    _ = split.labels, split[2]
    assert reader.calls == [5]
    assert repr(split) == "Split 'val': 5 images of 4×6, 2 classes"


def test_take_reads_only_its_share(split, reader):
    part = split.take(2)
    assert len(part) == 2 and part.labels.shape == (2, 4, 6) and part.name == "val"
    assert reader.calls == [2]
    assert len(split.take(99)) == 5


def test_take_uses_what_is_in_memory(split, reader):
    whole = split.labels
    assert np.shares_memory(split.take(3).labels, whole)
    assert reader.calls == [5]
    assert len(split.take(3).take(2).images) == 2


def test_skip_gives_the_rest_and_reads_once(split, reader):
    rest, start = split.skip(3), split.skip(0).take(2)
    assert reader.calls == []
    assert rest.labels[:, 0, 0].tolist() == [3, 4] and len(rest) == 2
    assert start.labels[:, 0, 0].tolist() == [0, 1]
    assert rest.take(1)[0]["file"] == "3.png"
    assert reader.calls == [5]
    for wrong in (5, -1, 1.5):
        with pytest.raises(ValueError, match="`count`"):
            split.skip(wrong)


def test_an_example_is_a_dict(split):
    assert split[1]["file"] == "1.png" and split[-1]["file"] == "4.png"
    assert (split[3]["label"] == 3).all()
    assert [one["file"] for one in split][:2] == ["0.png", "1.png"]


def test_wrong_places_are_named(split):
    with pytest.raises(IndexError, match="below 5.*index=5"):
        split[5]
    with pytest.raises(TypeError, match="`index` must be an integer"):
        split[1:3]
    with pytest.raises(ValueError, match="`count` must be a positive integer"):
        split.take(0)


def test_dataset_says_what_it_has(split):
    ds = Dataset("toy", ("sky", "grass"), {"val": split}, "a folder", "nobody")
    assert ds.val is split and ds.splits == ("val",) and ds.num_classes == 2 and ds.void == 255
    assert repr(ds) == "Dataset 'toy': val 5 images; train, test absent; 2 classes (sky, grass)"
    with pytest.raises(ValueError, match="'train' of 'toy' is not there. Present: val"):
        _ = ds.train
