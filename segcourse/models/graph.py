"""Reading the graph of a functional model, one call of a layer after the other."""

from dataclasses import dataclass

import keras


@dataclass(frozen=True)
class Step:
    """One call in a model: the layer, the tensors it took, and the one that came out."""

    layer: keras.layers.Layer
    inputs: tuple
    output: keras.KerasTensor


def steps(model, layer=None):
    """List the calls that lead to a model's output, or to that of one of its layers.

    Args:
        model: a functional or sequential `keras.Model` with one output.
        layer: a layer of it, or its name. Defaults to the one that gives the output.

    Returns: a list of `Step`, each after those it takes from.

    Raises:
        ValueError: if the model has no graph or several outputs, or there is no such layer in it.
    """
    if len(getattr(model, "outputs", None) or ()) != 1:
        raise ValueError(
            "`model` must be a functional or a built sequential keras.Model with one output. "
            f"Received: model={model}"
        )
    found = _upstream(model.outputs[0])
    if layer is None:
        return found
    name = layer.name if isinstance(layer, keras.layers.Layer) else layer
    matching = [step for step in found if step.layer.name == name]
    if not matching:
        raise ValueError(
            f"`layer` must be one of the layers of {model.name!r}. Received: layer={name!r}"
        )
    return _upstream(matching[-1].output)


def _upstream(tensor):
    order, seen, waiting = [], set(), [(tensor, False)]
    while waiting:
        tensor, inputs_done = waiting.pop()
        step = _step(tensor)
        if inputs_done:
            order.append(step)
        elif id(tensor) not in seen:
            seen.add(id(tensor))
            waiting.append((tensor, True))
            waiting.extend((before, False) for before in step.inputs)
    return order


def _step(tensor):
    # Keras has no public name for the call that made a tensor.
    layer, node_index, _ = tensor._keras_history
    return Step(layer, tuple(layer._inbound_nodes[node_index].input_tensors), tensor)
