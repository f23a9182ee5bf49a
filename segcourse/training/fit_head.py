"""Train what comes after a frozen backbone, on features that are computed once."""

import zlib

import keras
import numpy as np

from segcourse.models.arguments import keras_model
from segcourse.models.split_frozen import split_frozen
from segcourse.training.device import device
from segcourse.training.fit import _Run
from segcourse.training.precision import choose_precision, in_precision
from segcourse.training.recipe import Recipe

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
    keras_model("model", model)
    if not isinstance(recipe, Recipe):
        raise ValueError(f"`recipe` must be a Recipe. Received: {type(recipe).__name__}")
    if recipe.augment is not None:
        raise ValueError(
            "`recipe` must have augment=None: the features are computed once, of the pictures as "
            "they are. Use `fit` to augment. Received: a recipe with augmentation"
        )
    with in_precision(model, choose_precision(recipe)):
        return _HeadRun(_Run(model, train, val, recipe)).go()


class _HeadRun(_Run):
    """The run of a whole model, checked, and cut down to its head."""

    def __init__(self, whole):
        vars(self).update(vars(whole))
        self.features, self.model = split_frozen(whole.model)
        self.original = self.model
        self.features.jit_compile = device().xla
        self.train_batches = self._train_batches()

    def _batches(self, data, augment=None, **settings):
        from segcourse.data.feature_batches import FeatureBatches

        images, labels = data
        return FeatureBatches(self._maps(images), labels, self.size, **settings)

    def _maps(self, images):
        """The features of all images, one array for each input of the head."""
        parts = []
        for start in range(0, len(images), self.recipe.batch_size):
            batch = images[start : start + self.recipe.batch_size]
            batch = batch.astype("float32") / (255.0 if batch.dtype == np.uint8 else 1.0)
            parts.append(keras.tree.flatten(self.features.predict_on_batch(batch)))
        return [np.concatenate(one) for one in zip(*parts, strict=True)]

    def _checkpoint_folder(self):
        folder = super()._checkpoint_folder()
        if folder:
            # The backbone is not among the variables that are restored: it must be the same one.
            # Its weights tell it; features differ in rounding from one device to another.
            checksum = 0
            for weight in self.features.weights:
                value = np.ascontiguousarray(keras.ops.convert_to_numpy(weight))
                checksum = zlib.crc32(value, checksum)
            folder.fingerprint["data"]["features"] = f"weights crc32 {checksum:08x}"
        return folder
