"""What a run trains, on what, by which recipe and where: all checked before it begins."""

import copy
from dataclasses import dataclass

import keras

from segcourse.metrics.confusion_matrix import check_classes
from segcourse.training.devices.distribute import OneDevice, choose_devices
from segcourse.training.examples import (
    check_classes_of,
    check_enough_classes,
    check_fits,
    images_and_labels,
    warn_of_few_classes,
)
from segcourse.training.loop.clock.budget import Budget
from segcourse.training.loop.setup.epoch_plan import EpochPlan
from segcourse.training.loop.setup.labelled_images import LabelledImages
from segcourse.training.loop.setup.logits import check_trainable, count_classes
from segcourse.training.loop.setup.recipe_checks import (
    check_class_weights,
    check_patience,
    check_sharing,
)
from segcourse.training.loop.setup.weight_maps import weight_maps
from segcourse.training.recipes.recipe import Recipe


@dataclass(frozen=True)
class Setup:
    """What a run needs to know; nothing in it changes while it trains.

    Attributes:
        recipe: the `Recipe`.
        devices: those it runs on.
        original: the caller's model, which gets the result.
        model: the model that trains: on several devices a copy, else `original` itself.
        num_classes: number of classes of the model.
        train: the `LabelledImages` to train on.
        val: those to validate on, or None.
        batches: the `Batches` of `train`, of any size: `epoch` sets it.
        plan: the `EpochPlan` the run begins with.
        budget: the `Budget` of a run by the clock, or None.
    """

    recipe: Recipe
    devices: OneDevice
    original: keras.Model
    model: keras.Model
    num_classes: int
    train: LabelledImages
    val: LabelledImages | None
    batches: object
    plan: EpochPlan
    budget: Budget | None

    def epoch(self, epoch, plan, first=0, last=None):
        """A `tf.data.Dataset` of the steps of an epoch from `first` up to `last`, None the end."""
        # Another size, and still the tensors and the traced augmentation that are there.
        batches = copy.copy(self.batches)
        batches.batch_size = plan.size
        return batches.epoch(
            epoch,
            seed=self.recipe.seed,
            shuffle=True,
            steps=(first, last),
            shard=self.devices.shard,
            multiple=self.devices.count,
        )


def make_setup(model, train, val, recipe, devices=None):
    """The `Setup` of a call of `fit`, whose arguments these are.

    Raises:
        ValueError: for whatever `fit` refuses.
    """
    budget = None if recipe.minutes is None else Budget(60 * recipe.minutes)
    devices = choose_devices(devices)
    train = _labelled(model, train, "train")
    val = None if val is None else _labelled(model, val, "val")
    plan = EpochPlan(
        images=len(train) * recipe.repeats,
        batch_size=recipe.batch_size,
        parts=1 if recipe.accumulate == "auto" else recipe.accumulate,
        devices=devices.count,
        # Another size would be compiled anew, who knows when.
        full_only=budget is not None,
    )
    batches = train_batches(train, recipe)
    check_sharing(recipe, devices, plan)
    shapes = _shapes(batches)
    check_fits(model, shapes[0], "the images of `train`, augmented where the recipe says so,")
    num_classes = count_classes(model, *shapes)
    if val is not None:
        count_classes(model, val.images.shape, val.labels.shape)
    check_trainable(model)
    _check_labels(train, val, num_classes, recipe)
    if recipe.pixel_weights is not None:
        train.weights = weight_maps(recipe.pixel_weights, train.labels, recipe.void)
        batches = train_batches(train, recipe)
    model, original = devices.copy(model), model
    return Setup(recipe, devices, original, model, num_classes, train, val, batches, plan, budget)


def train_batches(train, recipe):
    """The `Batches` of the images to train on, as a recipe wants them."""
    return train.batches(recipe.batch_size, augment=recipe.augment, repeats=recipe.repeats)


def _labelled(model, data, name):
    images, labels = images_and_labels(data, name)
    # Of those to train on the augmentation may cut out other sizes.
    check_fits(model, images.shape, f"the images of `{name}`", sizes=name != "train")
    return LabelledImages(images, labels)


def _shapes(batches):
    """Shapes of a batch's images, augmented, and of its labels."""
    return [tuple(spec.shape) for spec in batches.epoch().element_spec[:2]]


def _check_labels(train, val, num_classes, recipe):
    check_classes(num_classes, recipe.void)
    check_classes_of(train.labels, num_classes, recipe.void, "train")
    if val is not None:
        check_classes_of(val.labels, num_classes, recipe.void, "val")
    if num_classes > 1:
        check_enough_classes(train.labels, recipe.void, "train")
        for data, name in ((train, "train"), (val, "val")):
            if data is not None:
                warn_of_few_classes(data.labels, recipe.void, name)
    check_patience(recipe, has_val=val is not None)
    check_class_weights(recipe, num_classes)
