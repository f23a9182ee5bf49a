import numpy as np
import pytest

from segcourse.data import Split, patches


def make_split(labels, classes=("a", "b", "c")):
    """Pictures whose red pixel is 10 times the label, green the row, blue the column."""
    labels = np.asarray(labels, "uint8")
    rows, columns = np.indices(labels.shape[1:])
    images = np.stack([labels * 10, labels * 0 + rows, labels * 0 + columns], -1).astype("uint8")
    arrays = {"image": images, "label": labels}
    return Split("train", classes, len(labels), lambda n: arrays)


@pytest.fixture
def split():
    return make_split(np.random.default_rng(0).integers(0, 3, (4, 12, 15)))


@pytest.mark.parametrize("size", [1, 4, 5])
def test_the_label_is_that_of_the_middle_pixel(split, size):
    images, labels = patches(split, 50, size)
    assert images.shape == (50, size, size, 3) and images.dtype == "float32"
    middle = images[:, size // 2, size // 2, 0] * 255
    np.testing.assert_allclose(middle, labels * 10, atol=1e-4)


def test_a_patch_is_a_window_of_a_picture(split):
    images, _ = patches(split, 20, 4)
    for patch in np.rint(images * 255).astype(int):
        top, left = patch[0, 0, 1:]
        np.testing.assert_array_equal(patch[..., 1], top + np.arange(4)[:, None] + np.zeros(4))
        np.testing.assert_array_equal(patch[..., 2], left + np.arange(4) + np.zeros((4, 1)))


def test_every_class_comes_equally_often_and_void_never():
    labels = np.full((2, 9, 9), 255)
    labels[0, 4, 4], labels[1, 3:5, 3] = 0, [1, 2]
    _, ids = patches(make_split(labels), 31, 3)
    assert np.bincount(ids).tolist() == [11, 10, 10]


def test_the_seed_decides(split):
    first, again, other = (patches(split, 12, 3, seed)[0] for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize("count, size, named", [(0, 3, "count"), (3, 0, "size"), (3, 13, "size")])
def test_wrong_arguments_are_named(split, count, size, named):
    with pytest.raises(ValueError, match=f"`{named}`.*Received: {named}="):
        patches(split, count, size)


def test_a_class_that_never_lies_in_the_middle_is_named():
    labels = np.zeros((1, 6, 6))
    labels[0, 0, 0] = 1
    with pytest.raises(ValueError, match="class 'b'"):
        patches(make_split(labels, ("a", "b")), 4, 3)
