"""Where the windows of a pooling lie: shared by max pooling and its way back."""

import keras

from segcourse.checks.sizes import positive_pair

PADDINGS = ("valid", "same")


class Windows:
    """Windows of `size` pixels, `strides` apart, over a map.

    `padding` is Keras': `"valid"` has only windows that lie inside the map, `"same"` has
    `ceil(side / stride)` of them, and what they reach beyond the map is shared between both ends,
    the larger half at the bottom and right.

    Args:
        pool_size: a positive integer or a pair for height and width.
        strides: likewise; `pool_size` if None.
        padding: `"valid"` or `"same"`.

    Raises:
        ValueError: if an argument is not as above.

    Example:
        >>> from segcourse.layers.unpooling.pooling_windows import Windows
        >>> Windows(2, None, "valid").count((5, 6)), Windows(2, None, "same").count((5, 6))
        ((2, 3), (3, 3))
        >>> Windows(2, None, "valid").extent((2, 3))
        (4, 6)
    """

    def __init__(self, pool_size, strides, padding):
        self.size = positive_pair("pool_size", pool_size)
        self.strides = self.size if strides is None else positive_pair("strides", strides)
        if padding not in PADDINGS:
            raise ValueError(f'`padding` must be "valid" or "same". Received: padding={padding!r}')
        self.padding = padding

    def count(self, sides):
        """Return how many windows there are along the height and width of a map."""
        return self._each(self._count, sides)

    def extent(self, counts):
        """Return the smallest map (`"valid"`), or the largest (`"same"`), with so many windows."""
        return self._each(self._extent, counts)

    def before(self, sides):
        """Return how far the first window reaches beyond the top and the left of a map."""
        return self._each(self._before, sides)

    def get_config(self):
        return {"pool_size": self.size, "strides": self.strides, "padding": self.padding}

    def _each(self, function, numbers):
        """Apply `function` along height and width; what is open (None) stays so."""
        return tuple(
            None if number is None else function(number, size, stride)
            for number, size, stride in zip(numbers, self.size, self.strides, strict=True)
        )

    def _count(self, side, size, stride):
        if self.padding == "same":
            return (side + stride - 1) // stride
        return (side - size) // stride + 1

    def _extent(self, count, size, stride):
        return count * stride if self.padding == "same" else (count - 1) * stride + size

    def _before(self, side, size, stride):
        if self.padding == "valid":
            return 0
        beyond = (self._count(side, size, stride) - 1) * stride + size - side
        return floor_at_zero(beyond) // 2


def floor_at_zero(number):
    """Return `max(number, 0)`: an integer for an integer, otherwise a tensor."""
    return max(number, 0) if isinstance(number, int) else keras.ops.maximum(number, 0)


def fit(x, axis, before, length, fill):
    """Put `before` values `fill` in front of `x` along `axis`, and cut or fill it to `length`."""
    after = floor_at_zero(length - before - keras.ops.shape(x)[axis])
    if not (isinstance(before, int) and isinstance(after, int) and before == after == 0):
        widths = [(0, 0)] * len(x.shape)
        widths[axis] = (before, after)
        x = keras.ops.pad(x, widths, constant_values=fill)
    return cut(x, axis, 0, length)


def cut(x, axis, start, length):
    """Return `length` values of `x` along `axis` from `start` on."""
    # The gradient of a slice is a copy into zeros, of one that takes everything as well.
    known = isinstance(start, int) and isinstance(length, int)
    if known and start == 0 and length == x.shape[axis]:
        return x
    return x[(slice(None),) * axis + (slice(start, start + length),)]
