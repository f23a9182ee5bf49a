import numpy as np
import pytest

from segcourse.metrics import confusion_matrix

RNG = np.random.default_rng(0)


def brute_force(labels, predictions, num_classes, void=255):
    matrix = np.zeros((num_classes, num_classes), int)
    for true, predicted in zip(labels.ravel().tolist(), predictions.ravel().tolist(), strict=True):
        if true != void:
            matrix[true, predicted] += 1
    return matrix


def a_pair(num_classes, shape=(3, 17, 19), void=255):
    labels = RNG.integers(0, num_classes, shape)
    labels[RNG.random(shape) < 0.1] = void
    return labels, RNG.integers(0, num_classes, shape)


@pytest.mark.parametrize("dtype", ["uint8", "int16", "uint16", "int32", "int64", "uint64"])
@pytest.mark.parametrize("num_classes", [1, 2, 21, 255])
def test_counts_as_a_loop_over_pixels_does(dtype, num_classes):
    labels, predictions = a_pair(num_classes)
    matrix = confusion_matrix(labels.astype(dtype), predictions.astype(dtype), num_classes)
    assert matrix.dtype == np.int64
    np.testing.assert_array_equal(matrix, brute_force(labels, predictions, num_classes))


def test_counts_more_classes_than_bytes_have_and_other_voids():
    labels, predictions = a_pair(1000, void=-1)
    matrix = confusion_matrix(labels, predictions, 1000, void=-1)
    np.testing.assert_array_equal(matrix, brute_force(labels, predictions, 1000, void=-1))


def test_counts_across_chunks():
    labels, predictions = a_pair(5, shape=(2, 300, 301))
    matrix = confusion_matrix(labels.astype("uint8"), predictions.astype("uint8"), 5)
    assert matrix.sum() == (labels != 255).sum()
    expected = np.bincount((labels * 5 + predictions)[labels != 255], minlength=25)
    np.testing.assert_array_equal(matrix.ravel(), expected)


def test_agrees_with_scikit_learn():
    sklearn_metrics = pytest.importorskip("sklearn.metrics")
    labels, predictions = a_pair(7)
    seen = labels != 255
    expected = sklearn_metrics.confusion_matrix(
        labels[seen], predictions[seen], labels=list(range(7))
    )
    np.testing.assert_array_equal(confusion_matrix(labels, predictions, 7), expected)


def test_takes_masks_of_booleans():
    mask = np.array([True, False, True])
    np.testing.assert_array_equal(confusion_matrix(mask, ~mask, 2), [[0, 1], [2, 0]])


def test_all_void_gives_zeros():
    void = np.full((2, 3), 255, "uint8")
    np.testing.assert_array_equal(confusion_matrix(void, np.zeros_like(void), 3), np.zeros((3, 3)))


@pytest.mark.parametrize("dtype", ["uint8", "int64"])
def test_what_is_predicted_at_void_does_not_matter(dtype):
    labels = np.array([0, 255, 1], dtype)
    predictions = np.array([0, 255, 1], dtype)
    np.testing.assert_array_equal(confusion_matrix(labels, predictions, 2), np.eye(2))


@pytest.mark.parametrize(
    ("labels", "predictions", "says"),
    [
        ([0, 1, 3], [0, 1, 1], "`labels` must be class ids 0..1 or void=255. Received: 3"),
        ([0, 1, -1], [0, 1, 1], "`labels` .* Received: -1"),
        ([0, 1, 300], [0, 1, 1], "`labels` .* Received: 300"),
        ([0, 1, 1], [0, 1, 255], "`predictions` must be class ids 0..1. Received: 255"),
        ([0, 1, 1], [0, -4, 2], "`predictions` .* Received: -4, 2"),
        ([0.0, 1.0], [0, 1], "`labels` must be integer.*float64"),
        ([0, 1], [0.0, 1.0], "`predictions` must be integer.*argmax.*float64"),
        ([0, 1], [[0.1, 0.9], [0.9, 0.1]], "argmax"),
        ([0, 1], [0, 1, 1], "same shape"),
        (np.zeros((0, 4), int), np.zeros((0, 4), int), "at least one pixel"),
    ],
)
def test_names_what_is_wrong(labels, predictions, says):
    with pytest.raises(ValueError, match=says):
        confusion_matrix(np.asarray(labels), np.asarray(predictions), 2)


@pytest.mark.parametrize(
    ("num_classes", "void", "says"),
    [(0, 255, "num_classes"), (2.5, 255, "num_classes"), (3, 2, "`void`"), (256, 255, "`void`")],
)
def test_refuses_impossible_classes(num_classes, void, says):
    with pytest.raises(ValueError, match=says):
        confusion_matrix([0, 1], [0, 1], num_classes, void)


@pytest.mark.parametrize("kind", [np.uint8, np.int8, np.uint64, np.int32])
def test_numbers_of_numpy_are_the_integers_they_stand_for(kind):
    labels = np.array([[0, 1, 5]], "uint8")
    wanted = confusion_matrix(labels, labels, 6)
    np.testing.assert_array_equal(confusion_matrix(labels, labels, labels.max() + kind(1)), wanted)
    np.testing.assert_array_equal(confusion_matrix(labels, labels, kind(6), kind(100)), wanted)


def test_what_is_no_plain_array():
    masked = np.ma.masked_array([[0, 1]], [[True, False]])
    plain = np.array([[0, 1]])
    for wrong in (masked, [masked[0]]):
        with pytest.raises(ValueError, match="`labels` must be a plain array, without a mask"):
            confusion_matrix(wrong, plain, 2)
        with pytest.raises(ValueError, match="`predictions` must be a plain array"):
            confusion_matrix(plain, wrong, 2)
    with pytest.raises(ValueError, match="`labels` must be one array.*shapes .1,., .2,."):
        confusion_matrix([[1], [1, 2]], [[1], [1, 2]], 3)
