"""Let a model of half precision compute in float32 for a while."""

import contextlib

import keras

HALF = ("float16", "bfloat16")


@contextlib.contextmanager
def full_precision(model):
    """Layers that compute in float16 or bfloat16 do so in float32; then each is as it was.

    The formats for other devices have no bfloat16, and of float16 little that runs on a CPU.

    Raises:
        ValueError: if the weights are of half precision, too: Keras does not cast those.
    """
    halves = [
        (layer, layer.dtype_policy)
        for layer in model._flatten_layers()
        if keras.backend.standardize_dtype(layer.compute_dtype) in HALF
    ]
    rounded = [layer.name for layer, _ in halves if layer.weights and layer.variable_dtype in HALF]
    if rounded:
        raise ValueError(
            "`model` must have weights of float32, also where it computes in half precision (a "
            f"mixed policy). Received: the layer {rounded[0]!r} with {halves[0][1].name} weights"
        )
    try:
        for layer, _ in halves:
            layer.dtype_policy = "float32"
        yield
    finally:
        for layer, policy in halves:
            layer.dtype_policy = policy
