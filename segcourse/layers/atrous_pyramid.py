"""Looking at one map through several windows at once: atrous spatial pyramid pooling."""

import keras

from segcourse.checks.sizes import is_number, positive_integer


@keras.saving.register_keras_serializable(package="segcourse")
class AtrousSpatialPyramidPooling(keras.layers.Layer):
    """Scores every place of a map by several dilated 3×3 convolutions, and adds their scores.

    Branch `k` reads the places themselves and their eight neighbours at a distance of `rates[k]`.
    Without `hidden` a branch is that convolution alone, called fc8_k, as DeepLab has it on ResNet.
    With `hidden` it is the branch that DeepLab has on VGG-16: fc6_k, the dilated convolution to
    `hidden` channels; fc7_k, a 1×1 convolution; and fc8_k, a 1×1 convolution to the scores. ReLU
    and dropout follow fc6_k and fc7_k. All keep the size of the map. Scores start near zero.

    A neighbour outside the map counts as zero. Where a rate is larger than the map, eight of the
    nine weights of its convolution never meet a value.

    Args:
        filters: number of scores, a positive integer.
        rates: the dilation rate of each branch, positive integers.
        hidden: channels of fc6_k and fc7_k, or None for branches of one convolution.
        dropout: share of their channels dropped while training.

    Input shape: `(batch, height, width, channels)`.

    Output shape: `(batch, height, width, filters)`.

    Raises:
        ValueError: if there is no rate, or an argument is none of the above.

    Example:
        >>> import numpy as np
        >>> from segcourse.layers import AtrousSpatialPyramidPooling
        >>> layer = AtrousSpatialPyramidPooling(filters=5, rates=(1, 2))
        >>> tuple(layer(np.zeros((1, 16, 16, 8))).shape)
        (1, 16, 16, 5)
        >>> layer.count_params() == 2 * (3 * 3 * 8 * 5 + 5)
        True

    Reference: Chen et al., "DeepLab: Semantic Image Segmentation with Deep Convolutional Nets,
    Atrous Convolution, and Fully Connected CRFs" (2018), section 3.2 and figure 7. Bonus notebook.
    """

    def __init__(self, filters, rates=(6, 12, 18, 24), hidden=None, dropout=0.0, **kwargs):
        super().__init__(**kwargs)
        self.filters = positive_integer("filters", filters)
        self.rates = _rates(rates)
        self.hidden = None if hidden is None else positive_integer("hidden", hidden)
        self.dropout = _share(dropout)
        self.input_spec = keras.layers.InputSpec(ndim=4)
        # One flat list: within nested ones Keras before 3.11 saves no weights.
        branches = (self._branch(number, rate) for number, rate in enumerate(self.rates, 1))
        self.branch_layers = [layer for branch in branches for layer in branch]

    def build(self, input_shape):
        for branch in self.branches:
            shape = input_shape
            for layer in branch:
                layer.build(shape)
                shape = layer.compute_output_shape(shape)

    @property
    def branches(self):
        """The layers of every branch, in their order: a list of lists, one for each rate."""
        each = len(self.branch_layers) // len(self.rates)
        starts = range(0, len(self.branch_layers), each)
        return [self.branch_layers[start : start + each] for start in starts]

    def compute_output_shape(self, input_shape):
        return (*input_shape[:3], self.filters)

    def call(self, inputs, training=None):
        scores = []
        for branch in self.branches:
            x = inputs
            for layer in branch:
                drops = isinstance(layer, keras.layers.Dropout)
                x = layer(x, training=training) if drops else layer(x)
            scores.append(x)
        return sum(scores[1:], start=scores[0])

    def get_config(self):
        own = {
            "filters": self.filters,
            "rates": self.rates,
            "hidden": self.hidden,
            "dropout": self.dropout,
        }
        return {**super().get_config(), **own}

    def _branch(self, number, rate):
        """Make the layers of one branch, in their order."""
        if self.hidden is None:
            return [self._score(number, kernel=3, rate=rate)]
        layers = []
        for name, kernel, dilation in (("6", 3, rate), ("7", 1, 1)):
            convolution = keras.layers.Conv2D(
                self.hidden,
                kernel,
                dilation_rate=dilation,
                padding="same",
                data_format="channels_last",
                activation="relu",
                kernel_initializer="he_normal",
                dtype=self.dtype_policy,
                name=f"fc{name}_{number}",
            )
            drop = keras.layers.Dropout(
                self.dropout, dtype=self.dtype_policy, name=f"drop{name}_{number}"
            )
            layers += [convolution, drop]
        return [*layers, self._score(number, kernel=1, rate=1)]

    def _score(self, number, kernel, rate):
        return keras.layers.Conv2D(
            self.filters,
            kernel,
            dilation_rate=rate,
            padding="same",
            data_format="channels_last",
            kernel_initializer=keras.initializers.RandomNormal(stddev=0.01),
            dtype=self.dtype_policy,
            name=f"fc8_{number}",
        )


def _rates(rates):
    if not isinstance(rates, list | tuple) or not rates:
        raise ValueError(
            f"`rates` must be one or more positive integers. Received: rates={rates!r}"
        )
    return tuple(positive_integer("rates", rate) for rate in rates)


def _share(dropout):
    if not is_number(dropout) or not 0 <= dropout < 1:
        raise ValueError(f"`dropout` must be at least 0 and below 1. Received: dropout={dropout!r}")
    return float(dropout)
