"""The validation of a run: loss and mean IoU after every epoch."""

import keras

from segcourse.metrics import ConfusionMatrix
from segcourse.training.devices.distribute import padded
from segcourse.training.loop.compile_model import jit_compile
from segcourse.training.loop.setup.labelled_images import LabelledImages
from segcourse.training.loop.validation_loss import ValidationLoss
from segcourse.training.loop.weights.averaging import averaged
from segcourse.training.recipes.loss import make_loss


class Validation:
    """Validates the model of a setup on its data, with the averaged weights if it has any.

    Args:
        setup: the `Setup`; its `val` is not None.
        size: images at a time.
    """

    def __init__(self, setup, size):
        self.devices, self.model, self.original = setup.devices, setup.model, setup.original
        self.shared = self.devices.shares_validation
        self.evaluator = _Evaluator(self.model if self.shared else self.original)
        self.evaluator.compile(
            metrics=[
                ValidationLoss(make_loss(setup.recipe).without_class_weights()),
                ConfusionMatrix(setup.num_classes, setup.recipe.void),
            ],
            jit_compile=jit_compile(),
        )
        self.batches = self._batches(setup.val, size, setup.recipe.void)

    def run(self):
        """Validate; a dict of `val_loss` and `val_mean_iou`."""
        with averaged(self.model):
            if not self.shared:
                self.devices.give_back(self.model, self.original)
            logs = self.evaluator.evaluate(self.batches, verbose=0, return_dict=True)
        return {"val_loss": float(logs["val_loss"]), "val_mean_iou": float(logs["mean_iou"])}

    def _batches(self, val, size, void):
        if self.devices.count == 1 or not self.shared:
            return val.batches(size).epoch()
        full = LabelledImages(*padded(val.images, val.labels, size, void))
        return full.batches(size).epoch(shard=self.devices.shard, multiple=self.devices.count)


class _Evaluator(keras.Model):
    """A second Keras model around the first: validation metrics cost its training nothing."""

    def __init__(self, model):
        super().__init__(name="evaluator")
        self.model = model

    def call(self, images):
        return self.model(images, training=False)

    def compute_loss(self, *args, **kwargs):
        """Nothing: the loss is among the metrics, where it is exact over batches."""
        return keras.ops.zeros(())
