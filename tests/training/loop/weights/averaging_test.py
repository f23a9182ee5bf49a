"""The moving average of the weights, held against one computed by hand."""

import keras
import numpy as np
import pytest

from segcourse.training import Recipe, evaluate, fit
from tests.training import runs


def net():
    keras.utils.set_random_seed(1)
    return keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Conv2D(2, 3, padding="same")])


def recipe(**changes):
    return Recipe(**{"batch_size": 6, "epochs": 4, "learning_rate": 0.05, **changes})


@pytest.mark.parametrize("parts", [1, 2])
def test_the_model_ends_with_the_average_of_all_steps(parts):
    weights = []
    for epochs in range(1, 5):  # of one step each
        model = net()
        fit(model, runs.data(6), recipe=recipe(epochs=epochs))
        weights.append(model.get_weights())
    expected = weights[0]
    for step in weights[1:]:
        expected = [0.9 * a + 0.1 * w for a, w in zip(expected, step, strict=True)]
    model = net()
    # Void is the same in every part here, so that parts make the same steps.
    fit(model, runs.data(6), recipe=recipe(ema=0.9, accumulate=parts))
    for a, b in zip(expected, model.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-4, atol=1e-6)


def test_the_average_is_what_is_validated():
    model = net()
    history = fit(model, runs.data(), runs.data(), recipe(ema=0.9))
    found = evaluate(model, runs.data())["mean_iou"]
    assert history.epochs[-1]["val_mean_iou"] == pytest.approx(found, abs=1e-6)
    plain = net()
    other = fit(plain, runs.data(), runs.data(), recipe())
    # Training itself goes on with the weights as they are.
    assert [e["loss"] for e in other.epochs] == pytest.approx([e["loss"] for e in history.epochs])
    assert not np.array_equal(plain.get_weights()[0], model.get_weights()[0])


def test_a_resumed_run_goes_on_averaging(tmp_path):
    whole, first, second = net(), net(), net()
    fit(whole, runs.data(), recipe=recipe(ema=0.9))
    fit(first, runs.data(), recipe=recipe(ema=0.9, epochs=2, checkpoint=tmp_path))
    fit(second, runs.data(), recipe=recipe(ema=0.9, checkpoint=tmp_path))
    assert all(map(np.array_equal, whole.get_weights(), second.get_weights()))


def test_before_the_first_step_the_averages_are_the_weights():
    model = net()
    untrained = evaluate(model, runs.data())["mean_iou"]
    before = model.get_weights()
    # Four parts an epoch, and six make a step: the first comes in the second epoch.
    history = fit(model, runs.data(4), runs.data(), recipe(ema=0.9, accumulate=6, epochs=2))
    assert any(np.abs(weight).max() > 0 for weight in before)
    assert history.epochs[0]["val_mean_iou"] == pytest.approx(untrained, abs=1e-6)
    assert not np.array_equal(before[0], model.get_weights()[0])


def test_a_run_without_one_step_is_refused():
    with pytest.raises(ValueError, match="`accumulate` must be at most the 4 parts.*accumulate=6"):
        fit(net(), runs.data(4), recipe=recipe(ema=0.9, accumulate=6, epochs=1))
