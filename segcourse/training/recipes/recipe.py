"""A recipe: everything a training run is decided by, in one object."""

import math
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields

from segcourse.checks.sizes import class_weights as checked_weights
from segcourse.checks.sizes import is_integer, is_number
from segcourse.metrics import VOID
from segcourse.training.losses.sum_of_losses import Combining
from segcourse.training.recipes.loss import LOSSES, is_loss, loss_fingerprint
from segcourse.training.recipes.published import PUBLISHED

OPTIMIZERS = ("adamw", "sgd")
SCHEDULES = ("constant", "polynomial", "cosine", "step")
_OF_FILES = ("checkpoint", "checkpoint_seconds", "checkpoint_steps", "csv", "tensorboard")
PRECISIONS = ("auto", "float32", "mixed_bfloat16", "mixed_float16")


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
        schedule: `"constant"`, `"polynomial"` (power 0.9), `"cosine"`, which end at 0 with the last
            step, or `"step"`: a tenth of the rate in the second third of the run, and a hundredth
            in the last.
        warmup: epochs in which the rate rises linearly from 0 first; minutes with `minutes`. It
            may be a fraction.
        momentum: of `"sgd"`; `"adamw"` has its own.
        weight_decay: of the weights; biases are not decayed.
        bias_rate: the rate of biases is this many times the learning rate; `"sgd"` only.
        layer_rates: dict from the beginning of layers' names to a factor of their learning rate,
            such as `{"fc8": 10.0}`; `"sgd"` only. It is kept as pairs.
        epochs: how often the training data is seen; without meaning with `minutes`.
        minutes: a budget in place of `epochs`: the run, with compilation and all validation, is
            over in this time, and the schedule ends with it. What an epoch was cut short to stands
            in the history. None for no budget.
        repeats: how often each image comes in one epoch, each time augmented anew: a few large
            images make many crops.
        batch_size: images in one step of the optimizer.
        accumulate: in how many equal parts a batch is taken, for a device that cannot hold it: the
            step is made with the mean of the parts' gradients. `"auto"` begins with 1, and takes
            more parts if the memory does not suffice. Batch normalisation sees a part alone, and
            parts that are left over at the end of an epoch wait for the next one.
        ema: momentum of an exponential moving average of the weights, such as 0.999, or None. The
            averages are what is validated, and what the model has in the end.
        loss: `"cross_entropy"` (`PixelwiseLogisticLoss`), `"dice"`, `"focal"` or `"lovasz"`
            (`LovaszSoftmaxLoss`), with this recipe's `void` and `class_weights`; or a loss of
            `segcourse.training` such as `DiceLoss(smooth=1.0)`, or a sum of some such as
            `PixelwiseLogisticLoss() + 0.5 * DiceLoss()`, which have their own.
        class_weights: a weight for each class in order, in the training loss, or None. With
            `"cross_entropy"` it is multiplied with the pixel's own weight; with the others it is
            the weight of the class's loss in the mean over the classes.
        patience: epochs without a better mean IoU on the validation data after which the run stops;
            the model then has the weights of its best epoch. None trains to the end.
        augment: what `segcourse.data.augment(...)` gives, or None.
        pixel_weights: a function from one label map [height, width] to a float map of that size,
            such as `segcourse.data.separation_weights`, or None. It is called once for every
            training image. The weights go through the augmentation with the labels, and the
            training loss is the mean weighted by them: the sum of weight times loss over that of
            the weights; in Dice and Lovász-softmax a pixel counts so much in each sum. Validation
            stays without weights.
        precision: `"auto"` (what `device()` chooses), or a Keras precision policy.
        seed: of the order of the images, the augmentation and the dropout.
        checkpoint: folder that is written to after every epoch and resumed from, or None.
        checkpoint_seconds: within an epoch too, after about so many seconds; None for never. In a
            job of several processes, whose clocks differ, it counts for nothing: give
            `checkpoint_steps`.
        checkpoint_steps: within an epoch too, after every so many steps; None for never.
        csv: file for the history, a line an epoch, or None.
        tensorboard: folder for the history as TensorBoard reads it, or None.
        void: label of the pixels that do not count, 0..255, and no class of the model: `fit` says
            so at once. With `augment` it must be 255, which pixels get that a picture does not
            cover.

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
    layer_rates: Mapping | tuple = ()
    epochs: int = 10
    repeats: int = 1
    minutes: float | None = None
    batch_size: int = 8
    accumulate: int | str = 1
    ema: float | None = None
    loss: str | Combining = "cross_entropy"
    class_weights: tuple | None = None
    patience: int | None = None
    augment: Callable | None = None
    pixel_weights: Callable | None = None
    precision: str = "auto"
    seed: int = 0
    checkpoint: str | os.PathLike | None = None
    checkpoint_seconds: float | None = 60.0
    checkpoint_steps: int | None = None
    csv: str | os.PathLike | None = None
    tensorboard: str | os.PathLike | None = None
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
        self._check_integer("repeats", lambda times: times >= 1, "1 or more")
        self._check_integer("batch_size", lambda size: size >= 1, "1 or more")
        self._check_integer("seed", lambda seed: 0 <= seed < 2**31, "from 0 to 2**31 - 1")
        self._check_integer("void", lambda void: 0 <= void <= 255, "an id from 0 to 255")
        self._check_length()
        self._check_batch()
        self._check_loss()
        self._check_layer_rates()
        if self.optimizer == "adamw" and self.bias_rate != 1:
            self._refuse("bias_rate", 'must be 1 with optimizer="adamw"; "sgd" takes others', "")
        if self.augment is not None and not hasattr(self.augment, "draws"):
            # The words of the pipeline, which is asked only when the run begins.
            self._refuse("augment", "come from data.augment(...) or be None", "must ")
        if self.augment is not None and self.void != VOID:
            self._refuse("void", f"{VOID} with `augment`, which gives uncovered pixels this id")
        if self.pixel_weights is not None and not callable(self.pixel_weights):
            self._refuse("pixel_weights", "a function of a label map or None")
        for name in ("checkpoint", "csv", "tensorboard"):
            path = getattr(self, name)
            if not isinstance(path, str | os.PathLike | None) or path == "":
                self._refuse(name, "a path or None")

    def _check_layer_rates(self):
        try:
            rates = {str(name): float(rate) for name, rate in dict(self.layer_rates).items()}
        except (TypeError, ValueError):
            rates = {"": 0.0}
        if not all(name and 0 < rate < math.inf for name, rate in rates.items()):
            self._refuse("layer_rates", "a dict from names of layers to numbers above 0")
        if rates and self.optimizer == "adamw":
            self._refuse("layer_rates", 'must be empty with optimizer="adamw"; "sgd" takes it', "")
        object.__setattr__(self, "layer_rates", tuple(sorted(rates.items())))

    def _check_length(self):
        """Epochs or minutes, and what is told in them."""
        if self.minutes is not None:
            self._check_number("minutes", lambda minutes: minutes > 0, "above 0, or None")
        if self.warmup > (self.epochs if self.minutes is None else self.minutes):
            whole = f"{self.epochs} epochs" if self.minutes is None else f"{self.minutes} minutes"
            self._refuse("warmup", f"at most the {whole} of the run")
        if self.patience is not None:
            self._check_integer("patience", lambda epochs: epochs >= 1, "1 or more, or None")
        if self.checkpoint_seconds is not None:
            self._check_number("checkpoint_seconds", lambda one: one > 0, "above 0, or None")
        if self.checkpoint_steps is not None:
            self._check_integer("checkpoint_steps", lambda one: one >= 1, "1 or more, or None")

    def _check_batch(self):
        """What belongs to one step."""
        if self.accumulate != "auto":
            self._check_integer("accumulate", lambda parts: parts >= 1, '1 or more, or "auto"')
            if self.batch_size % self.accumulate:
                self._refuse("accumulate", f"a divisor of batch_size={self.batch_size}")
        if self.ema is not None:
            self._check_number("ema", lambda momentum: 0 < momentum < 1, "above 0 and below 1")
        if self.class_weights is not None:
            weights = checked_weights("class_weights", self.class_weights)
            object.__setattr__(self, "class_weights", weights)

    def _check_loss(self):
        if not is_loss(self.loss):
            names = ", ".join(map(repr, LOSSES))
            self._refuse("loss", f"one of {names}, or a loss of segcourse.training")
        if isinstance(self.loss, str):
            return
        if self.loss.void != self.void:
            self._refuse("loss", f"have the recipe's void={self.void}", "must ")
        if self.class_weights is not None:
            self._refuse("class_weights", "None with a loss that is no name: give it them instead")

    @classmethod
    def published(cls, name, **changes):
        """The recipe a network was published with, with some fields changed.

        Args:
            name: `"fcn-alexnet"`, `"fcn-vgg16"`, `"fcn-googlenet"`, `"unet"`, `"deeplab-v1"` or
                `"deeplab-v2"`. `training/recipes/published.py` says where each number is from.
            **changes: fields that differ, such as `epochs=3`.
        """
        if not isinstance(name, str) or name not in PUBLISHED:
            raise ValueError(f"`name` must be one of {', '.join(PUBLISHED)}. Received: {name!r}")
        return cls(**{**PUBLISHED[name], **changes})

    def fingerprint(self):
        """What a resumed run must have in common.

        Every field but the places of files, and how often they are written; and not the epochs,
        where the schedule does not depend on them: such a run may be continued for longer. Nor the
        function of the weights: a function cannot be told from another, but the weights it gives
        can, among the data.
        """
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        for name in ("pixel_weights", *_OF_FILES):
            del values[name]
        if self.schedule == "constant" or self.minutes is not None:
            del values["epochs"]
        values["augment"] = _describe(self.augment)
        values["loss"] = loss_fingerprint(self)
        return values

    def _refuse(self, name, allowed, must="must be "):
        raise ValueError(f"`{name}` {must}{allowed}. Received: {name}={getattr(self, name)!r}")

    def _check_choice(self, name, choices):
        if getattr(self, name) not in choices:
            self._refuse(name, "one of " + ", ".join(map(repr, choices)))

    def _check_number(self, name, allows, allowed):
        value = getattr(self, name)
        if not is_number(value) or not allows(value):
            self._refuse(name, f"a number {allowed}")

    def _check_integer(self, name, allows, allowed):
        value = getattr(self, name)
        if not is_integer(value) or not allows(value):
            self._refuse(name, f"an integer, {allowed}")


def _describe(augment):
    """An augmentation in words that are the same in the next process."""
    if augment is None:
        return None
    name = getattr(augment, "__qualname__", type(augment).__qualname__)
    state = getattr(augment, "__dict__", {})
    return name + "".join(f" {key}={value!r}" for key, value in sorted(state.items()))
