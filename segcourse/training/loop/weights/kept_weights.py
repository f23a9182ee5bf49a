"""A copy of a model's variables, to be given back."""

import numpy as np
from keras import ops


class KeptWeights:
    """What all variables of a model are when this is made, seed generators included.

    Example:

    >>> import keras
    >>> model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])
    >>> kept, before = KeptWeights(model), model.get_weights()
    >>> model.set_weights([before[0] + 1])
    >>> kept.put_back()
    >>> bool(model.get_weights()[0] == before[0])
    True
    """

    def __init__(self, model):
        self.model = model
        # A copy: on JAX a step takes the memory of the variables for its own.
        self.values = [np.array(ops.convert_to_numpy(one)) for one in model.variables]

    def put_back(self):
        """Give the model these values."""
        for variable, value in zip(self.model.variables, self.values, strict=True):
            variable.assign(value)

    def are_finite(self):
        """Whether the trainable ones among them are numbers."""
        pairs = zip(self.model.variables, self.values, strict=True)
        return finite(value for variable, value in pairs if variable.trainable)


def finite(arrays):
    """Whether all values of all arrays are numbers."""
    return all(np.isfinite(array).all() for array in arrays)
