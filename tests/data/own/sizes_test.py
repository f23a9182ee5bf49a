import numpy as np
import pytest

from segcourse.data import DataError, from_folder
from segcourse.data.own.sizes import fitted


def mixed(folder, make):
    for k, shape in enumerate(((8, 10), (10, 8), (20, 25), (4, 4), (8, 10))):
        make.pair(folder / f"images/{k}.png", folder / f"masks/{k}.png", k, shape=shape)


def test_mixed_sizes_are_said_with_what_to_do(tmp_path, make):
    mixed(tmp_path, make)
    with pytest.raises(
        DataError, match=r"differ in size: 8×10 \(2 pictures\).*'crop'.*size"
    ) as error:
        _ = from_folder(tmp_path, val=0).train.images
    assert "segcourse.json" in str(error.value)


@pytest.mark.parametrize("fit, words", [("resize", "stretched"), ("crop", "middle 6×9"),
                                        ("pad", "scaled whole")])  # fmt: skip
def test_one_size_for_all(tmp_path, make, fit, words):
    mixed(tmp_path, make)
    found = from_folder(tmp_path, ("a", "b", "c"), size=(6, 9), fit=fit, val=0)
    assert found.train.images.shape == (5, 6, 9, 3) and found.train.labels.shape == (5, 6, 9)
    assert words in found.source
    assert (found.train.labels == 255).any() == (fit != "resize")


def test_crop_takes_the_middle_and_fills_up():
    labels = np.arange(30, dtype="uint8").reshape(5, 6)
    image = np.repeat(labels[..., None], 3, 2) + 1
    cut, ids = fitted(image, labels, (3, 8), "crop")
    np.testing.assert_array_equal(ids[:, 1:7], labels[1:4])
    np.testing.assert_array_equal(cut[:, 1:7], image[1:4])
    assert (ids[:, [0, 7]] == 255).all() and (cut[:, [0, 7]] == 0).all()


def test_pad_keeps_proportions_and_the_whole_picture():
    labels = np.ones((10, 20), "uint8")
    image = np.full((10, 20, 3), 9, "uint8")
    whole, ids = fitted(image, labels, (8, 8), "pad")
    assert (ids[2:6] == 1).all() and (ids[[0, 1, 6, 7]] == 255).all()
    np.testing.assert_array_equal(whole[..., 0] == 9, ids == 1)
    assert fitted(image[:1], labels[:1], (4, 4), "pad")[1].shape == (4, 4)


def test_wrong_arguments(tmp_path, make):
    make.many(tmp_path, 2)
    for arguments in ({"fit": "stretch"}, {"fit": 3}, {"size": 5}, {"size": (0, 4)}):
        with pytest.raises(ValueError, match=f"`{next(iter(arguments))}` must be"):
            from_folder(tmp_path, **arguments)
