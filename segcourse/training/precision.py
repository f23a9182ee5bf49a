"""Run a model that stands already in another precision."""

from contextlib import contextmanager

from segcourse.training.device import device


def choose_precision(recipe):
    """The precision policy of a run, None where the model's own is kept."""
    if recipe.precision != "auto":
        return recipe.precision
    chosen = device().precision
    return None if chosen == "float32" else chosen


@contextmanager
def in_precision(model, policy):
    """Let every layer of `model` compute in `policy`; afterwards each has its own again."""
    if policy is None:
        yield
        return
    layers = list(model._flatten_layers())
    before = [layer.dtype_policy for layer in layers]
    for layer in layers:
        layer.dtype_policy = policy
    try:
        yield
    finally:
        for layer, own in zip(layers, before, strict=True):
            layer.dtype_policy = own
