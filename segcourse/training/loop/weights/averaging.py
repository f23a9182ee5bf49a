"""The exponential moving average of the weights: validated, and given in the end."""

from contextlib import contextmanager

import numpy as np
from keras import ops


def averages(optimizer):
    """The averages of the trainable weights, as the optimizer keeps them; None without EMA."""
    inner = _inner(optimizer)
    # Keras has no public name for them: its own callback for swapping reads this one too.
    return inner._model_variables_moving_average if inner.use_ema else None


def begin_averages(model):
    """Let the averages be the weights, until the first step of the optimizer."""
    kept = averages(model.optimizer)
    for variable, average in zip(model.trainable_variables, kept or (), strict=kept is not None):
        average.assign(ops.convert_to_numpy(variable))


def use_averages(model):
    """Overwrite the trainable weights by their averages."""
    kept = averages(model.optimizer)
    for variable, average in zip(model.trainable_variables, kept or (), strict=kept is not None):
        variable.assign(ops.convert_to_numpy(average))


def held_back(model):
    """A context in which the end of a `fit` of Keras leaves the weights as they are."""
    return _inner(model.optimizer).held_back()


@contextmanager
def averaged(model):
    """Let the model have the averaged weights, for a validation."""
    if averages(model.optimizer) is None:
        yield
        return
    own = [np.array(ops.convert_to_numpy(variable)) for variable in model.trainable_variables]
    use_averages(model)
    try:
        yield
    finally:
        for variable, value in zip(model.trainable_variables, own, strict=True):
            variable.assign(value)


def _inner(optimizer):
    return getattr(optimizer, "inner_optimizer", optimizer)  # a loss scale wraps it
