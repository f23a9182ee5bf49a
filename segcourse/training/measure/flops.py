"""Floating-point operations of a model, counted from the calls of its layers."""

import math
from contextlib import contextmanager
from dataclasses import dataclass

import keras

from segcourse.checks.sizes import positive_integer
from segcourse.models.arguments import keras_model

_CONVOLUTIONS = (keras.layers.Conv1D, keras.layers.Conv2D, keras.layers.Conv3D)
_TRANSPOSED = (
    keras.layers.Conv1DTranspose,
    keras.layers.Conv2DTranspose,
    keras.layers.Conv3DTranspose,
)
_DEPTHWISE = (keras.layers.DepthwiseConv1D, keras.layers.DepthwiseConv2D)
_SEPARABLE = (keras.layers.SeparableConv1D, keras.layers.SeparableConv2D)


@dataclass(frozen=True)
class Flops:
    """Floating-point operations of one image, a multiplication and an addition counted as two.

    Attributes:
        inference: of the forward pass.
        training: of the forward pass and of both gradients, those of the weights and those of
            the inputs; the first layer needs none of its input, a frozen one none of its weights.
        layers: dict from a layer's name to the operations of its forward pass.
        uncounted: names of layers that have matrices but of a kind that is not known here.

    Example:

    >>> print(Flops(2_000_000_000, 6_000_000_000, {"conv": 2_000_000_000}, ()))
    2 GFLOP an image, 6 GFLOP with its gradients
    """

    inference: int
    training: int
    layers: dict
    uncounted: tuple

    def __str__(self):
        return f"{_short(self.inference)} an image, {_short(self.training)} with its gradients"


def count_flops(model, image_shape):
    """Count the multiplications and additions of one image in a model.

    Counted is what a matrix unit computes: convolutions, transposed, depthwise and separable ones
    among them, and dense layers. Biases, normalisation, activations, pooling and resizing are
    left out, as they are where a share of a device's peak is told. A transposed convolution is
    counted by its definition, with the values at the rim that its padding cuts off: all weights for
    every pixel that goes in, however a layer computes it.

    Example:

    >>> model = keras.Sequential([keras.Input((None, None, 3)), keras.layers.Conv2D(8, 3)])
    >>> count_flops(model, (12, 12, 3)).inference  # 10 · 10 pixels, 3 · 3 · 3 · 8 each, twice
    43200

    Args:
        model: a `keras.Model` of one image tensor.
        image_shape: (height, width, channels) of the image.

    Returns:
        a `Flops`.

    Raises:
        ValueError: for a model that is none, or an open size.
    """
    keras_model("model", model)
    for size in image_shape:
        positive_integer("image_shape", size)
    calls = _calls(model, image_shape)
    inference = training = 0
    layers, uncounted = {}, []
    below_trains = False  # whether a gradient has to go on below this layer
    for layer, inputs, outputs in calls:
        count = _forward(layer, inputs, outputs)
        if count is None:
            uncounted += [layer.name] if any(len(w.shape) > 1 for w in layer.weights) else []
        else:
            trains = any(len(weight.shape) > 1 for weight in layer.trainable_weights)
            layers[layer.name] = layers.get(layer.name, 0) + count
            inference += count
            training += count * (1 + trains + below_trains)
        below_trains = below_trains or bool(layer.trainable_weights)
    return Flops(inference, training, layers, tuple(dict.fromkeys(uncounted)))


def _forward(layer, inputs, outputs):
    """Operations of one call; None for a layer of another kind."""
    pixels = math.prod(outputs[:-1])
    if isinstance(layer, _DEPTHWISE):  # before the others: Keras may derive one from another
        return 2 * pixels * math.prod(layer.kernel.shape)
    if isinstance(layer, _SEPARABLE):
        depthwise, pointwise = layer.depthwise_kernel.shape, layer.pointwise_kernel.shape
        return 2 * pixels * (math.prod(depthwise) + math.prod(pointwise))
    if isinstance(layer, _TRANSPOSED):
        return 2 * math.prod(inputs[:-1]) * math.prod(layer.kernel.shape)
    if isinstance(layer, (*_CONVOLUTIONS, keras.layers.Dense)):
        return 2 * pixels * math.prod(layer.kernel.shape)
    return None


def _calls(model, image_shape):
    """(layer, shape in, shape out) of every call of a layer with weights, in order."""
    calls = []
    image = keras.KerasTensor((1, *image_shape), dtype="float32")
    with _watched(model, calls):
        # Inside another layer the model is really called, with symbols of known shapes; asked
        # for its output's shape alone, it would not call what its layers are made of.
        _Called(model, calls)(image)
    return calls


class _Called(keras.layers.Layer):
    def __init__(self, model, calls):
        super().__init__()
        self._run = lambda image: model(image, training=False)
        self._forget = calls.clear

    def call(self, image):
        self._forget()  # a backend may trace more than once
        return self._run(image)


@contextmanager
def _watched(model, calls):
    """Have the layers that hold weights write down their calls."""
    layers = [layer for layer in model._flatten_layers() if _holds_weights(layer)]
    for layer in layers:
        object.__setattr__(layer, "call", _watching(layer, layer.call, calls))
    try:
        yield
    finally:
        for layer in layers:
            object.__delattr__(layer, "call")


def _holds_weights(layer):
    """Whether weights are the layer's own and not of layers within it."""
    return bool(layer.weights) and not list(layer._flatten_layers(include_self=False))


def _watching(layer, call, calls):
    def watched(inputs, *args, **kwargs):
        outputs = call(inputs, *args, **kwargs)
        shapes = [tuple(getattr(tensor, "shape", ())) for tensor in (inputs, outputs)]
        calls.append((layer, *shapes))
        return outputs

    return watched


def _short(flops):
    for unit, name in ((1e12, "TFLOP"), (1e9, "GFLOP"), (1e6, "MFLOP"), (1e3, "kFLOP")):
        if flops >= unit:
            return f"{flops / unit:.3g} {name}"
    return f"{flops} FLOP"
