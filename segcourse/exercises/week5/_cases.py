"""What several exercises of week 5 check with."""

import keras
from keras import ops


class Network(keras.Model):
    """A functional model that keeps a list of what its trainings would have changed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.trainings = []
        self._in_use = None

    def compile(self, *args, **kwargs):
        super().compile(*args, **kwargs)
        self._in_use = None

    def train(self):
        """Notes the learning rate and the layers that `fit` would train now.

        As in Keras, the first training after `compile` decides which layers these are; a change
        of `trainable` counts from the next `compile` on.
        """
        if not self.compiled:
            raise ValueError("You must call `compile()` before using the model.")
        if self._in_use is None:
            names = {v.path.split("/")[0] for v in self.trainable_variables}
            self._in_use = [layer.name for layer in self.layers if layer.name in names]
        rate = float(ops.convert_to_numpy(self.optimizer.learning_rate))
        self.trainings.append((rate, list(self._in_use)))


def network(rng):
    """Two convolutions with batch normalisation; fc7, with its own, and score are the head."""
    filters = [int(n) for n in 2 + rng.permutation(4)[:3]]
    images = x = keras.Input((4, 4, 3), name="images")
    for place, count in zip(("1", "2", "_fc7"), filters, strict=True):
        x = keras.layers.Conv2D(count, 1, use_bias=False, name=f"conv{place}")(x)
        x = keras.layers.BatchNormalization(name=f"bn{place}")(x)
    return Network(images, keras.layers.Conv2D(2, 1, name="score")(x), name="network")
