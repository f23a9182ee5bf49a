"""The progress bar of `fit`: one line for the whole run."""

import math
import os
import threading
import time

import keras
from tqdm import tqdm

from segcourse.data.progress import stream

_FORMAT = "{desc} |{bar:20}| {percentage:3.0f}%{postfix}, {remaining} left"
_SECONDS = 0.5  # between two drawings


class ProgressBar:
    """Epoch, loss, mean IoU, images a second and time left; silent with SEGCOURSE_QUIET=1.

    Args:
        epochs: epochs of the run; without meaning with a budget.
        images: images of an epoch.
        batch_size: images of a step.
        done: epochs that are behind it.
        budget: a `Budget`, where the run goes by the clock.
        shown: whether there is a bar at all; of several processes one shows it.
    """

    def __init__(self, epochs, images, batch_size, done=0, budget=None, shown=True):
        self.epochs = epochs
        self.images = images
        self.batch_size = batch_size
        self.budget = budget
        self._loss = self._mean_iou = self._rate = None
        self._first = self._images = 0
        self._bar = tqdm(
            total=round(budget.seconds) if budget else epochs * images,
            initial=round(budget.used()) if budget else done * images,
            desc=self._epoch_text(done),
            bar_format=_FORMAT,
            file=stream(),
            mininterval=_SECONDS,
            disable=not shown or os.environ.get("SEGCOURSE_QUIET") == "1",
        )

    def begin(self, epoch, step=0):
        """Epoch number `epoch`, from 0, begins, with its step number `step`, from 0."""
        self._start = time.perf_counter()
        self._epoch = epoch
        self._first = step * self.batch_size
        self._bar.set_description_str(self._epoch_text(epoch), refresh=False)

    def step(self, step, loss):
        """`step` steps of the epoch are done."""
        self._show(min(step * self.batch_size, self.images), loss)

    def end(self, epoch, loss, images=None):
        """The epoch is trained, with this mean loss; on so many images, if not on all."""
        self._images = self.images if images is None else images
        self._show(self._images, loss)

    def mean_iou(self, value):
        """The mean IoU on the validation data, shown from now on."""
        self._mean_iou = value
        self._show(self._images, self._loss, trains=False)

    def close(self):
        """Leave the line as it is and end it."""
        self._bar.close()

    def _epoch_text(self, epoch):
        if self.budget:
            return f"epoch {epoch + 1}"
        return f"epoch {min(epoch + 1, self.epochs)}/{self.epochs}"

    def _show(self, images, loss, trains=True):
        self._loss = loss
        if self._bar.disable:
            return
        if trains:  # a validation is no part of the time
            self._rate = (images - self._first) / max(time.perf_counter() - self._start, 1e-9)
        parts = [f"loss {loss:.3f}", f"{self._rate:.0f} images/s"]
        if self._mean_iou is not None:
            parts.insert(1, f"val mean IoU {self._mean_iou:.3f}")
        self._bar.set_postfix_str(", ".join(parts), refresh=False)
        done = round(self.budget.used()) if self.budget else self._epoch * self.images + images
        self._bar.update(max(min(done, self._bar.total) - self._bar.n, 0))


def say_what_is_frozen(model):
    """Tell how many weights stay as they are; nothing where all are trained.

    Silent with SEGCOURSE_QUIET=1. `model.trainable = True` leaves layers frozen that were frozen
    one by one, where it was True already.
    """
    parts = model._flatten_layers(include_self=False, recursive=True)
    layers = [one for one in parts if one.weights and not getattr(one, "layers", None)]
    frozen = [one for one in layers if not one.trainable]
    if frozen and os.environ.get("SEGCOURSE_QUIET") != "1":
        weights = sum(one.count_params() for one in frozen)
        tqdm.write(
            f"{len(frozen)} of {len(layers)} layers with weights are frozen, "
            f"{weights:,} of {model.count_params():,} weights",
            file=stream(),
        )


class Diverged(Exception):
    """The loss is not a number after this step of the epoch, counted from 1."""

    def __init__(self, step):
        super().__init__(step)
        self.step = step


class StepWatcher(keras.callbacks.Callback):
    """Moves the bar, and stops the training when the loss is not a number.

    Keras runs it in another thread while the next step computes, so it must leave the model
    alone: on JAX, touching `self.model` there takes the weights from the running step. Raising
    is safe: Keras raises the error again in the training thread.
    """

    async_safe = True

    def __init__(self, bar, first=0):
        super().__init__()
        self.bar = bar
        self.first = first  # steps of the epoch that are done already
        self._lock = threading.Lock()
        self._drawn = 0.0

    def on_train_batch_end(self, batch, logs=None):
        """Look at the running mean of the loss after a step."""
        loss = logs["loss"]
        if not math.isfinite(loss):
            raise Diverged(self.first + batch + 1)
        with self._lock:
            if time.perf_counter() - self._drawn > _SECONDS:
                self._drawn = time.perf_counter()
                self.bar.step(self.first + batch + 1, loss)
