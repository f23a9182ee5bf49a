"""Train a model by a recipe."""

import math
import time

import keras
import numpy as np

from segcourse.metrics import ConfusionMatrix
from segcourse.models.arguments import keras_model
from segcourse.training.checkpoint import CheckpointFolder, data_fingerprint, model_fingerprint
from segcourse.training.device import device
from segcourse.training.examples import check_classes_of, images_and_labels
from segcourse.training.history import History
from segcourse.training.loss import PixelwiseLogisticLoss
from segcourse.training.optimizer import make_optimizer
from segcourse.training.precision import choose_precision, in_precision
from segcourse.training.progress import Diverged, StepWatcher, progress_bar
from segcourse.training.recipe import Recipe
from segcourse.training.validation_loss import ValidationLoss
from segcourse.training.weight_maps import weight_maps

_DEFAULT_RECIPE = Recipe()


def fit(model, train, val=None, recipe=_DEFAULT_RECIPE):
    """Train `model` as `recipe` says.

    The model is compiled anew: loss, optimizer and compiler options come from the recipe and
    the device. Training itself is Keras' own `fit`. The order of the images, the augmentation
    and the dropout depend on `recipe.seed` alone, and the global random state is neither read
    nor changed; the model's first weights are the caller's, so seed those where they are made
    (`keras.utils.set_random_seed`).

    With `recipe.checkpoint`, a file is written after every epoch, and a second call with the
    same folder goes on after the last epoch that was finished. On a CPU it ends with the very
    weights of a run that was not interrupted. Ctrl-C keeps the last checkpoint and raises
    KeyboardInterrupt.

    Example:

    >>> import os; os.environ["SEGCOURSE_QUIET"] = "1"
    >>> images, labels = np.zeros((4, 8, 8, 3), "uint8"), np.zeros((4, 8, 8), "uint8")
    >>> model = keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Conv2D(2, 1)])
    >>> history = fit(model, (images, labels), recipe=Recipe(epochs=2))
    >>> [epoch["epoch"] for epoch in history.epochs]
    [1, 2]

    With a mixed precision (see `Recipe`) the layers that make the logits stay in float32, and so
    does every layer whose policy differs from that of most layers.

    Args:
        model: Keras model from images `[b, height, width, channels]`, 0..1, to logits
            `[b, height, width, classes]`.
        train: a `segcourse.data` Split, or arrays (images, labels).
        val: data of the same kind to validate on after every epoch, or None.
        recipe: a `Recipe`.

    Returns:
        a `History`.

    Raises:
        ValueError: for data that is empty or does not fit the model, for a model that does not
            give logits, for `pixel_weights` that fail or give no weights, and for a checkpoint of
            another model, recipe or training set.
        OSError: if checkpoints cannot be written.
        FloatingPointError: if the loss is no longer a number. With a checkpoint the model gets
            its last good weights back.
    """
    keras_model("model", model)
    if not isinstance(recipe, Recipe):
        raise ValueError(f"`recipe` must be a Recipe. Received: {type(recipe).__name__}")
    run = _Run(model, train, val, recipe)
    with in_precision(model, choose_precision(recipe)):
        return run.go()


