"""Enlarging a map by bilinear interpolation, on either of the two grids in use."""

import functools
import math

import keras
import numpy as np

from segcourse.checks.sizes import positive_pair
from segcourse.layers.aligned_corners import resize_aligned


@keras.saving.register_keras_serializable(package="segcourse")
class BilinearUpsampling2D(keras.layers.Layer):
    """Resizes a map by bilinear interpolation.

    Every output pixel lies somewhere among four input pixels and is their mean, weighted by
    nearness. Where it lies is a matter of the grid. Along a side of `n` pixels resized to `m`,
    output pixel `i` is read at

    - half-pixel centres (`align_corners=False`): `(i + 0.5) * n / m - 0.5`, at least 0 and at most
      `n - 1`. Pixels are squares, the squares cover the same area. It is Keras' own grid.
    - aligned corners (`align_corners=True`): `i * (n - 1) / (m - 1)`, or 0 if `m` is 1. Pixels are
      points, the outermost points stay where they are.

    Nothing is smoothed before a map is made smaller: it is sampled.

    Args:
        size: how many times larger: a positive integer or a pair for height and width.
        target_size: the size to reach, `(height, width)`, in place of `size`.
        align_corners: which grid, see above.

    Input shape: `(batch, height, width, channels)`.

    Output shape: `(batch, new height, new width, channels)`.

    Raises:
        ValueError: if not exactly one of `size` and `target_size` is given, or it is not made of
            positive integers.

    Example:
        >>> import numpy as np
        >>> from segcourse.layers import BilinearUpsampling2D
        >>> x = np.array([0.0, 4.0]).reshape(1, 1, 2, 1)
        >>> np.array(BilinearUpsampling2D((1, 2))(x)).ravel().tolist()
        [0.0, 1.0, 3.0, 4.0]
        >>> layer = BilinearUpsampling2D(target_size=(1, 5), align_corners=True)
        >>> np.array(layer(x)).ravel().tolist()
        [0.0, 1.0, 2.0, 3.0, 4.0]

    Reference: the two grids are those of `keras.ops.image.resize` and of
    `torch.nn.functional.interpolate(align_corners=True)`. Week 2.
    """

    def __init__(self, size=None, target_size=None, align_corners=False, **kwargs):
        super().__init__(**kwargs)
        if (size is None) == (target_size is None):
            raise ValueError(
                "Exactly one of `size` and `target_size` must be given. "
                f"Received: size={size}, target_size={target_size}"
            )
        self.size = None if size is None else positive_pair("size", size)
        self.target_size = (
            None if target_size is None else positive_pair("target_size", target_size)
        )
        self.align_corners = align_corners
        self.input_spec = keras.layers.InputSpec(ndim=4)

    def compute_output_shape(self, input_shape):
        batch, height, width, channels = input_shape
        return (batch, *self._new_size(height, width), channels)

    def call(self, inputs):
        inputs = keras.ops.cast(inputs, self.compute_dtype)
        old = tuple(keras.ops.shape(inputs)[1:3])
        size = self._new_size(*old)
        if self.align_corners and keras.config.backend() == "tensorflow":
            inputs = keras.ops.cast(inputs, "float32")
            by_products = functools.partial(_resize, size=size, align_corners=True)
            forward = None if self._reads_between_pixels(old) else by_products
            return keras.ops.cast(resize_aligned(inputs, size, forward), self.compute_dtype)
        open_size = not all(isinstance(side, int) for side in (*old, *size))
        # Keras' own resize is the quickest way; it knows one grid and no open sizes.
        if self.align_corners or open_size:
            return _resize(inputs, size, self.align_corners)
        # In float32: TensorFlow's resize gives that from half precision too, and in a graph that
        # XLA compiles, its gradient then meets operations of another type (Keras issue 20931).
        inputs = keras.ops.cast(inputs, "float32")
        if keras.config.backend() == "tensorflow" and not _by_powers_of_two(old, size):
            outputs = _half_pixel_lines(_half_pixel_lines(inputs, size[1], 2), size[0], 1)
        else:
            outputs = keras.ops.image.resize(
                inputs, size, interpolation="bilinear", data_format="channels_last"
            )
        return keras.ops.cast(outputs, self.compute_dtype)

    def get_config(self):
        own = {
            "size": self.size,
            "target_size": self.target_size,
            "align_corners": self.align_corners,
        }
        return {**super().get_config(), **own}

    def _new_size(self, height, width):
        """Return the size of the output, None where it is open."""
        if self.target_size is not None:
            return self.target_size
        return tuple(
            None if side is None else side * factor
            for side, factor in zip((height, width), self.size, strict=True)
        )

    def _reads_between_pixels(self, old):
        """Whether only the corners, of all aligned outputs, lie on a pixel; sizes may be open."""
        for side, (n, m) in enumerate(zip(old, self._new_size(*old), strict=True)):
            # Of a doubled side the lengths less 1, n - 1 and 2n - 1, have no common factor.
            doubled = self.size is not None and self.size[side] == 2
            known = isinstance(n, int) and isinstance(m, int)
            if not doubled and not (known and (n == m or math.gcd(n - 1, m - 1) == 1)):
                return False
        return True


