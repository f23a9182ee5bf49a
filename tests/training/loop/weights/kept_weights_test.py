import numpy as np
import pytest

from segcourse.training.loop.weights.kept_weights import KeptWeights, finite
from tests.training import runs


def test_it_gives_back_everything_however_often():
    model = runs.model()
    before, kept = [value.copy() for value in runs.weights(model)], KeptWeights(model)
    assert any(variable.name == "seed_generator_state" for variable in model.variables)
    for _ in range(2):
        for variable in model.variables:
            variable.assign(np.ones(variable.shape, variable.dtype))
        kept.put_back()
        assert all(map(np.array_equal, before, runs.weights(model)))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_it_says_whether_what_trains_is_a_number(value):
    model = runs.model()
    assert KeptWeights(model).are_finite()
    mean = model.layers[1].moving_mean  # does not train
    mean.assign(np.full(mean.shape, value))
    assert KeptWeights(model).are_finite()
    bias = model.layers[-1].bias
    bias.assign([0.0, value])
    assert not KeptWeights(model).are_finite()


def test_large_numbers_are_numbers():
    assert finite([np.full(4, 3e38, "float32"), np.zeros((0, 2))])
