"""Run a model that stands already in another precision."""

from collections import Counter
from contextlib import contextmanager

import keras

from segcourse.models.graph import steps
from segcourse.training.devices.device import device


def choose_precision(recipe):
    """The precision policy of a run, None where the model's own is kept."""
    if recipe.precision != "auto":
        return recipe.precision
    chosen = device().precision
    return None if chosen == "float32" else chosen


@contextmanager
def in_precision(model, policy):
    """Let `model` compute in `policy`; afterwards each layer has its own policy again.

    Two kinds of layers are not asked to:

    - those that make the logits, from the output back to the last layer with weights on every
      way: they compute in float32, in every model that has a graph. Half precision would round
      the logits before the loss sees them.
    - those with another policy than most layers of the model have: somebody chose it for them.
      (A layer built with `dtype="float32"` among others of float32 cannot be told from them; in a
      model built under a mixed policy it can.)
    """
    if policy is None:
        yield
        return
    layers = list(model._flatten_layers())
    before = [layer.dtype_policy for layer in layers]
    head = {id(layer) for layer in _head(model)}
    own = _usual_policy(layer for layer in layers if id(layer) not in head)
    for layer in layers:
        if id(layer) in head:
            layer.dtype_policy = "float32"
        elif layer.dtype_policy.name == own:
            layer.dtype_policy = policy
    try:
        yield
    finally:
        for layer, policy_before in zip(layers, before, strict=True):
            layer.dtype_policy = policy_before


def _usual_policy(layers):
    """Name of the policy that most layers with weights have; None where there are none."""
    names = Counter(
        layer.dtype_policy.name
        for layer in layers
        if layer.weights and not isinstance(layer, keras.Model)
    )
    return names.most_common(1)[0][0] if names else None


def _head(model):
    """The layers from the model's output back to the last ones with weights."""
    if len(getattr(model, "outputs", None) or ()) != 1:
        return []
    made_by = {id(step.output): step for step in steps(model)}
    head, waiting = [], [model.outputs[0]]
    while waiting:
        step = made_by[id(waiting.pop())]
        head.append(step.layer)
        if isinstance(step.layer, keras.Model):
            head.extend(_head(step.layer))
        if not step.layer.weights:
            waiting.extend(step.inputs)
    return head
