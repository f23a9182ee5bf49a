"""Masks of 0 and 255, and their like: `fit` and `evaluate` say that nothing can be learned."""

import warnings

import keras
import numpy as np
import pytest

from segcourse import data
from segcourse.training import Recipe, evaluate, fit
from segcourse.training.hosts.on_hosts import evaluate_on_hosts, fit_on_hosts
from tests.training import runs

IMAGES, LABELS = runs.data(4)
FOREGROUND = (LABELS == 1).astype("uint8")
BLACK_AND_WHITE = 255 * FOREGROUND
VOID = np.full_like(LABELS, 255)
ONE = np.where(FOREGROUND, 255, 1).astype("uint8")
RECIPE = Recipe(epochs=1)


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        (BLACK_AND_WHITE, "only 0 and 255, where 255 is void. A mask of black and white"),
        (VOID, "only void"),
        (ONE, "only 1 and 255"),
    ],
)
def test_void_and_one_class_at_most(labels, said):
    if labels is VOID:
        with pytest.warns(UserWarning, match=f"the labels of `train` hold {said}"):
            fit(runs.model(), (IMAGES, labels), recipe=RECIPE)
    else:
        with pytest.raises(ValueError, match=f"the labels of `train` must hold two.*{said}"):
            fit(runs.model(), (IMAGES, labels), recipe=RECIPE)
    with pytest.warns(UserWarning, match=f"the labels of `val` hold {said}") as caught:
        fit(runs.model(), (IMAGES, LABELS), (IMAGES, labels), RECIPE)
    ours = [warning for warning in caught if "the labels of" in str(warning.message)]
    assert [warning.filename for warning in ours] == [__file__]
    for score in (evaluate, lambda model, data: evaluate_on_hosts(model, data, 2)):
        with pytest.warns(UserWarning, match=f"the labels of `data` hold {said}"):
            score(runs.model(), (IMAGES, labels))


def test_one_class_alone_is_warned_of():
    with pytest.warns(UserWarning, match="`train` hold only class 0"):
        fit(runs.model(), (IMAGES, 0 * LABELS), recipe=RECIPE)
    with pytest.warns(UserWarning, match="`data` hold only class 0"):
        evaluate(runs.model(), (IMAGES, 0 * LABELS))


def test_a_network_of_one_class_is_left_alone(recwarn):
    one = keras.Sequential([keras.Input((None, None, 3)), keras.layers.Conv2D(1, 1)])
    labels = np.where(LABELS == 255, 255, 0).astype("uint8")
    evaluate(one, (IMAGES, labels))
    evaluate_on_hosts(one, (IMAGES, labels), 1)
    assert not [w for w in recwarn.list if "the labels of" in str(w.message)]


def test_the_warning_is_at_the_line_of_the_caller_through_other_functions_too():
    with pytest.warns(UserWarning, match="`train` hold only class 0") as caught:
        fit_on_hosts(runs.model(), (IMAGES, 0 * LABELS), recipe=RECIPE)
    ours = [w for w in caught if "the labels of" in str(w.message)]
    assert [w.filename for w in ours] == [__file__]


def test_the_advice_of_the_message_works():
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        mended = (BLACK_AND_WHITE > 0).astype("uint8")
        fit(runs.model(), (IMAGES, mended), (IMAGES, mended), RECIPE)
        assert evaluate(runs.model(), (IMAGES, mended))["iou"].shape == (2,)


def test_the_void_of_the_recipe_and_of_the_split_count():
    other = np.where(LABELS == 255, 7, LABELS)
    fit(runs.model(), (IMAGES, other), recipe=Recipe(epochs=1, void=7))
    with pytest.raises(
        ValueError, match="not counting void. Received: only 0 and 7, where 7 is void"
    ):
        fit(runs.model(), (IMAGES, np.where(other == 1, 7, other)), recipe=Recipe(epochs=1, void=7))
    assert data.load("scenes").val.void == 255