class _Run:
    """One call of `fit`: its data, its validation, its checkpoints.

    Training on several devices belongs here too: a strategy around `_compile`, and a global
    batch from `_batches`.
    """

    def __init__(self, model, train, val, recipe):
        self.model = model
        self.recipe = recipe
        self.train = images_and_labels(train, "train")
        self.val = None if val is None else images_and_labels(val, "val")
        self.images = len(self.train[0])
        self.steps = math.ceil(self.images / recipe.batch_size)
        self.train_batches = self._batches(self.train, recipe.augment)
        self.num_classes = self._check_model()
        self.weights = None
        check_classes_of(self.train[1], self.num_classes, recipe.void, "train")
        if self.val is not None:
            check_classes_of(self.val[1], self.num_classes, recipe.void, "val")
        if recipe.pixel_weights is not None:
            self.weights = weight_maps(recipe.pixel_weights, self.train[1])
            self.train_batches = self._batches(self.train, recipe.augment, self.weights)

    def go(self):
        self._compile()
        folder = self._checkpoint_folder()
        done, epochs = folder.restore() if folder else (0, [])
        if done > self.recipe.epochs:
            raise ValueError(
                f"`epochs` must be at least the {done} epochs its checkpoint has. "
                f"Received: epochs={self.recipe.epochs}"
            )
        history = History(epochs, self.images, resumed_from=done or None)
        evaluator = self._evaluator()
        bar = progress_bar(self.recipe, self.images, done)
        try:
            for epoch in range(done, self.recipe.epochs):
                record = self._train_epoch(epoch, bar, folder)
                if evaluator:
                    record |= self._validate(evaluator)
                    bar.mean_iu(record["val_mean_iu"])
                history.epochs.append(record)
                if folder:
                    folder.save(epoch + 1, history.epochs)
        finally:
            bar.close()
        return history

    def _batches(self, data, augment=None, weights=None):
        # Only here is TensorFlow needed on another backend, for its input pipeline.
        import segcourse.data

        return segcourse.data.Batches(
            data, self.recipe.batch_size, augment=augment, weights=weights
        )

    def _epoch_batches(self, epoch):
        return self.train_batches.epoch(epoch, seed=self.recipe.seed, shuffle=True)

    def _check_model(self):
        """Number of classes of the model; builds it if it is not built."""
        images, labels = (tuple(spec.shape) for spec in self._epoch_batches(0).element_spec)
        symbol = keras.KerasTensor((None, *images[1:]), dtype="float32")
        output = self.model.compute_output_spec(symbol) if self.model.built else self.model(symbol)
        shape = getattr(output, "shape", None)
        if shape is None or len(shape) != 4 or shape[-1] is None or not _same(shape, labels):
            raise ValueError(
                "`model` must give logits [batch, height, width, classes] of its images' size. "
                f"Received: output shape {shape} for images {images}"
            )
        return shape[-1]

    def _compile(self):
        variables = self.model.trainable_variables
        self.model.compile(
            optimizer=make_optimizer(self.recipe, self.steps, variables),
            loss=PixelwiseLogisticLoss(self.recipe.void),
            jit_compile=_jit_compile(),
        )
        self.model.optimizer.build(variables)
        _seed(self.model, self.recipe.seed)

    def _checkpoint_folder(self):
        if self.recipe.checkpoint is None:
            return None
        fingerprint = {
            "recipe": self.recipe.fingerprint(),
            "model": model_fingerprint(self.model),
            "data": data_fingerprint(*self.train, self.weights),
        }
        return CheckpointFolder(self.recipe.checkpoint, self.model, fingerprint)

    def _train_epoch(self, epoch, bar, folder):
        bar.begin(epoch)
        start = time.perf_counter()
        batches = self._epoch_batches(epoch)
        try:
            logs = self.model.fit(batches, shuffle=False, verbose=0, callbacks=[StepWatcher(bar)])
        except Diverged as error:
            self._give_up(epoch, error.step, folder)
        seconds = time.perf_counter() - start
        loss = float(logs.history["loss"][-1])
        bar.end(epoch, loss)
        rate = float(keras.ops.convert_to_numpy(self.model.optimizer.learning_rate))
        return {"epoch": epoch + 1, "loss": loss, "learning_rate": rate, "seconds": seconds}

    def _give_up(self, epoch, step, folder):
        kept = 0
        if folder:
            kept, _ = folder.restore()
        weights = (
            f"The model has its weights of epoch {kept} back."
            if kept
            else ("No checkpoint was there to go back to.")
        )
        raise FloatingPointError(
            f"The loss is not a number any more at epoch {epoch + 1}, step {step} of {self.steps}. "
            f"{weights} A lower learning rate than {self.recipe.learning_rate} may help."
        ) from None

    def _evaluator(self):
        """A second Keras model around the first: validation metrics cost its training nothing."""
        if self.val is None:
            return None
        evaluator = _Evaluator(self.model)
        evaluator.compile(
            metrics=[
                ValidationLoss(self.recipe.void),
                ConfusionMatrix(self.num_classes, self.recipe.void),
            ],
            jit_compile=_jit_compile(),
        )
        self.val_batches = self._batches(self.val).epoch()
        return evaluator

    def _validate(self, evaluator):
        logs = evaluator.evaluate(self.val_batches, verbose=0, return_dict=True)
        return {"val_loss": float(logs["val_loss"]), "val_mean_iu": float(logs["mean_iu"])}


class _Evaluator(keras.Model):
    def __init__(self, model):
        super().__init__(name="evaluator")
        self.model = model

    def call(self, images):
        return self.model(images, training=False)

    def compute_loss(self, *args, **kwargs):
        """Nothing: the loss is among the metrics, where it is exact over batches."""
        return keras.ops.zeros(())


def _jit_compile():
    return "auto" if device().xla else False


def _same(output, labels):
    """Whether the sizes of logits and labels agree, as far as they are known."""
    pairs = zip(output[1:3], labels[1:3], strict=True)
    return all(one is None or other is None or one == other for one, other in pairs)


def _seed(model, seed):
    """Give every seed generator of the model (dropout has one) a state of its own from `seed`."""
    states = [v for v in model.variables if v.name == "seed_generator_state"]
    for index, state in enumerate(states):
        words = np.random.SeedSequence([seed, index]).generate_state(1)
        # Keras counts up the second word with every draw.
        state.assign(np.array([words[0], 0], state.dtype))
