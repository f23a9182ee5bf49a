"""A recipe: everything a training run is decided by, in one object."""

import math
import numbers
import os
from collections.abc import Callable
from dataclasses import dataclass, fields

from segcourse.metrics import VOID

OPTIMIZERS = ("adamw", "sgd")
SCHEDULES = ("constant", "polynomial", "cosine")
PRECISIONS = ("auto", "float32", "mixed_bfloat16", "mixed_float16")

# The FCN paper, section 4.3. The decays are those of the reference solvers.
_FCN = dict(
    optimizer="sgd",
    schedule="constant",
    momentum=0.9,
    bias_rate=2.0,
    batch_size=20,
    epochs=175,
    augment=None,
)
_PUBLISHED = {
    "fcn-alexnet": dict(_FCN, learning_rate=1e-3, weight_decay=5e-4),
    "fcn-vgg16": dict(_FCN, learning_rate=1e-4, weight_decay=5e-4),
    "fcn-googlenet": dict(_FCN, learning_rate=5e-5, weight_decay=2e-4),
}


@dataclass(frozen=True)
class Recipe:
    """How to train: optimizer, schedule, batches, augmentation, seed and checkpoint.

    Example:

    >>> recipe = Recipe(learning_rate=3e-3, schedule="cosine", epochs=30)
    >>> recipe.batch_size
    8
    >>> Recipe.published("fcn-vgg16", epochs=2).learning_rate
    0.0001

    Attributes:
        optimizer: `"adamw"`, or `"sgd"`: SGD with momentum as the published FCN uses it
            (`CaffeSGD`).
        learning_rate: the highest learning rate of the run.
        schedule: `"constant"`, `"polynomial"` (power 0.9) or `"cosine"`; the last two end at 0
            with the last step.
        warmup: epochs in which the rate rises linearly from 0 first. It may be a fraction.
        momentum: of `"sgd"`; `"adamw"` has its own.
        weight_decay: of the weights; biases are not decayed.
        bias_rate: the rate of biases is this many times the learning rate; `"sgd"` only.
        epochs: how often the training data is seen.
        batch_size: images in one step.
        augment: what `segcourse.data.augment(...)` gives, or None.
        pixel_weights: a function from one label map [height, width] to a float map of that size,
            such as `segcourse.data.separation_weights`, or None. It is called once for every
            training image. The weights go through the augmentation with the labels, and the
            training loss is the mean weighted by them: the sum of weight times loss over that of
            the weights. Validation stays without weights.
        precision: `"auto"` (what `device()` chooses), or a Keras precision policy.
        seed: of the order of the images, the augmentation and the dropout.
        checkpoint: folder that is written to after every epoch and resumed from, or None.
        void: label of the pixels that do not count, 0..255; with `augment` it must be 255, which
            pixels get that a picture does not cover.

    Raises:
        ValueError: for a field with a value that is not allowed.
    """

    optimizer: str = "adamw"
    learning_rate: float = 1e-3
    schedule: str = "constant"
    warmup: float = 0.0
    momentum: float = 0.9
    weight_decay: float = 1e-4
    bias_rate: float = 1.0
    epochs: int = 10
    batch_size: int = 8
    augment: Callable | None = None
    pixel_weights: Callable | None = None
    precision: str = "auto"
    seed: int = 0
    checkpoint: str | os.PathLike | None = None
    void: int = VOID

    def __post_init__(self):
        self._check_choice("optimizer", OPTIMIZERS)
        self._check_choice("schedule", SCHEDULES)
        self._check_choice("precision", PRECISIONS)
        self._check_number("learning_rate", lambda rate: rate > 0, "above 0")
        self._check_number("warmup", lambda epochs: epochs >= 0, "0 or more")
        self._check_number("momentum", lambda share: 0 <= share < 1, "at least 0 and below 1")
        self._check_number("weight_decay", lambda decay: decay >= 0, "0 or more")
        self._check_number("bias_rate", lambda rate: rate > 0, "above 0")
        self._check_integer("epochs", lambda epochs: epochs >= 1, "1 or more")
        self._check_integer("batch_size", lambda size: size >= 1, "1 or more")
        self._check_integer("seed", lambda seed: 0 <= seed < 2**31, "from 0 to 2**31 - 1")
        self._check_integer("void", lambda void: 0 <= void <= 255, "an id from 0 to 255")
        if self.warmup > self.epochs:
            self._refuse("warmup", f"at most the {self.epochs} epochs of the run")
        if self.optimizer == "adamw" and self.bias_rate != 1:
            self._refuse("bias_rate", 'must be 1 with optimizer="adamw"; "sgd" takes others', "")
        if self.augment is not None and not hasattr(self.augment, "draws"):
            # The words of the pipeline, which is asked only when the run begins.
            self._refuse("augment", "come from data.augment(...) or be None", "must ")
        if self.augment is not None and self.void != VOID:
            self._refuse("void", f"{VOID} with `augment`, which gives uncovered pixels this id")
        if self.pixel_weights is not None and not callable(self.pixel_weights):
            self._refuse("pixel_weights", "a function of a label map or None")
        if self.checkpoint is not None and not isinstance(self.checkpoint, str | os.PathLike):
            self._refuse("checkpoint", "a folder or None")

    @classmethod
    def published(cls, name, **changes):
        """The recipe a network was published with, with some fields changed.

        Args:
            name: `"fcn-alexnet"`, `"fcn-vgg16"` or `"fcn-googlenet"`.
            **changes: fields that differ, such as `epochs=3`.

        Reference: Long, Shelhamer, Darrell, "Fully convolutional networks for semantic
        segmentation" (2015), section 4.3 and Table 1 (at least 175 epochs, a fixed rate).
        """
        if name not in _PUBLISHED:
            raise ValueError(f"`name` must be one of {', '.join(_PUBLISHED)}. Received: {name!r}")
        return cls(**{**_PUBLISHED[name], **changes})

    def fingerprint(self):
        """What a resumed run must have in common.

        Every field but the checkpoint's place; and not the epochs, where the schedule does not
        depend on them: such a run may be continued for longer. Nor the function of the weights:
        a function cannot be told from another, but the weights it gives can, among the data.
        """
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        del values["checkpoint"], values["pixel_weights"]
        if self.schedule == "constant":
            del values["epochs"]
        values["augment"] = _describe(self.augment)
        return values

    def _refuse(self, name, allowed, must="must be "):
        raise ValueError(f"`{name}` {must}{allowed}. Received: {name}={getattr(self, name)!r}")

    def _check_choice(self, name, choices):
        if getattr(self, name) not in choices:
            self._refuse(name, "one of " + ", ".join(map(repr, choices)))

    def _check_number(self, name, allows, allowed):
        value = getattr(self, name)
        number = isinstance(value, numbers.Real) and not isinstance(value, bool)
        if not number or not math.isfinite(value) or not allows(value):
            self._refuse(name, f"a number {allowed}")

    def _check_integer(self, name, allows, allowed):
        value = getattr(self, name)
        integer = isinstance(value, numbers.Integral) and not isinstance(value, bool)
        if not integer or not allows(value):
            self._refuse(name, f"an integer, {allowed}")


def _describe(augment):
    """An augmentation in words that are the same in the next process."""
    if augment is None:
        return None
    name = getattr(augment, "__qualname__", type(augment).__qualname__)
    state = getattr(augment, "__dict__", {})
    return name + "".join(f" {key}={value!r}" for key, value in sorted(state.items()))
