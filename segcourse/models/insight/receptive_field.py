"""What part of the picture an output looks at, computed from the layers."""

import math
from dataclasses import dataclass

import keras

from segcourse.layers import (
    AtrousSpatialPyramidPooling,
    BilinearUpsampling2D,
    CaffePreprocessing,
    CropToMatch,
    LocalResponseNormalization,
    PadToMultiple,
)
from segcourse.models.graph import steps

# Layers whose output at a place depends on their inputs at that place only.
POINTWISE = (
    keras.layers.InputLayer,
    keras.layers.Activation,
    keras.layers.ReLU,
    keras.layers.LeakyReLU,
    keras.layers.PReLU,
    keras.layers.ELU,
    keras.layers.Softmax,
    keras.layers.BatchNormalization,
    keras.layers.LayerNormalization,
    keras.layers.Rescaling,
    keras.layers.Normalization,
    CaffePreprocessing,
    keras.layers.Dropout,
    keras.layers.SpatialDropout2D,
    keras.layers.Identity,
    keras.layers.Add,
    keras.layers.Subtract,
    keras.layers.Multiply,
    keras.layers.Average,
    keras.layers.Maximum,
    keras.layers.Minimum,
    keras.layers.Concatenate,
    LocalResponseNormalization,
    PadToMultiple,  # at the end only: pixels stay in their places
)
CONVOLUTIONS = (
    keras.layers.Conv2D,
    keras.layers.DepthwiseConv2D,
    keras.layers.SeparableConv2D,
)
POOLINGS = (keras.layers.MaxPooling2D, keras.layers.AveragePooling2D)


@dataclass(frozen=True)
class ReceptiveField:
    """The pixels that reach one output.

    Output `i` depends on the `size` pixels from `offset + stride * i` on, along each axis. A
    negative `offset` reaches into the padding. Behind transposed convolutions outputs differ:
    `size` is then the largest, and `offset` holds for output 0.

    Example:
        >>> from segcourse.models import ReceptiveField
        >>> field = ReceptiveField(size=7, stride=2, offset=-3)
        >>> field.centre
        0.0
    """

    size: int
    stride: int | float
    offset: int

    @property
    def centre(self):
        """The pixel coordinate in the middle of output 0's field, half a pixel for even sizes."""
        return self.offset + (self.size - 1) / 2


def receptive_field(model, layer=None):
    """Compute the receptive field of a layer's outputs in the pixels of the model's input.

    The graph is walked back from one output, layer by layer: a window of kernel `k`, stride `s`
    and dilation `d` turns the outputs `a … b` into the inputs `s a - pad … s b - pad + d (k - 1)`.
    Where ways join, the field covers both.

    Args:
        model: a functional or sequential `keras.Model` of `(batch, height, width, channels)`.
        layer: a layer of it, or its name. Defaults to the model's output.

    Returns: a `ReceptiveField`, in pixels. Where `padding="same"` depends on an image size that
    is left open, the size is taken to divide by the stride.

    Raises:
        ValueError: if a layer looks at the whole picture or is not known, if the two axes differ,
            or if there is no such layer.

    Example:
        >>> import keras
        >>> from segcourse.models import receptive_field
        >>> model = keras.Sequential([
        ...     keras.Input((None, None, 3)),
        ...     keras.layers.Conv2D(8, kernel_size=3),
        ...     keras.layers.MaxPooling2D(2),
        ... ])
        >>> receptive_field(model)
        ReceptiveField(size=4, stride=2, offset=0)

    Reference: Long, Shelhamer, Darrell (2015), section 3 and table 1. Week 4.
    """
    way = steps(model, layer)
    rows, columns = (_along(way, axis) for axis in (0, 1))
    if rows != columns:
        raise ValueError(
            "`model` must have the same field along both axes. "
            f"Received: {rows} along the height, {columns} along the width"
        )
    return rows


def reach(model):
    """How many pixels before and behind its own place an output depends on, at most: a pair.

    For a model whose outputs lie on the pixels of its images. Outputs may differ; the largest
    numbers of all outputs and both axes come back.
    """
    way = steps(model)
    before = behind = 0
    for axis in (0, 1):
        for index in range(math.prod(_enlargement(step.layer, axis) for step in way)):
            first, last = _field(way, index, axis)
            before, behind = max(before, index - first), max(behind, last - index)
    return before, behind


def grid(model):
    """The largest stride of any map in a model: moved by so many pixels, all maps move whole cells.

    Layers other than convolutions, poolings and those that enlarge are taken to have stride 1.
    """
    strides = {}
    for step in steps(model):
        before = max((strides[id(tensor)] for tensor in step.inputs), default=1)
        if isinstance(step.layer, (*CONVOLUTIONS, *POOLINGS)):
            before *= max(step.layer.strides)
        strides[id(step.output)] = before / max(_enlargement(step.layer, axis) for axis in (0, 1))
    return int(max(strides.values()))


