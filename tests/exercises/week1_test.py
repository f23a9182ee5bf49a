"""Week 1's references against independent implementations, and the examples of their texts."""

import keras
import numpy as np
import pytest
from keras import ops
from scipy.special import log_softmax

from segcourse import data
from segcourse.exercises import week1


def reference(name):
    return getattr(week1, name).right.build()


@pytest.fixture(scope="module")
def scenes():
    return data.load("scenes").val.take(16)


# 1.1


@pytest.mark.parametrize("seed", range(5))
def test_one_hot_agrees_with_keras(seed):
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 4, (6, 7)).astype("uint8")
    labels[rng.random((6, 7)) < 0.2] = 255
    expected = keras.utils.to_categorical(np.where(labels == 255, 4, labels), 5)[..., :4]
    result = reference("one_hot")(labels, 4)
    np.testing.assert_array_equal(result, expected)
    assert result.dtype == "float32"
    np.testing.assert_array_equal(result.sum(-1), labels != 255)


def test_one_hot_example():
    result = reference("one_hot")(np.array([[2, 0, 255]], "uint8"), 3)
    assert result.tolist() == [[[0, 0, 1], [1, 0, 0], [0, 0, 0]]]


# 1.2


def test_semantic_map_is_the_label_map_of_the_scenes(scenes):
    for one in scenes:
        result = reference("semantic_map")(one["panoptic"], one["segments_info"])
        np.testing.assert_array_equal(result, one["label"])


def test_semantic_map_example():
    info = [{"id": 7, "category_id": 0}, {"id": 9, "category_id": 4}]
    result = reference("semantic_map")(np.array([[7, 7, 0, 9]]), info)
    assert result.tolist() == [[0, 0, 255, 4]]


# 1.3


def test_instance_map_is_that_of_the_scenes(scenes):
    for one in scenes:
        result = reference("instance_map")(one["panoptic"], one["segments_info"], (3, 4))
        np.testing.assert_array_equal(result, one["instances"])


def test_instance_map_by_hand_with_a_crowd():
    info = [
        {"id": i, "category_id": c, "iscrowd": crowd}
        for i, c, crowd in [(8, 4, 0), (2, 3, 1), (5, 0, 0), (6, 3, 0)]
    ]
    panoptic = np.array([[8, 2, 5], [6, 0, 8]])
    result = reference("instance_map")(panoptic, info, (3, 4))
    assert result.tolist() == [[1, 255, 0], [2, 255, 1]]
    assert reference("instance_map")(panoptic, info, (4,)).tolist() == [[1, 0, 0], [0, 255, 1]]


def test_instance_map_example():
    info = [{"id": i, "category_id": c, "iscrowd": 0} for i, c in [(7, 0), (4, 3), (9, 3)]]
    result = reference("instance_map")(np.array([[7, 0, 9, 4]]), info, (3, 4))
    assert result.tolist() == [[0, 255, 2, 1]]


# 1.4


def test_tight_box_is_that_of_the_scenes(scenes):
    for one in scenes:
        for number, box in enumerate(one["boxes"], start=1):
            assert reference("tight_box")(one["instances"] == number) == tuple(box)


def test_tight_box_cuts_out_all_and_no_less():
    mask = np.random.default_rng(0).random((30, 40)) < 0.004
    left, top, right, bottom = reference("tight_box")(mask)
    inner = mask[top:bottom, left:right]
    assert inner.sum() == mask.sum() > 0
    assert all(edge.any() for edge in (inner[0], inner[-1], inner[:, 0], inner[:, -1]))


def test_tight_box_example():
    mask = np.array([[0, 0, 0, 0], [0, 1, 1, 0]], bool)
    assert reference("tight_box")(mask) == (1, 1, 3, 2)


# 1.5


@pytest.mark.parametrize("seed", range(20))
def test_box_iou_agrees_with_counted_pixels(seed):
    corners = np.random.default_rng(seed).integers(0, 12, (2, 2, 2))
    a, b = ([*c.min(0), *(c.max(0) + 1)] for c in corners)
    rows, columns = np.indices((14, 14))
    inside = [(x0 <= columns) & (columns < x1) & (y0 <= rows) & (rows < y1)
              for x0, y0, x1, y1 in (a, b)]  # fmt: skip
    expected = (inside[0] & inside[1]).sum() / (inside[0] | inside[1]).sum()
    assert reference("box_iou")(a, b) == pytest.approx(expected)


def test_box_iou_example():
    assert reference("box_iou")((0, 0, 4, 2), (2, 0, 6, 2)) == pytest.approx(4 / 12)


# 1.6


@pytest.mark.parametrize("scale", [1, 1000])
def test_multi_task_loss_agrees_with_scipy_and_keras(scale):
    rng = np.random.default_rng(scale)
    logits, box, true_box = scale * rng.normal(size=4), rng.random(4), rng.random(4)
    result = reference("multi_task_loss")(logits, 2, box, true_box, 1.5)
    assert result == pytest.approx(
        -log_softmax(logits)[2] + 1.5 * ((box - true_box) ** 2).sum(), rel=1e-9
    )
    labels = np.array([2])
    by_keras = keras.losses.sparse_categorical_crossentropy(labels, logits[None], from_logits=True)
    squares = keras.losses.mean_squared_error(true_box[None], box[None])
    assert result == pytest.approx(float(ops.sum(by_keras + 1.5 * 4 * squares)), rel=1e-4)


def test_multi_task_loss_example():
    result = reference("multi_task_loss")(
        np.array([0, np.log(3)]), 1, np.array([0, 0, 4, 2]), np.array([1, 0, 4, 4]), 0.1
    )
    assert result == pytest.approx(0.788, abs=5e-4)


# 1.7


@pytest.mark.parametrize(("size", "patch"), [(1, 1), (1, 5), (7, 3), (5, 9), (12, 5)])
def test_repeated_work_agrees_with_reading_every_patch(size, patch):
    bordered = np.arange((size + patch - 1) ** 2).reshape(size + patch - 1, -1)
    windows = np.lib.stride_tricks.sliding_window_view(bordered, (patch, patch))
    passes, reads = windows[..., 0, 0].size, windows.size
    result = reference("repeated_work")(size, patch)
    assert result == (passes, reads, reads - len(np.unique(windows)))


def test_repeated_work_example():
    assert reference("repeated_work")(2, 3) == (4, 36, 20)
    assert reference("repeated_work")(256, 17)[0] == 65_536
