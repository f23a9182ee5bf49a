import math
from functools import partial

import numpy as np
import pytest
from scipy import ndimage

from segcourse.data import separation_weights


def test_by_hand():
    """Two objects, three pixels apart, in one row of seven; w0 = 10, sigma = 2."""
    row = np.array([[1, 0, 0, 0, 2, 2, 0]])
    gap = 10 * math.exp(-(4**2) / 8)  # 1 + 3, 2 + 2, 3 + 1
    beyond = 10 * math.exp(-((1 + 6) ** 2) / 8)  # the last pixel: 1 to the right, 6 to the left
    below, above = 7 / (2 * 4), 7 / (2 * 3)
    expected = [above, below + gap, below + gap, below + gap, above, above, below + beyond]
    got = separation_weights(row, sigma=2)
    assert got.dtype == np.float32
    np.testing.assert_allclose(got[0], expected, rtol=1e-6)


def test_by_hand_in_the_plane():
    """Objects in two corners of a 3×3 map: the middle is sqrt(2) away from both."""
    corners = np.array([[5, 0, 0], [0, 0, 0], [0, 0, 9]])
    root2, root5 = math.sqrt(2), math.sqrt(5)
    sums = {(1, 1): 2 * root2, (0, 1): 1 + root5, (1, 2): root5 + 1, (0, 2): 4, (2, 0): 4}
    got = separation_weights(corners, w0=3, sigma=4, class_weights=(0, 0.5))
    for place, total in sums.items():
        assert got[place] == pytest.approx(3 * math.exp(-(total**2) / 32), rel=1e-6)
    assert got[0, 0] == got[2, 2] == 0.5


def by_whole_pictures(instances, w0, sigma):
    """One distance transform of the whole picture per object, sorted."""
    ids = [i for i in np.unique(instances) if i]
    distances = [ndimage.distance_transform_edt(instances != i) for i in ids]
    d1, d2 = np.sort(distances, axis=0)[:2]
    foreground = instances > 0
    balance = np.where(foreground, 0.5 / foreground.mean(), 0.5 / (1 - foreground.mean()))
    return balance + w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2)) * ~foreground


@pytest.mark.parametrize("sigma", [1.5, 5])
def test_against_one_distance_transform_per_object(sigma):
    rng = np.random.default_rng(0)
    mask = ndimage.gaussian_filter(rng.normal(size=(120, 150)), 3) > 0.03
    instances, count = ndimage.label(mask)
    assert count > 20
    expected = by_whole_pictures(instances, 10, sigma)
    np.testing.assert_allclose(separation_weights(instances, sigma=sigma), expected, rtol=1e-5)
    # The objects of a mask are its connected regions; ids may have holes between them.
    by_mask = separation_weights(mask.astype("uint8"), sigma=sigma)
    np.testing.assert_array_equal(by_mask, separation_weights(instances, sigma=sigma))
    with_holes = separation_weights(instances * 7, sigma=sigma, void=None)
    np.testing.assert_array_equal(with_holes, by_mask)


def test_classes_weigh_the_same_and_the_mean_is_one():
    mask = np.zeros((20, 30), "uint8")
    mask[3:7, 4:12] = 1
    weights = separation_weights(mask)
    assert weights[mask == 1].sum() == pytest.approx(weights[mask == 0].sum(), rel=1e-5)
    assert weights.mean() == pytest.approx(1, rel=1e-5)


def test_touching_objects_and_one_object():
    both = np.array([[1, 1, 2, 2]])
    np.testing.assert_allclose(separation_weights(both), 1)  # no background at all
    one = np.array([[0, 1, 0, 0]])
    np.testing.assert_allclose(separation_weights(one), [[4 / 6, 2, 4 / 6, 4 / 6]], rtol=1e-6)


def test_void_has_no_weight_and_is_no_object():
    labels = np.array([[1, 0, 255, 0, 1]])
    got = separation_weights(labels)
    assert got[0, 2] == 0
    np.testing.assert_allclose(got[0, 0], 4 / (2 * 2), rtol=1e-6)
    np.testing.assert_allclose(got[0, 1], 1 + 10 * math.exp(-((1 + 3) ** 2) / 50), rtol=1e-6)
    assert separation_weights(np.array([[0, 255, 3]]), void=None)[0, 1] > 0


def test_a_picture_without_objects_is_background():
    np.testing.assert_array_equal(separation_weights(np.zeros((4, 4), int)), 1)
    np.testing.assert_array_equal(separation_weights(np.full((4, 4), 255)), 0)
    weights = separation_weights(np.zeros((4, 4), int), class_weights=(3, 5))
    np.testing.assert_array_equal(weights, 3)


def test_object_255_is_an_object():
    objects = np.arange(1, 301).reshape(15, 20).repeat(2, 0).repeat(2, 1)
    objects[::2] = 0
    weights = separation_weights(objects)
    # Whichever id an object has, the weights are the same.
    others = np.where(objects == 255, 301, objects)
    np.testing.assert_array_equal(weights, separation_weights(others))
    np.testing.assert_array_equal(weights[objects == 255], weights[objects == 254])
    assert (separation_weights(objects, void=255)[objects == 255] == 0).all()


def test_a_mask_of_black_and_white_is_warned_of():
    with pytest.warns(UserWarning, match="`instances` hold only 0 and 255.*black and white"):
        separation_weights(np.array([[0, 255]]))


@pytest.mark.parametrize(
    "call, message",
    [
        (partial(separation_weights, np.ones((4, 4))), "must be integer ids.*float64$"),
        (partial(separation_weights, np.full((4, 4), np.nan)), "dtype=float64, with NaN"),
        (partial(separation_weights, np.ones((4, 4), bool)), "must be integer ids.*bool"),
        (partial(separation_weights, np.ones((1, 4, 4), int)), "one map .height, width.*1, 4, 4"),
        (partial(separation_weights, np.ones((0, 4), int)), "one map .height, width"),
        (partial(separation_weights, np.array([[1, -1]])), "ids from 0 on. Received: ids from -1"),
        (partial(separation_weights, np.array([[1, 0]]), w0=-1), "`w0` must be a number 0 or more"),
        (partial(separation_weights, np.array([[1, 0]]), w0=np.nan), "`w0` must be a number"),
        (partial(separation_weights, np.array([[1, 0]]), sigma=0), "`sigma` must be .* above 0"),
        (partial(separation_weights, np.array([[1, 0]]), class_weights=2), "`class_weights` must"),
        (partial(separation_weights, np.array([[1, 0]]), class_weights=(1, -1)), "`class_weights`"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()
