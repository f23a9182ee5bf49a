import warnings

import numpy as np
import pytest

from segcourse.metrics import scores


def test_two_classes_by_hand():
    # 4 pixels of class 0, 3 of them right; 6 of class 1, 5 of them right.
    result = scores(np.array([[3, 1], [1, 5]]))
    assert result["pixel_accuracy"] == pytest.approx(8 / 10)
    assert result["mean_accuracy"] == pytest.approx((3 / 4 + 5 / 6) / 2)
    np.testing.assert_allclose(result["iou"], [3 / 5, 5 / 7])
    assert result["mean_iou"] == pytest.approx((3 / 5 + 5 / 7) / 2)
    assert result["frequency_weighted_iou"] == pytest.approx((4 * 3 / 5 + 6 * 5 / 7) / 10)


def test_leaves_out_absent_classes_and_counts_invented_ones():
    # Class 1 is in the prediction only, class 2 in neither map.
    result = scores([[6, 2, 0], [0, 0, 0], [0, 0, 0]])
    assert result["mean_accuracy"] == pytest.approx(6 / 8)
    np.testing.assert_allclose(result["iou"], [6 / 8, 0, np.nan])
    assert result["mean_iou"] == pytest.approx((6 / 8 + 0) / 2)
    assert result["frequency_weighted_iou"] == pytest.approx(6 / 8)


def test_all_void_is_nan_without_a_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = scores(np.zeros((3, 3), np.int64))
    assert all(np.all(np.isnan(value)) for value in result.values())
    assert result["iou"].shape == (3,)


def test_counts_beyond_float32():
    big = 2**40
    result = scores(np.array([[big + 1, 0], [0, 1]]))
    assert result["pixel_accuracy"] == 1.0 and result["mean_iou"] == 1.0


@pytest.mark.parametrize(
    "matrix", [[1, 2], [[1, 2]], np.zeros((0, 0)), [[1, -1], [0, 2]], [["a"]], [[np.nan]]]
)
def test_refuses_what_is_no_confusion_matrix(matrix):
    with pytest.raises(ValueError, match="`matrix` must"):
        scores(matrix)
