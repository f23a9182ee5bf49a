"""Max pooling that remembers where the maxima lay."""

import keras

from segcourse.layers.unpooling.pooling_windows import Windows, fit


@keras.saving.register_keras_serializable(package="segcourse")
class MaxPooling2DWithIndices(keras.layers.Layer):
    """Max pooling, and the place each maximum came from.

    A place is one number, the flat index `row * width + column` into the plane of its example and
    channel, as PyTorch counts. Of several equal maxima in a window the first in row-major order is
    taken. Values must be finite. `MaxUnpooling2D` is the way back.

    Args:
        pool_size: the window: a positive integer or a pair for height and width.
        strides: from window to window, likewise; `pool_size` if None.
        padding: `"valid"`, what does not fill a window is left out, or `"same"`, there are
            `ceil(side / stride)` windows and those at the border are smaller.

    Input shape: `(batch, height, width, channels)`.

    Output shape: `(pooled, indices)`, both `(batch, rows, columns, channels)`, the indices int32.

    Raises:
        ValueError: if `pool_size` or `strides` is not made of positive integers, `padding` is
            another word, or the map is smaller than a window and `padding` is `"valid"`.

    Example:
        >>> import numpy as np
        >>> from segcourse.layers import MaxPooling2DWithIndices
        >>> x = np.array([[1.0, 2.0, 6.0, 3.0], [3.0, 5.0, 2.0, 1.0]]).reshape(1, 2, 4, 1)
        >>> pooled, indices = MaxPooling2DWithIndices(2)(x)
        >>> np.array(pooled).ravel().tolist(), np.array(indices).ravel().tolist()
        ([5.0, 6.0], [5, 2])

    Reference: Zeiler, Fergus, "Visualizing and Understanding Convolutional Networks" (2014),
    section 2.1, the switches. Week 2.
    """

    def __init__(self, pool_size=2, strides=None, padding="valid", **kwargs):
        super().__init__(**kwargs)
        self.windows = Windows(pool_size, strides, padding)
        self.input_spec = keras.layers.InputSpec(ndim=4)

    def compute_output_shape(self, input_shape):
        batch, *sides, channels = input_shape
        counts = self.windows.count(sides)
        if any(count is not None and count < 1 for count in counts):
            raise ValueError(
                "`inputs` must be at least as large as `pool_size`. "
                f"Received: {tuple(sides)}, pool_size={self.windows.size}"
            )
        return (batch, *counts, channels), (batch, *counts, channels)

    def compute_output_spec(self, inputs):
        pooled, indices = self.compute_output_shape(inputs.shape)
        return (
            keras.KerasTensor(pooled, self.compute_dtype),
            keras.KerasTensor(indices, "int32"),
        )

    def call(self, inputs):
        self.compute_output_shape(tuple(inputs.shape))
        x = keras.ops.cast(inputs, self.compute_dtype)
        windows = self.windows
        pooled = keras.ops.max_pool(
            x, windows.size, windows.strides, windows.padding, data_format="channels_last"
        )
        x, maxima = keras.ops.stop_gradient(x), keras.ops.stop_gradient(pooled)
        return pooled, _indices(x, maxima, windows)

    def get_config(self):
        return {**super().get_config(), **self.windows.get_config()}


def _indices(x, maxima, windows):
    """Return the flat index of the first value in each window that is its maximum."""
    sides, counts = keras.ops.shape(x)[1:3], keras.ops.shape(maxima)[1:3]
    before, width = windows.before(sides), sides[1]
    members = _members(x, counts, before, windows)
    # From the last member to the first, so that of equal ones the first has the last word.
    (row, column), _ = members[-1]
    inside = keras.ops.full_like(maxima, row * width + column, dtype="int32")
    for (row, column), values in members[-2::-1]:
        # Not with `==`, which exporters to other formats do not follow.
        here = keras.ops.equal(values, maxima)
        inside = keras.ops.where(here, row * width + column, inside)
    top, left = (
        keras.ops.arange(count, dtype="int32") * stride - start
        for count, stride, start in zip(counts, windows.strides, before, strict=True)
    )
    # Not with `[:, :, None]`, which the converter to LiteRT does not follow.
    corners = keras.ops.expand_dims(keras.ops.expand_dims(top * width, 1) + left, -1)
    indices = inside + corners
    # TensorFlow loses sight of the shape where sizes are open.
    return keras.ops.reshape(indices, keras.ops.shape(maxima))


def _members(x, counts, before, windows):
    """Return `((row, column), values)` for each place in a window, one value for each window.

    The map is cut into blocks of `strides` pixels. Taking blocks apart is one copy of the map;
    a slice with a step for each place is several times slower.
    """
    (rows, columns), (down, across) = windows.size, windows.strides
    blocks = []
    for axis in (0, 1):
        reach = -(-windows.size[axis] // windows.strides[axis])
        blocks.append(counts[axis] - 1 + reach)
        length = blocks[axis] * windows.strides[axis]
        x = fit(x, axis + 1, before[axis], length, -float("inf"))
    batch, *_, channels = keras.ops.shape(x)
    x = keras.ops.reshape(x, (batch, blocks[0], down, blocks[1], across * channels))
    lines = keras.ops.unstack(x, down, axis=2)
    return [
        (
            (row, column),
            lines[row % down][
                :,
                row // down : row // down + counts[0],
                column // across : column // across + counts[1],
                column % across * channels : (column % across + 1) * channels,
            ],
        )
        for row in range(rows)
        for column in range(columns)
    ]