def _along(way, axis):
    # The fields repeat, `stride` pixels further, after as many outputs as enlarging made of one.
    period = math.prod(_enlargement(step.layer, axis) for step in way)
    fields = [_field(way, index, axis) for index in range(period + 1)]
    stride = (fields[period][0] - fields[0][0]) / period
    size = max(last - first + 1 for first, last in fields)
    return ReceptiveField(size, int(stride) if stride == int(stride) else stride, fields[0][0])


def _enlargement(layer, axis):
    if isinstance(layer, keras.layers.Conv2DTranspose):
        return layer.strides[axis]
    if isinstance(layer, keras.layers.UpSampling2D) or _by_a_factor(layer):
        return layer.size[axis]
    return 1


def _by_a_factor(layer):
    """Whether a layer interpolates bilinearly, by a factor and on the grid of pixel centres."""
    return isinstance(layer, BilinearUpsampling2D) and layer.size and not layer.align_corners


def _field(way, index, axis):
    """Return the first and the last pixel that the output at `index` depends on."""
    needed = {id(way[-1].output): (index, index)}
    for step in reversed(way):
        outputs = needed.pop(id(step.output), None)
        if not step.inputs:
            pixels = outputs
            continue
        for tensor in _read(step):
            reached = _reach(step, *outputs, axis)
            known = needed.get(id(tensor), reached)
            needed[id(tensor)] = (min(known[0], reached[0]), max(known[1], reached[1]))
    return pixels


def _read(step):
    """Return the inputs whose values matter: of a reference only the size does."""
    return step.inputs[:1] if isinstance(step.layer, CropToMatch) else step.inputs


def _reach(step, first, last, axis):
    """Return the first and the last input that a layer's outputs `first … last` depend on."""
    layer = step.layer
    if isinstance(layer, POINTWISE):
        return first, last
    if isinstance(layer, CONVOLUTIONS):
        return _window(step, layer.kernel_size, layer.dilation_rate, first, last, axis)
    if isinstance(layer, POOLINGS):
        return _window(step, layer.pool_size, (1, 1), first, last, axis)
    if isinstance(layer, AtrousSpatialPyramidPooling):
        reach = max(layer.rates)  # the widest branch; the others lie within it
        return first - reach, last + reach
    if isinstance(layer, keras.layers.Conv2DTranspose):
        return _transposed_window(layer, first, last, axis)
    if isinstance(layer, keras.layers.UpSampling2D):
        return _interpolation(layer.interpolation, layer, first, last, axis)
    if _by_a_factor(layer):
        return _interpolation("bilinear", layer, first, last, axis)
    shift = _shift(step, axis)
    return first + shift, last + shift


def _window(step, kernel, dilation, first, last, axis):
    stride, extent = step.layer.strides[axis], dilation[axis] * (kernel[axis] - 1) + 1
    padding = 0
    if step.layer.padding == "same":
        size = step.inputs[0].shape[axis + 1] or stride
        padding = max((math.ceil(size / stride) - 1) * stride + extent - size, 0) // 2
    return first * stride - padding, last * stride - padding + extent - 1


def _transposed_window(layer, first, last, axis):
    stride = layer.strides[axis]
    extent = layer.dilation_rate[axis] * (layer.kernel_size[axis] - 1) + 1
    padding = max(extent - stride, 0) // 2 if layer.padding == "same" else 0
    return math.ceil((first + padding - extent + 1) / stride), (last + padding) // stride


def _interpolation(kind, layer, first, last, axis):
    factor = layer.size[axis]
    if kind == "nearest":
        return first // factor, last // factor
    if kind == "bilinear":
        places = ((index + 0.5) / factor - 0.5 for index in (first, last))
        return math.floor(next(places)), math.ceil(next(places))
    raise ValueError(
        f'`model` must enlarge by "nearest" or "bilinear". Received: {kind!r} '
        f"in layer {layer.name!r}"
    )


def _shift(step, axis):
    """Return how far a layer that pads or crops moves the picture."""
    layer = step.layer
    if isinstance(layer, keras.layers.ZeroPadding2D):
        return -layer.padding[axis][0]
    if isinstance(layer, keras.layers.Cropping2D):
        return layer.cropping[axis][0]
    if isinstance(layer, CropToMatch) and layer.offset is not None:
        return layer.offset[axis]
    if isinstance(layer, CropToMatch):
        size, target = (tensor.shape[axis + 1] for tensor in step.inputs)
        if size is not None and target is not None:
            return (size - target) // 2
        raise ValueError(
            "`model` must be of a known size where a map is cropped to its middle: build it for "
            f"one, such as (572, 572, 1). Received: open sizes in layer {layer.name!r}"
        )
    raise ValueError(
        "`model` must consist of layers with a local receptive field. Received: layer "
        f"{layer.name!r} ({type(layer).__name__})"
    )
