"""Cutting one map to the size of another."""

import keras

from segcourse.checks.sizes import pair_of_integers
from segcourse.layers.arguments import check_maps


@keras.saving.register_keras_serializable(package="segcourse")
class CropToMatch(keras.layers.Layer):
    """Crops a map to the height and width of a second one.

    Called with `[x, reference]`, it returns `x[:, top:top + h, left:left + w, :]`, where `h` and
    `w` are the reference's height and width. Sizes may differ from call to call. Nothing of the
    reference but its size is used.

    Args:
        offset: where the crop starts: an integer, a pair `(top, left)`, or None for the middle
            (if the surplus is odd, the larger half is cut at the bottom and right).

    Input shape: `[(batch, h1, w1, channels), (batch, h2, w2, any)]`.

    Output shape: `(batch, h2, w2, channels)`, dtype of `x`.

    Raises:
        ValueError: if `offset` is not as above, the inputs are not two maps, or the crop reaches
            beyond `x`.

    Example:
        >>> import numpy as np
        >>> from segcourse.layers import CropToMatch
        >>> x = np.arange(16.0).reshape(1, 4, 4, 1)
        >>> crop = CropToMatch(offset=(0, 1))([x, np.zeros((1, 2, 2, 3))])
        >>> np.array(crop)[0, :, :, 0].tolist()
        [[1.0, 2.0], [5.0, 6.0]]

    Reference: the Crop layer of Caffe's FCN models; Long, Shelhamer, Darrell (2015), section 4.2.
    Week 4.
    """

    def __init__(self, offset=None, **kwargs):
        super().__init__(**kwargs)
        self.offset = _pair_or_none(offset)

    def compute_output_shape(self, input_shape):
        x, reference = check_maps("inputs", input_shape, ("the map", "the reference"))
        for axis in (0, 1):
            self._check_fit(axis, x[axis + 1], reference[axis + 1])
        return (x[0], reference[1], reference[2], x[3])

    def call(self, inputs):
        x, reference = check_maps("inputs", inputs, ("the map", "the reference"))
        self.compute_output_shape([tuple(x.shape), tuple(reference.shape)])
        batch, *size, channels = keras.ops.shape(x)
        target = keras.ops.shape(reference)[1:3]
        top, left = (
            (size[axis] - target[axis]) // 2 if self.offset is None else self.offset[axis]
            for axis in (0, 1)
        )
        return keras.ops.slice(x, (0, top, left, 0), (batch, *target, channels))

    def get_config(self):
        return {**super().get_config(), "offset": self.offset}

    def _check_fit(self, axis, size, target):
        """Raise if the sizes are known and the crop does not lie inside `x`."""
        if size is None or target is None:
            return
        start = 0 if self.offset is None else self.offset[axis]
        if start + target > size:
            raise ValueError(
                f"`offset` must leave room for the reference: along {('height', 'width')[axis]} "
                f"{start} + {target} is more than {size}. Received: offset={self.offset}"
            )


def _pair_or_none(offset):
    """Return `offset` as None or (top, left)."""
    if offset is None:
        return None
    pair = pair_of_integers(offset)
    if pair is None or min(pair) < 0:
        raise ValueError(
            "`offset` must be None, an integer of at least 0, or a pair (top, left) of such. "
            f"Received: offset={offset!r}"
        )
    return pair