def _by_powers_of_two(old, size):
    """Whether every side becomes 1, 2, 4, 8, … times as long."""
    pairs = zip(old, size, strict=True)
    return all(n and m % n == 0 and (m // n).bit_count() == 1 for n, m in pairs)


def _half_pixel_lines(x, m, axis):
    """Interpolate along an axis to `m` lines, to the numbers of TensorFlow's resize.

    Compiled by XLA that resize gives other numbers: of 4 pixels enlarged to 12, some are read at a
    wrong place, because a fraction that is not exact is rounded down. Here the places are known
    before anything is compiled.
    """
    n = x.shape[axis]
    half = np.float32(0.5)
    places = (np.arange(m, dtype="float32") + half) * (np.float32(n) / np.float32(m)) - half
    first = np.floor(places)
    share = (places - first).reshape((-1,) + (1,) * (len(x.shape) - 1 - axis))
    lower = keras.ops.take(x, np.maximum(first, 0).astype("int32"), axis=axis)
    upper = keras.ops.take(x, np.minimum(np.ceil(places), n - 1).astype("int32"), axis=axis)
    return lower + (upper - lower) * share


def _resize(x, size, align_corners):
    """Interpolate along the height, then along the width, each by a matrix product."""
    batch, height, width, channels = keras.ops.shape(x)
    down = _weights(height, size[0], align_corners, x.dtype)
    across = _weights(width, size[1], align_corners, x.dtype)
    x = keras.ops.matmul(down, keras.ops.reshape(x, (batch, height, width * channels)))
    x = keras.ops.reshape(x, (batch, size[0], width, channels))
    return keras.ops.matmul(across, x)


def _weights(n, m, align_corners, dtype):
    """Return the `[m, n]` weights of `n` inputs along a side in `m` outputs.

    An output at `place` takes `max(0, 1 - abs(place - j))` of input `j`. Places are kept as
    fractions of integers with one denominator, so that none is rounded.
    """
    outputs = keras.ops.arange(m, dtype="int32")[:, None]
    inputs = keras.ops.arange(n, dtype="int32")[None, :]
    if align_corners:
        denominator = keras.ops.maximum(m - 1, 1)
        places = outputs * (n - 1)
    else:
        denominator = 2 * m
        places = keras.ops.clip((2 * outputs + 1) * n - m, 0, denominator * (n - 1))
    nearness = denominator - keras.ops.abs(places - inputs * denominator)
    weights = keras.ops.cast(keras.ops.maximum(nearness, 0), "float32")
    return keras.ops.cast(weights / keras.ops.cast(denominator, "float32"), dtype)
