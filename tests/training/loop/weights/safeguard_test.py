import numpy as np
import pytest

from segcourse.training.loop.weights.kept_weights import KeptWeights
from segcourse.training.loop.weights.safeguard import Safeguard
from tests.training import runs


class Folder:
    """In place of a folder of checkpoints: gives the weights of its state back."""

    def __init__(self, model, state):
        self.model, self.state = model, state

    def restore(self):
        if self.state:
            shift(self.model, 5.0)
        return self.state


def shift(model, value):
    """Let all that trains be `value`."""
    for variable in model.trainable_variables:
        variable.assign(np.full(variable.shape, value))


def values(model):
    return {float(value) for one in model.trainable_weights for value in np.unique(one)}


@pytest.fixture
def model():
    model = runs.model()
    shift(model, 1.0)
    return model


def guard(model, folder=None):
    return Safeguard(KeptWeights(model), 2, steps=9, learning_rate=0.5, folder=folder)


def test_a_broken_weight_stops_and_gives_the_first_back(model):
    one = guard(model)
    one.check(2, 3)
    shift(model, float("nan"))
    with pytest.raises(FloatingPointError, match="^A weight is not .* epoch 3, step 4 of 9. The m"):
        one.check(2, 4)
    assert values(model) == {1.0}


def test_without_checkpoints_each_good_epoch_is_kept(model):
    one = guard(model)
    shift(model, 2.0)
    one.check_epoch(2, 9)
    shift(model, float("inf"))
    with pytest.raises(FloatingPointError, match="its weights from before epoch 4 back. A lower"):
        one.check_epoch(3, 9)
    assert values(model) == {2.0}


@pytest.mark.parametrize(
    ("state", "kept", "value"),
    [
        ({"epoch": 3, "step": 0}, "of epoch 3 back", 5.0),
        ({"epoch": 3, "step": 4}, "of epoch 4, step 4, back", 5.0),
        (None, "from before epoch 3 back", 1.0),  # none is written yet
    ],
)
def test_a_checkpoint_gives_them_back_where_there_is_one(model, state, kept, value):
    one = guard(model, Folder(model, state))
    shift(model, 2.0)
    one.check_epoch(2, 9)
    with pytest.raises(FloatingPointError, match=f"The loss is not a number.* weights {kept}"):
        one.give_up(3, 6)
    assert values(model) == {value}
