import numpy as np
import pytest
from scipy import ndimage

from segcourse.metrics import boundary_iou
from tests.metrics.boundaries.two_regions import blob


def band_by_erosion(region, width):
    """As the authors find it: what `width` erosions with 3×3 take away, outside all around."""
    padded = np.pad(region, 1).astype(bool)
    return padded & ~ndimage.binary_erosion(padded, np.ones((3, 3)), iterations=width)


@pytest.mark.parametrize("width", [1, 2, 3, 7, 40])
def test_it_is_what_erosions_give(width):
    true, predicted = blob(1), blob(2)
    bands = [band_by_erosion(one, width) for one in (true, predicted)]
    wanted = np.logical_and(*bands).sum() / np.logical_or(*bands).sum()
    assert 0 < wanted < 1
    assert boundary_iou(true, predicted, width) == pytest.approx(wanted, rel=1e-12)


def test_by_hand():
    """A square of 5×5, and one that lacks its middle."""
    labels, predictions = np.zeros((2, 7, 7), int)
    labels[1:6, 1:6] = predictions[1:6, 1:6] = 1
    predictions[3, 3] = 0
    # The true band has 16 pixels; around the missing middle the predicted one has 8 more.
    assert boundary_iou(labels, predictions, 1) == pytest.approx(16 / 24)
    assert boundary_iou(labels, predictions, 3) == pytest.approx(24 / 25)


def test_a_wide_band_gives_the_iou():
    true, predicted = blob(3), blob(4)
    iou = np.logical_and(true, predicted).sum() / np.logical_or(true, predicted).sum()
    assert boundary_iou(true, predicted, 31) == pytest.approx(iou)


@pytest.mark.parametrize("size, width", [((30, 40), 1), ((300, 400), 10), ((720, 960), 24)])
def test_the_width_of_the_paper_is_two_percent_of_the_diagonal(size, width):
    true = np.zeros(size, int)
    true[: size[0] // 2, : size[1] // 2] = 1
    predicted = np.roll(true, 3, axis=0)
    assert boundary_iou(true, predicted) == boundary_iou(true, predicted, width)
    assert boundary_iou(true, predicted) != boundary_iou(true, predicted, width + 1)


def test_void_belongs_to_no_region():
    true, predicted = blob(1), blob(2)
    labels = true.copy()
    labels[:, :10] = 255
    cut = [np.where(labels == 255, 0, one) for one in (true, predicted)]
    assert boundary_iou(labels, predicted) == boundary_iou(*cut)


def test_empty_regions():
    empty, there = np.zeros((5, 6), int), np.eye(5, 6, dtype=int)
    assert np.isnan(boundary_iou(empty, empty))
    assert boundary_iou(empty, there) == boundary_iou(there, empty) == 0.0
    assert boundary_iou(there, there) == 1.0


def test_white_that_was_meant_as_the_region_is_named():
    """A mask of 0 and 255, whose 255 is void: nothing of it would count."""
    white = 255 * np.pad(np.ones((3, 3), int), 3)
    with pytest.warns(UserWarning, match="of black and white"):
        boundary_iou(white, white // 255)


@pytest.mark.parametrize("void", [0, 1, 1.5, "255"])
def test_void_is_another_label(void):
    with pytest.raises(ValueError, match="`void`"):
        boundary_iou(np.eye(3, dtype=int), np.eye(3, dtype=int), void=void)
