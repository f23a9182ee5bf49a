"""Four ways to a segmenter from few labelled images. Week 5, section 4.

All are FCNs of `small_vgg`; what differs is where the weights come from and which of them train.
Every way takes as many steps as the others: batches of pictures where the backbone trains, and
of features that were computed once where it is frozen.
"""

import math

import keras

from segcourse.models import fcn, small_vgg
from segcourse.training.fit import fit
from segcourse.training.fit_head import fit_head
from segcourse.training.recipes.recipe import Recipe

BATCH_SIZE = 8
STEPS = 160
STRIDE = 8
# For each the best of those tried, which benchmarks/README.md lists.
SCRATCH_RATE = 1e-2
HEAD_RATE = 1e-2
TUNING_RATE = 1e-3


def from_scratch(train, num_classes, seed=0, steps=STEPS, rate=SCRATCH_RATE):
    """Everything from random weights.

    Example:

    >>> import os; os.environ["SEGCOURSE_QUIET"] = "1"
    >>> import numpy as np
    >>> images, labels = np.zeros((2, 32, 32, 3), "uint8"), np.zeros((2, 32, 32), "uint8")
    >>> labels[:, ::2] = 1
    >>> from_scratch((images, labels), num_classes=2, steps=1).name
    'fcn8s'

    Args:
        train: images uint8 `[n, height, width, 3]` and labels `[n, height, width]`.
        num_classes: number of classes.
        seed: of first weights, dropout and order.
        steps: how many batches of 8 it is trained on, rounded to whole epochs.
        rate: the highest learning rate.

    Returns: the trained model. This holds for all four ways.
    """
    keras.utils.set_random_seed(seed)
    model = fcn("small_vgg", num_classes, STRIDE)
    fit(model, train, recipe=recipe_of(train, steps, rate, seed))
    return model


def frozen(train, num_classes, seed=0, steps=STEPS, rate=HEAD_RATE):
    """The pretrained backbone as it is; only what scores and enlarges its maps trains."""
    model = pretrained_fcn(num_classes, STRIDE, seed)
    fit_head(model, train, recipe=recipe_of(train, steps, rate, seed))
    return model


def fine_tuned(train, num_classes, seed=0, steps=STEPS, rate=TUNING_RATE):
    """The frozen way for half of the steps; then everything trains, at a tenth of the rate."""
    model = frozen(train, num_classes, seed, steps // 2)
    for layer in model.layers:
        layer.trainable = True
    fit(model, train, recipe=recipe_of(train, steps - steps // 2, rate, seed))
    return model


def fixed_32s(train, num_classes, seed=0, steps=STEPS, rate=HEAD_RATE):
    """FCN-32s-fixed of the paper: only the 1×1 convolution that scores the classes trains."""
    model = pretrained_fcn(num_classes, 32, seed, upsampling="fixed")
    fit_head(model, train, recipe=recipe_of(train, steps, rate, seed))
    return model


WAYS = {
    "from scratch": from_scratch,
    "frozen": frozen,
    "fine-tuned": fine_tuned,
    "FCN-32s-fixed": fixed_32s,
}


def pretrained_fcn(num_classes, stride, seed=0, upsampling="learned"):
    """An FCN of the pretrained `small_vgg` whose backbone, fc6 and fc7 are frozen."""
    keras.utils.set_random_seed(seed)
    classifier = small_vgg(weights="objects")
    model = fcn("small_vgg", num_classes, stride, upsampling=upsampling, weights_from=classifier)
    for layer in model.layers:
        if not layer.name.startswith(("score", "upscore")):
            layer.trainable = False
    return model


def recipe_of(train, steps, rate, seed):
    """The recipe of a run of about so many steps, however many images there are."""
    epochs = max(1, round(steps / math.ceil(len(train[0]) / BATCH_SIZE)))
    return Recipe(
        learning_rate=rate, schedule="cosine", epochs=epochs, batch_size=BATCH_SIZE, seed=seed
    )
