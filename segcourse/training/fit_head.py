"""Train what comes after a frozen backbone, on features that are computed once."""

import zlib
from dataclasses import replace

import keras
import numpy as np

from segcourse.checks.pictures import as_floats
from segcourse.models.arguments import keras_model
from segcourse.models.weights.split_frozen import split_frozen
from segcourse.training.devices.device import device
from segcourse.training.devices.precision import choose_precision, in_precision
from segcourse.training.loop.run import Run
from segcourse.training.loop.setup.labelled_images import LabelledImages
from segcourse.training.loop.setup.setup import make_setup, train_batches
from segcourse.training.recipes.recipe import Recipe

_DEFAULT_RECIPE = Recipe()


def fit_head(model, train, val=None, recipe=_DEFAULT_RECIPE):
    """Train a model with a frozen backbone as `fit` does, without computing it every epoch.

    The features of all images are computed once and kept in memory; then the rest of the model,
    its head (see `segcourse.models.split_frozen`), is trained on them. The head's layers are the
    model's own, so afterwards the model is trained. The outcome is that of `fit`, up to the
    rounding of sums; batch normalisation that is frozen uses its stored means in both.

    Example:

    >>> import os; os.environ["SEGCOURSE_QUIET"] = "1"
    >>> from segcourse.models import fcn, small_vgg
    >>> backbone = small_vgg(include_top=False)
    >>> backbone.trainable = False
    >>> model = fcn(backbone, num_classes=2, stride=32)
    >>> images, labels = np.zeros((2, 32, 32, 3), "uint8"), np.zeros((2, 32, 32), "uint8")
    >>> labels[:, ::2] = 1
    >>> history = fit_head(model, (images, labels), recipe=Recipe(epochs=2))
    >>> len(history.epochs)
    2

    Args:
        model: functional Keras model from images to logits that begins with frozen layers
            (`trainable = False`).
        train: a `segcourse.data` Split, or arrays (images, labels).
        val: data of the same kind to validate on after every epoch, or None.
        recipe: a `Recipe` without augmentation, which would change the features.

    Returns:
        a `History`.

    Raises:
        ValueError: for a recipe with augmentation, a model that does not begin with frozen layers
            or has nothing to train, and whatever `fit` refuses.
        OSError, FloatingPointError: as `fit`.
    """
    keras_model("model", model, runs=True)
    if not isinstance(recipe, Recipe):
        raise ValueError(f"`recipe` must be a Recipe. Received: {type(recipe).__name__}")
    if recipe.augment is not None:
        raise ValueError(
            "`recipe` must have augment=None: the features are computed once, of the pictures as "
            "they are. Use `fit` to augment. Received: a recipe with augmentation"
        )
    with in_precision(model, choose_precision(recipe)):
        return Run(_of_the_head(make_setup(model, train, val, recipe))).go()


def _of_the_head(setup):
    """The setup of a whole model, checked, cut down to its head."""
    features, head = split_frozen(setup.model)
    features.jit_compile = device().xla
    size = setup.recipe.batch_size
    train = _Features(features, setup.train, size)
    val = None if setup.val is None else _Features(features, setup.val, size)
    batches = train_batches(train, setup.recipe)
    return replace(setup, original=head, model=head, train=train, val=val, batches=batches)


class _Features(LabelledImages):
    """Labelled images whose features are computed once, and then make the batches.

    Args:
        features: the Keras model from images to features.
        data: the `LabelledImages`.
        batch_size: images computed at a time.
    """

    def __init__(self, features, data, batch_size):
        super().__init__(data.images, data.labels, data.weights)
        self.features = features
        self._maps = _maps(features, data.images, batch_size)

    def batches(self, size, augment=None, **settings):
        """`FeatureBatches` of so many examples, without augmentation."""
        from segcourse.data.batching.feature_batches import FeatureBatches

        return FeatureBatches(self._maps, self.labels, size, weights=self.weights, **settings)

    def fingerprint(self):
        # The backbone is not among the variables that are restored: it must be the same one.
        # Its weights tell it; features differ in rounding from one device to another.
        checksum = 0
        for weight in self.features.weights:
            value = np.ascontiguousarray(keras.ops.convert_to_numpy(weight))
            checksum = zlib.crc32(value, checksum)
        return {**super().fingerprint(), "features": f"weights crc32 {checksum:08x}"}


def _maps(features, images, batch_size):
    """The features of all images, one array for each input of the head."""
    parts = []
    for start in range(0, len(images), batch_size):
        batch = as_floats(images[start : start + batch_size])
        parts.append(keras.tree.flatten(features.predict_on_batch(batch)))
    return [np.concatenate(one) for one in zip(*parts, strict=True)]
