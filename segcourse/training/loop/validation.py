"""The validation of a run: loss and mean IU after every epoch."""

import keras

from segcourse.metrics import ConfusionMatrix
from segcourse.training.devices.distribute import padded
from segcourse.training.loop.compile_model import jit_compile
from segcourse.training.loop.job.labelled_images import LabelledImages
from segcourse.training.loop.validation_loss import ValidationLoss
from segcourse.training.loop.weights.averaging import averaged


class Validation:
    """Validates the model of a job on its validation data, with the averaged weights if it has any.

    Args:
        job: the `Job`; its `val` is not None.
        size: images at a time.
    """

    def __init__(self, job, size):
        self.place, self.model, self.original = job.place, job.model, job.original
        self.shared = self.place.shares_validation
        self.evaluator = _Evaluator(self.model if self.shared else self.original)
        self.evaluator.compile(
            metrics=[
                ValidationLoss(job.recipe.void),
                ConfusionMatrix(job.num_classes, job.recipe.void),
            ],
            jit_compile=jit_compile(),
        )
        self.batches = self._batches(job.val, size, job.recipe.void)

    def run(self):
        """Validate; a dict of `val_loss` and `val_mean_iu`."""
        with averaged(self.model):
            if not self.shared:
                self.place.give_back(self.model, self.original)
            logs = self.evaluator.evaluate(self.batches, verbose=0, return_dict=True)
        return {"val_loss": float(logs["val_loss"]), "val_mean_iu": float(logs["mean_iu"])}

    def _batches(self, val, size, void):
        if self.place.count == 1 or not self.shared:
            return val.batches(size).epoch()
        full = LabelledImages(*padded(val.images, val.labels, size, void))
        return full.batches(size).epoch(part=self.place.part, multiple=self.place.count)


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
