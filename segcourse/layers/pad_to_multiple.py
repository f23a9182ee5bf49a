"""Filling a map up to a size that halves without a rest."""

import keras
from keras import ops

from segcourse.checks.sizes import positive_integer


@keras.saving.register_keras_serializable(package="segcourse")
class PadToMultiple(keras.layers.Layer):
    """Adds zeros at the bottom and the right, up to the next multiple of `multiple` pixels.

    Pixels stay where they are. A network whose poolings leave out what does not fill a window then
    covers every picture.

    Args:
        multiple: a positive integer.

    Input shape: `(batch, height, width, channels)`.

    Output shape: `(batch, new height, new width, channels)`.

    Raises:
        ValueError: if `multiple` is not a positive integer.

    Example:
        >>> import numpy as np
        >>> from segcourse.layers import PadToMultiple
        >>> np.array(PadToMultiple(2)(np.ones((1, 1, 3, 1))))[0, :, :, 0].tolist()
        [[1.0, 1.0, 1.0, 0.0], [0.0, 0.0, 0.0, 0.0]]

    Week 4.
    """

    def __init__(self, multiple, **kwargs):
        super().__init__(**kwargs)
        self.multiple = positive_integer("multiple", multiple)
        self.input_spec = keras.layers.InputSpec(ndim=4)

    def compute_output_shape(self, input_shape):
        batch, *sides, channels = input_shape
        sides = (None if side is None else side + -side % self.multiple for side in sides)
        return (batch, *sides, channels)

    def call(self, inputs):
        # `-side % multiple` is the same in Python, and another number once it is exported to ONNX.
        multiple = self.multiple
        height, width = ((multiple - side % multiple) % multiple for side in ops.shape(inputs)[1:3])
        if isinstance(height, int) and isinstance(width, int) and height == width == 0:
            return inputs
        return ops.pad(inputs, [(0, 0), (0, height), (0, width), (0, 0)])

    def get_config(self):
        return {**super().get_config(), "multiple": self.multiple}
