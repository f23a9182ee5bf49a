import numpy as np
import pytest

from segcourse.data import from_folder


def files(split):
    return [one["file"] for one in split]


def test_a_seed_gives_the_same_split_and_another_another(tmp_path, make):
    make.many(tmp_path, 30)
    first = from_folder(tmp_path, val=0.2, test=0.1)
    assert [len(first.split(name)) for name in ("train", "val", "test")] == [21, 6, 3]
    assert "split by seed 0 (train 21, val 6, test 3)" in first.source
    everything = [name for split in first.splits for name in files(first.split(split))]
    assert sorted(everything) == sorted(f"images/{k}.png" for k in range(30))
    assert files(from_folder(tmp_path, val=0.2, test=0.1).val) == files(first.val)
    assert files(from_folder(tmp_path, val=0.2, test=0.1, seed=1).val) != files(first.val)


def test_val_is_held_back_from_train_where_there_is_none(tmp_path, make):
    for k in range(10):
        split = "test" if k > 7 else "train"
        make.pair(tmp_path / split / "images" / f"{k}.png", tmp_path / split / f"masks/{k}.png", k)
    found = from_folder(tmp_path)
    assert [len(found.split(name)) for name in ("train", "val", "test")] == [6, 2, 2]
    assert "2 pictures held back from train by seed 0" in found.source
    assert from_folder(tmp_path, val=0).splits == ("train", "test")


def test_few_pictures(tmp_path, make):
    make.many(tmp_path, 1)
    assert from_folder(tmp_path).splits == ("train",)
    make.many(tmp_path, 2)
    assert [len(from_folder(tmp_path).split(name)) for name in ("train", "val")] == [1, 1]
    np.testing.assert_equal(from_folder(tmp_path, test=0.1).splits, ("train", "val"))


@pytest.mark.parametrize(
    "arguments",
    [{"val": 1}, {"val": -0.1}, {"val": "0.2"}, {"test": True}, {"seed": -1}, {"seed": 1.5},
     {"val": 0.5, "test": 0.5}],
)  # fmt: skip
def test_wrong_shares_and_seeds(tmp_path, make, arguments):
    make.many(tmp_path, 2)
    with pytest.raises(ValueError, match=f"`{next(iter(arguments))}`.*Received"):
        from_folder(tmp_path, **arguments)
