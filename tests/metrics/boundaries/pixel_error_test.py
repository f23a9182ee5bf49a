import numpy as np
import pytest

from segcourse.metrics import CHALLENGE_THRESHOLDS, pixel_error, rand_error, warping_error

# By hand: TP 3, FN 1, FP 2, TN 2 of 8 pixels.
LABELS = np.array([[1, 1, 1, 1], [0, 0, 0, 0]], "uint8")
PREDICTIONS = np.array([[1, 1, 1, 0], [1, 1, 0, 0]], "uint8")


def test_by_hand():
    assert pixel_error(LABELS, PREDICTIONS) == 3 / 8
    assert pixel_error(LABELS, PREDICTIONS, measure="f_score") == pytest.approx(1 - 6 / 9)
    assert pixel_error(LABELS, LABELS) == pixel_error(LABELS, LABELS, measure="f_score") == 0.0
    assert pixel_error(LABELS, 1 - LABELS, measure="f_score") == 1.0


def test_the_squared_distance_and_the_f_score_of_scikit_learn():
    metrics = pytest.importorskip("sklearn.metrics")
    rng = np.random.default_rng(0)
    labels, predictions = rng.integers(0, 2, (2, 3, 20, 30))
    distance = ((labels - predictions) ** 2).mean()
    assert pixel_error(labels, predictions) == pytest.approx(distance)
    f_score = metrics.f1_score(labels.ravel(), predictions.ravel())
    assert pixel_error(labels, predictions, measure="f_score") == pytest.approx(1 - f_score)


def test_the_least_error_over_the_thresholds():
    probabilities = np.array([[0.95, 0.9, 0.6, 0.2], [0.7, 0.3, 0.1, 0.0]])
    # Above 0.5: 1 miss, 1 false alarm. Above 0.65: 2 misses, 1 false alarm. Above 0.15: 2 false.
    assert pixel_error(LABELS, probabilities) == 2 / 8
    assert pixel_error(LABELS, probabilities, thresholds=[0.65, 0.5]) == 2 / 8
    assert pixel_error(LABELS, probabilities, thresholds=0.65) == 3 / 8
    # F-scores: 0.5 gives 6 / 8, 0.15 gives 8 / 10.
    best = pixel_error(LABELS, probabilities, CHALLENGE_THRESHOLDS, measure="f_score")
    assert best == pytest.approx(1 - 8 / 10)


def test_a_threshold_is_background():
    assert pixel_error([[0, 1]], [[0.5, 0.6]]) == 0.0
    assert pixel_error([[0, 1]], np.array([[0.0, 1e-3]], "float32"), thresholds=0) == 0.0


def test_the_thresholds_of_the_challenge():
    np.testing.assert_allclose(CHALLENGE_THRESHOLDS, np.arange(10) / 10)


def test_an_unknown_measure():
    with pytest.raises(ValueError, match="`measure` must be one of 'share', 'f_score'. Received"):
        pixel_error(LABELS, LABELS, measure="iou")


NAN = np.where(LABELS == 1, np.nan, 0.5)


@pytest.mark.parametrize("error", [pixel_error, rand_error, warping_error])
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"labels": LABELS / 1.0}, "`labels` must be integers, 0 or 1.*float64"),
        ({"labels": LABELS * 255}, "`labels` must be 0 or 1. Received: from 0 to 255"),
        ({"labels": LABELS[0]}, r"`labels` must be \[height, width\].*\(4,\)"),
        ({"labels": LABELS[:0]}, "`labels` must be .* at least one pixel"),
        ({"predictions": LABELS[:1]}, r"`predictions` must have the shape of `labels`.*\(1, 4\)"),
        ({"predictions": np.stack([LABELS, LABELS], -1) / 2}, "softmax"),
        ({"predictions": LABELS + 1}, "`predictions` must be 0 or 1. Received: from 1 to 2"),
        ({"predictions": NAN}, "`predictions` must be probabilities.*nan"),
        ({"predictions": LABELS * 1.5}, "`predictions` must be probabilities.*from 0 to 1.5"),
        ({"thresholds": 1.0}, "`thresholds` must be .*thresholds=1.0"),
        ({"thresholds": [0.5, -0.1]}, "`thresholds` must be "),
        ({"thresholds": []}, "`thresholds` must be "),
        ({"thresholds": "half"}, "`thresholds` must be .*'half'"),
        ({"thresholds": float("nan")}, "`thresholds` must be "),
    ],
)
def test_bad_input(error, arguments, words):
    good = {"labels": LABELS, "predictions": PREDICTIONS / 2.0}
    with pytest.raises(ValueError, match=words):
        error(**{**good, **arguments})


@pytest.mark.parametrize("error", [rand_error, warping_error])
def test_a_picture_without_foreground(error):
    labels = np.stack([LABELS, np.zeros_like(LABELS)])
    with pytest.raises(ValueError, match="foreground.*none in picture 1 of 2"):
        error(labels, labels)


@pytest.mark.parametrize("error", [pixel_error, rand_error, warping_error])
def test_bool_maps_are_label_maps(error):
    assert error(LABELS == 1, PREDICTIONS == 1) == error(LABELS, PREDICTIONS)
