"""SGD as Caffe, and with it the published FCN, does it."""

import keras
from keras import ops

from segcourse.training.recipes.stepwise_averages import StepwiseAverages

# A bias of a layer, and the shift of a batch normalisation, which is a bias too.
BIAS_NAMES = ("bias", "beta")


@keras.saving.register_keras_serializable(package="segcourse")
class CaffeSGD(StepwiseAverages, keras.optimizers.SGD):
    """SGD with momentum, its weight decay in the gradient, and rates of their own for some weights.

    One step for a weight `w` with gradient `g`, and for a bias `b`:

        v <- momentum * v - learning_rate * (g + weight_decay * w);  w <- w + v
        v <- momentum * v - bias_rate * learning_rate * g;           b <- b + v

    In the layers that `layer_rates` names, both rates are so many times as high.

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
        layer_rates: dict from the beginning of layers' names to a factor of their rates, such as
            `{"fc8": 10.0}`; of several that fit, the longest counts.
        name: name of the optimizer.

    Raises:
        ValueError: from `build`, if `layer_rates` names no layer of the variables.

    Reference: Long, Shelhamer, Darrell, "Fully convolutional networks for semantic
    segmentation" (2015), section 4.3: momentum 0.9, weight decay, doubled rate for biases. The
    reference solver gives biases no decay. Chen et al., "DeepLab" (2018), section 4.1: the tenfold
    rate of the last layer.
    """

    def __init__(
        self,
        learning_rate=1e-3,
        momentum=0.9,
        weight_decay=5e-4,
        bias_rate=2.0,
        layer_rates=None,
        name="caffe_sgd",
        **kwargs,
    ):
        super().__init__(learning_rate=learning_rate, momentum=float(momentum), name=name, **kwargs)
        self.penalty = float(weight_decay)
        self.bias_rate = float(bias_rate)
        self.layer_rates = {name: float(rate) for name, rate in (layer_rates or {}).items()}

    def build(self, variables):
        """Make the momenta, and note which variables are biases, and their rates."""
        if not self.built:
            # Noted here: TensorFlow's `update_step` gets its own variables, with other names.
            self.are_biases = [variable.name in BIAS_NAMES for variable in variables]
            self.rates = self._rates(variables)
        super().build(variables)

    def _rates(self, variables):
        """For each variable, how many times the learning rate its own is."""
        layers = [(variable.path.split("/")[-2:-1] or [""])[0] for variable in variables]
        for name in self.layer_rates:
            if not any(layer.startswith(name) for layer in layers):
                raise ValueError(
                    "`layer_rates` must name trainable layers, by the beginning of their names: "
                    f"{', '.join(dict.fromkeys(layers))}. Received: {name!r}"
                )
        # The longest name that fits comes last, and counts.
        names = sorted(self.layer_rates, key=len)
        rates = []
        for layer, is_bias in zip(layers, self.are_biases, strict=True):
            fitting = [self.layer_rates[name] for name in names if layer.startswith(name)]
            rates.append((fitting[-1] if fitting else 1.0) * (self.bias_rate if is_bias else 1.0))
        return rates

    def update_step(self, gradient, variable, learning_rate):
        """One step for one variable."""
        index = self._get_variable_index(variable)
        if self.rates[index] != 1.0:
            learning_rate = ops.multiply(learning_rate, self.rates[index])
        if self.penalty and not self.are_biases[index]:
            gradient = ops.add(gradient, ops.multiply(variable, self.penalty))
        super().update_step(gradient, variable, learning_rate)

    def get_config(self):
        config = super().get_config()
        own = {"bias_rate": self.bias_rate, "layer_rates": self.layer_rates}
        return {**config, "weight_decay": self.penalty, **own}
