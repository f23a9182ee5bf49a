"""SGD as Caffe, and with it the published FCN, does it."""

import keras
from keras import ops

# A bias of a layer, and the shift of a batch normalisation, which is a bias too.
BIAS_NAMES = ("bias", "beta")


@keras.saving.register_keras_serializable(package="segcourse")
class CaffeSGD(keras.optimizers.SGD):
    """SGD with momentum, its weight decay in the gradient, and a rate of its own for biases.

    One step for a weight `w` with gradient `g`, and for a bias `b`:

        v <- momentum * v - learning_rate * (g + weight_decay * w);  w <- w + v
        v <- momentum * v - bias_rate * learning_rate * g;           b <- b + v

    Keras' own `weight_decay` is another thing: it takes the decay past the momentum.

    Example:

    >>> optimizer = CaffeSGD(learning_rate=0.5, momentum=0.0, weight_decay=0.2)
    >>> weight = keras.Variable([1.0], name="kernel")
    >>> optimizer.apply([keras.ops.convert_to_tensor([0.8])], [weight])
    >>> keras.ops.convert_to_numpy(weight).tolist()
    [0.5]

    Args:
        learning_rate: a float or a `keras.optimizers.schedules.LearningRateSchedule`.
        momentum: share of the last step in the next, 0 to 1.
        weight_decay: factor of the L2 penalty's gradient; biases are not decayed.
        bias_rate: the learning rate of biases is this many times the learning rate.
        name: name of the optimizer.

    Reference: Long, Shelhamer, Darrell, "Fully convolutional networks for semantic
    segmentation" (2015), section 4.3: momentum 0.9, weight decay, doubled rate for biases. The
    reference solver gives biases no decay.
    """

    def __init__(
        self,
        learning_rate=1e-3,
        momentum=0.9,
        weight_decay=5e-4,
        bias_rate=2.0,
        name="caffe_sgd",
        **kwargs,
    ):
        super().__init__(learning_rate=learning_rate, momentum=float(momentum), name=name, **kwargs)
        self.penalty = float(weight_decay)
        self.bias_rate = float(bias_rate)

    def build(self, variables):
        """Make the momenta, and note which variables are biases."""
        if not self.built:
            # Noted here: TensorFlow's `update_step` gets its own variables, with other names.
            self.are_biases = [variable.name in BIAS_NAMES for variable in variables]
        super().build(variables)

    def update_step(self, gradient, variable, learning_rate):
        """One step for one variable."""
        if self.are_biases[self._get_variable_index(variable)]:
            learning_rate = ops.multiply(learning_rate, self.bias_rate)
        elif self.penalty:
            gradient = ops.add(gradient, ops.multiply(variable, self.penalty))
        super().update_step(gradient, variable, learning_rate)

    def get_config(self):
        config = super().get_config()
        return {**config, "weight_decay": self.penalty, "bias_rate": self.bias_rate}
