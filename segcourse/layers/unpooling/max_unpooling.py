"""The way back from max pooling: every maximum returns to its place."""

import keras

from segcourse.layers.arguments import check_maps
from segcourse.layers.unpooling.nearest_unpooling import repeat
from segcourse.layers.unpooling.pooling_windows import Windows, cut, fit


@keras.saving.register_keras_serializable(package="segcourse")
class MaxUnpooling2D(keras.layers.Layer):
    """Puts every value where `indices` says, and zeros everywhere else.

    The arguments are those of the `MaxPooling2DWithIndices` that made the indices. Unpooling what
    it has pooled keeps exactly the maxima.

    A size is lost in pooling: with windows of 2, sides of 4 and of 5 both give 2. Without a third
    input the output is the smallest map that is pooled to this size (`padding="valid"`), or the
    largest (`"same"`): `(rows - 1) * stride + pool_size`, or `rows * stride`. If the map that was
    pooled had another size, hand it, or any map as large, over as the third input: indices count
    along its rows, and mean other places in a map of another width.

    Values must be finite. One whose index lies outside its window is dropped. Where windows overlap
    and several name the same place, it is written once, with the value of the first of them in
    row-major order.

    Args:
        pool_size: the window: a positive integer or a pair for height and width.
        strides: from window to window, likewise; `pool_size` if None.
        padding: `"valid"` or `"same"`.

    Input shape: `[pooled, indices]` or `[pooled, indices, reference]`: `(batch, rows, columns,
    channels)` twice, the indices integers, and `(batch, height, width, any)`.

    Output shape: `(batch, height, width, channels)`, dtype of `pooled`.

    Raises:
        ValueError: if an argument is not as above, `indices` has another shape than `pooled` or is
            not made of integers, or pooling a map of the reference's size gives another size than
            that of `pooled`.

    Example:
        >>> import numpy as np
        >>> from segcourse.layers import MaxUnpooling2D
        >>> pooled = np.array([5.0, 6.0]).reshape(1, 1, 2, 1)
        >>> indices = np.array([5, 2]).reshape(1, 1, 2, 1)
        >>> np.array(MaxUnpooling2D(2)([pooled, indices]))[0, :, :, 0].tolist()
        [[0.0, 0.0, 6.0, 0.0], [0.0, 5.0, 0.0, 0.0]]

    Reference: Zeiler, Fergus, "Visualizing and Understanding Convolutional Networks" (2014),
    section 2.1; Noh, Hong, Han, "Learning Deconvolution Network for Semantic Segmentation" (2015),
    section 3.2. Week 2.
    """

    def __init__(self, pool_size=2, strides=None, padding="valid", **kwargs):
        super().__init__(**kwargs)
        self.windows = Windows(pool_size, strides, padding)

    def compute_output_shape(self, input_shape):
        names = ("the pooled map", "its indices", "the reference")
        pooled, indices, *reference = check_maps("inputs", input_shape, names, least=2)
        _check_same("indices", indices, pooled)
        counts = pooled[1:3]
        if not reference:
            return (pooled[0], *self.windows.extent(counts), pooled[3])
        sides = reference[0][1:3]
        if not _agree(self.windows.count(sides), counts):
            raise ValueError(
                f"`reference` must have a size that is pooled to {tuple(counts)}. "
                f"Received: {tuple(sides)}, which is pooled to {self.windows.count(sides)}"
            )
        return (pooled[0], *sides, pooled[3])

    def call(self, inputs):
        names = ("the pooled map", "its indices", "the reference")
        pooled, indices, *reference = check_maps("inputs", inputs, names, least=2)
        self.compute_output_shape([tuple(x.shape) for x in inputs])
        if "int" not in keras.backend.standardize_dtype(indices.dtype):
            raise ValueError(f"`indices` must be integers. Received: dtype={indices.dtype}")
        counts = keras.ops.shape(pooled)[1:3]
        sides = keras.ops.shape(reference[0])[1:3] if reference else self.windows.extent(counts)
        pooled = keras.ops.cast(pooled, self.compute_dtype)
        return _unpool(pooled, keras.ops.cast(indices, "int32"), sides, self.windows)

    def get_config(self):
        return {**super().get_config(), **self.windows.get_config()}


def _unpool(pooled, indices, sides, windows):
    """Ask every pixel whether one of the windows over it had its maximum there.

    The map is cut into blocks of `strides` pixels: block `i` is covered by window `i`, and where
    windows overlap by some of those before. Each is spread over its block and compared.
    """
    before = windows.before(sides)
    blocks = [
        (side + start + stride - 1) // stride
        for side, start, stride in zip(sides, before, windows.strides, strict=True)
    ]
    places = _places(blocks, before, sides[1], windows.strides)
    reach = [-(-size // stride) for size, stride in zip(windows.size, windows.strides, strict=True)]
    output = None
    # From late windows to early ones, so that the first has the last word.
    for back in ((row, column) for row in range(reach[0]) for column in range(reach[1])):
        chosen = repeat(_move(indices, back, blocks, -1), windows.strides)
        # Not with `==`, which exporters to other formats do not follow.
        chosen = keras.ops.equal(chosen, places)
        values = repeat(_move(pooled, back, blocks, 0), windows.strides)
        if output is None:
            # A product is done in place, a choice is not.
            output = values * keras.ops.cast(chosen, values.dtype)
        else:
            output = keras.ops.where(chosen, values, output)
    output = cut(output, 1, before[0], sides[0])
    return cut(output, 2, before[1], sides[1])


def _places(blocks, before, width, strides):
    """Return the flat index of every pixel of the blocks, `[height, width, 1]`."""
    rows, columns = (
        keras.ops.arange(count * stride, dtype="int32") - start
        for count, stride, start in zip(blocks, strides, before, strict=True)
    )
    # Not with `[:, :, None]`, which the converter to LiteRT does not follow.
    return keras.ops.expand_dims(keras.ops.expand_dims(rows * width, 1) + columns, -1)


def _move(x, back, blocks, fill):
    """Return for every block the value of the window `back` blocks before it."""
    x = fit(x, 1, back[0], blocks[0], fill)
    return fit(x, 2, back[1], blocks[1], fill)


def _check_same(name, shape, pooled):
    if not _agree(shape, pooled):
        raise ValueError(
            f"`{name}` must have the shape of the pooled map, {tuple(pooled)}. "
            f"Received: shape={tuple(shape)}"
        )


def _agree(shape, other):
    """Whether two shapes are the same as far as they are known."""
    return len(shape) == len(other) and all(
        None in (n, m) or n == m for n, m in zip(shape, other, strict=True)
    )
