"""The vector-Jacobian product of a function, on every backend of Keras."""

import keras
import numpy as np

from segcourse.checks.arrays import as_array, is_floating


def input_gradient(function, x, vector):
    """Differentiate `function` at `x` and multiply from the left by `vector`.

    This is the vector-Jacobian product `vector · ∂function(x)/∂x`, what backpropagation hands
    back through a layer: the gradient of `sum(vector * function(x))` with respect to `x`.

    Keras has no function of its own for gradients, so `x` becomes the only weight of a model, and
    one step of training is taken with an optimizer that writes the gradient into the weight.

    Args:
        function: a layer, or any function of one tensor written with `keras.ops`.
        x: array, the point at which to differentiate.
        vector: array of the shape of `function(x)`.

    Returns:
        NumPy array of the shape of `x`, float32.

    Raises:
        ValueError: `x` or `vector` are no real numbers, or `vector` has not the shape of
            `function(x)`.

    Example:

    >>> import numpy as np
    >>> from segcourse.training import input_gradient
    >>> input_gradient(lambda x: x**2, np.array([[1.0, 2.0]]), np.array([[1.0, 10.0]]))
    array([[ 2., 40.]], dtype=float32)

    Week 3, section 3.
    """
    x, vector = (
        _numbers(name, value).astype("float32") for name, value in (("x", x), ("vector", vector))
    )
    shape = tuple(function(keras.ops.convert_to_tensor(x)).shape)
    if vector.shape != shape:
        raise ValueError(
            f"`vector` must have the shape of `function(x)`, {shape}. "
            f"Received: shape={vector.shape}"
        )
    model = _Weighted(function, x)
    # Not eagerly: TensorFlow would compute the gradients of the layer's own weights too, and its
    # kernel for those crashes for some strides above the kernel size.
    model.compile(optimizer=_Gradient(name="gradient"), loss=_total, jit_compile=False)
    model.train_on_batch(vector[None], np.zeros((1, 1), "float32"))
    return np.asarray(keras.ops.convert_to_numpy(model.point))


def _numbers(name, value):
    array = as_array(f"`{name}`", value)
    if array.dtype.kind not in "biu" and not is_floating(array):
        raise ValueError(f"`{name}` must be real numbers. Received: dtype={array.dtype}")
    return array


class _Weighted(keras.Model):
    """Gives `sum(vector * function(point))`, with `point` as its only weight."""

    def __init__(self, function, x):
        super().__init__(name="input_gradient")
        # A layer would be tracked, and its own weights trained, if it were kept as an attribute.
        self._call = lambda point: function(point)
        self.point = self.add_weight(shape=x.shape, initializer="zeros", name="point")
        self.point.assign(x)

    def call(self, vector):
        value = self._call(keras.ops.convert_to_tensor(self.point))
        return keras.ops.reshape(keras.ops.sum(vector[0] * value), (1, 1))


def _total(_, y_pred):
    return keras.ops.sum(y_pred)


class _Gradient(keras.optimizers.SGD):
    """Writes the gradient where a step would write the new weight."""

    def update_step(self, gradient, variable, learning_rate):
        self.assign(variable, gradient)
