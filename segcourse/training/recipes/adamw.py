"""AdamW that decays kernels alone."""

import keras

from segcourse.training.recipes.caffe_sgd import BIAS_NAMES
from segcourse.training.recipes.stepwise_averages import StepwiseAverages

_NOT_DECAYED = (*BIAS_NAMES, "gamma")


@keras.saving.register_keras_serializable(package="segcourse")
class AdamW(StepwiseAverages, keras.optimizers.AdamW):
    """`keras.optimizers.AdamW` whose weight decay leaves biases and normalisations alone.

    What is not decayed is a rule of the class, and not a list of variables given to an object: so
    it holds for a copy, and for an optimizer that is loaded with its model, too.

    Example:

    >>> optimizer = AdamW(learning_rate=0.5, weight_decay=0.5)
    >>> kernel = keras.Variable([1.0], name="kernel")
    >>> bias = keras.Variable([1.0], name="bias")
    >>> nothing = keras.ops.zeros(1)
    >>> optimizer.apply([nothing, nothing], [kernel, bias])
    >>> [keras.ops.convert_to_numpy(variable).tolist() for variable in (kernel, bias)]
    [[0.75], [1.0]]

    Args: those of `keras.optimizers.AdamW`.

    Reference: Loshchilov and Hutter, "Decoupled weight decay regularization" (2019), algorithm 2.
    """

    def build(self, variables):
        """Make the moments; variables named bias, beta or gamma are not decayed."""
        if not self.built:
            kept = [variable for variable in variables if variable.name in _NOT_DECAYED]
            self.exclude_from_weight_decay(var_list=kept)
        super().build(variables)
