"""The network that exercise 5.6 checks with, and how two rows of trainings are compared."""

import weakref
from dataclasses import dataclass

import keras
import numpy as np
from keras import ops

from segcourse.exercises.week5._drawn import Drawn, Layer, Model
from segcourse.texts import _

#: For each optimizer the layers it was built for, by name.
_KNOWN = weakref.WeakKeyDictionary()


@dataclass(frozen=True)
class Training:
    """What one call of `train` would have done.

    Attributes:
        optimizer: name of its class.
        loss: name of the loss.
        rate: the learning rate.
        trained: names of the layers that the gradient changes.
        free: names of the layers that were trainable when it was called.
    """

    optimizer: str
    loss: str
    rate: float
    trained: tuple
    free: tuple


class Network(keras.Sequential):
    """A model that keeps a list of what its trainings would have done.

    Nothing is computed, so its layers have no weights yet: a check makes some fifty networks, and
    weights would take most of its time. `came_in` tells the model that was handed over from a copy.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.came_in = False
        self.trainings = []
        self._in_use = None

    def compile(self, *args, **kwargs):
        super().compile(*args, **kwargs)
        self._in_use = None

    def note_training(self):
        """Notes what `fit` would do now.

        As in Keras, the first training after `compile` decides which layers are trained. What is
        changed later counts from the next `compile` on.
        """
        if not self.compiled:
            raise ValueError("You must call `compile()` before using the model.")
        if self.loss is None:
            raise ValueError("No loss to compute. Provide a `loss` argument in `compile()`.")
        free = tuple(layer.name for layer in _free(self))
        if self._in_use is None:
            _meet(self.optimizer, free)
            self._in_use = free
        loss = keras.losses.get(self.loss)
        training = Training(
            optimizer=type(self.optimizer).__name__,
            loss=getattr(loss, "name", None) or loss.__name__,
            rate=float(ops.convert_to_numpy(self.optimizer.learning_rate)),
            trained=tuple(self._in_use),
            free=free,
        )
        self.trainings.append(training)


def _learns(layer):
    return layer.trainable and not isinstance(layer, keras.layers.Rescaling)


def _meet(optimizer, names):
    """Builds an optimizer for some layers. As in Keras, it can be done once."""
    unknown = set(names) - _KNOWN.setdefault(optimizer, set(names))
    if unknown:
        raise ValueError(
            f"Unknown variable: {min(unknown)}/kernel. This optimizer can only be called for the "
            "variables it was originally built with. When working with a new set of variables, "
            "you should recreate a new optimizer instance."
        )


def train(model):
    """The function that the exercise hands over."""
    model.note_training()


def network(*layers):
    """A `Network` of these layers, behind a layer that has nothing to learn."""
    model = Network([keras.layers.Rescaling(255, name="preprocessing"), *layers], name="network")
    model.came_in = True
    return model


def _case(names, backbone, rate):
    """A model of some layers, of which `backbone`, a slice, belong to the backbone."""

    def make():
        model = network(*map(_layer, names))
        return model, model.layers[backbone], rate, train

    every = ["preprocessing", *names]
    layers = [Layer(name) for name in every[backbone]]
    return Drawn(make, model=Model(*every), backbone=layers, learning_rate=rate, train=train)


def _layer(name):
    if name.startswith("bn"):
        return keras.layers.BatchNormalization(name=name)
    return keras.layers.Conv2D(3, 1, name=name)


def cases(rng):
    # The first layer of the model is no part of `backbone`, and the head has two layers.
    rate = round(float(rng.uniform(0.1, 1)), 3)
    return [_case(["conv1", "bn1", "fc7", "score"], slice(1, 3), rate)]


def allowed(rng):
    """A backbone of one layer or more, with the first layer or without it; any rate."""
    names = [f"conv{i}" for i in range(int(rng.integers(2, 6)))]
    backbone = slice(int(rng.integers(2)), int(rng.integers(2, len(names) + 1)))
    return _case(names, backbone, float(10 ** rng.uniform(-3, 0)))


def compare(got, expected):
    if not isinstance(got, keras.Model):
        return _("it is not the model: give back the model itself")
    if not isinstance(expected, Network):  # the example's, which keeps no list
        return _in_the_end(got, expected)
    if not getattr(got, "came_in", False):
        return _("it is another model: give back the model that came in")
    came, wanted = got.trainings, expected.trainings
    if len(came) != len(wanted):
        text = _("trainings of the model: {came}, expected {wanted}")
        return text.format(came=len(came), wanted=len(wanted))
    pairs = enumerate(zip(came, wanted, strict=True), 1)
    return next((text for phase, pair in pairs if (text := _phase(phase, *pair))), None)


def _in_the_end(got, expected):
    """In what the last rate or the last free layers of a model differ, or None."""
    if not got.compiled or not expected.compiled:
        return None if got.compiled == expected.compiled else _("the model is not compiled")
    rates = [float(ops.convert_to_numpy(m.optimizer.learning_rate)) for m in (got, expected)]
    if not np.isclose(*rates, rtol=1e-4, atol=0):
        text = _("in the end the learning rate is {came:.4g}, expected {wanted:.4g}")
        return text.format(came=rates[0], wanted=rates[1])
    came, wanted = (tuple(layer.name for layer in _free(m)) for m in (got, expected))
    if came != wanted:
        text = _("in the end these layers are trainable: {came}; expected {wanted}")
        return text.format(came=_named(came), wanted=_named(wanted))
    return None


def _free(model):
    return [layer for layer in model.layers if model.trainable and _learns(layer)]


def _phase(phase, came, wanted):
    """In what the training of one phase differs, or None."""
    if came.optimizer != wanted.optimizer:
        text = _("phase {phase} is trained by {came}; keras.optimizers.{wanted} is asked for")
        return text.format(phase=phase, came=came.optimizer, wanted=wanted.optimizer)
    if came.loss != wanted.loss:
        text = _("phase {phase} has the loss {came}; {wanted} is asked for")
        return text.format(phase=phase, came=came.loss, wanted=wanted.loss)
    if came.trained != wanted.trained:
        text = _("phase {phase} trains {came}; expected {wanted}")
        return text.format(phase=phase, came=_named(came.trained), wanted=_named(wanted.trained))
    if not np.isclose(came.rate, wanted.rate, rtol=1e-4, atol=0):
        text = _("phase {phase} has the learning rate {came:.4g}, expected {wanted:.4g}")
        return text.format(phase=phase, came=came.rate, wanted=wanted.rate)
    if came.free != wanted.free:  # tells a `trainable` that came too late from one left out
        text = _("in phase {phase} these layers are free: {came}; expected {wanted}")
        return text.format(phase=phase, came=_named(came.free), wanted=_named(wanted.free))
    return None


def _named(layers):
    return ", ".join(layers) or _("nothing")
