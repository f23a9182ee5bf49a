"""Train a model by a recipe."""

import itertools
import time

import keras
import numpy as np

from segcourse.metrics import ConfusionMatrix
from segcourse.models.arguments import keras_model
from segcourse.training.averaging import averaged, begin_averages, use_averages
from segcourse.training.budget import Budget
from segcourse.training.checkpoint import (
    BestWeights,
    CheckpointFolder,
    data_fingerprint,
    model_fingerprint,
    newest_state,
)
from segcourse.training.device import device
from segcourse.training.distribute import check_batch, choose_devices, padded
from segcourse.training.early_stop import EarlyStop
from segcourse.training.examples import check_channels, check_classes_of, images_and_labels
from segcourse.training.history import History
from segcourse.training.logs import Logs
from segcourse.training.loss import PixelwiseLogisticLoss
from segcourse.training.memory_error import divisors, is_out_of_memory, out_of_memory_message
from segcourse.training.optimizer import make_optimizer
from segcourse.training.precision import choose_precision, in_precision
from segcourse.training.progress import Diverged, ProgressBar, StepWatcher
from segcourse.training.recipe import Recipe
from segcourse.training.schedule import rate_at
from segcourse.training.validation_loss import ValidationLoss
from segcourse.training.weight_maps import weight_maps

_DEFAULT_RECIPE = Recipe()
_FIRST_STEPS = 16  # after which it is known how long a step takes
_START = {"epoch": 0, "step": 0, "loss": 0.0, "images": 0, "seconds": 0.0}


def fit(model, train, val=None, recipe=_DEFAULT_RECIPE, devices=None):
    """Train `model` as `recipe` says.

    The model is compiled anew: loss, optimizer and compiler options come from the recipe and
    the device. Training itself is Keras' own `fit`. The order of the images, the augmentation
    and the dropout depend on `recipe.seed` alone, and the global random state is neither read
    nor changed; the model's first weights are the caller's, so seed those where they are made
    (`keras.utils.set_random_seed`).

    With `recipe.checkpoint`, a file is written after every epoch, in long ones also within, and a
    second call with the same folder goes on after the last step that was written. On a CPU it ends
    with the very weights of a run that was not interrupted, wherever it was killed. Ctrl-C keeps
    the last checkpoint and raises KeyboardInterrupt.

    On several devices each gets a part of every batch, and loss, batch normalisation and scores
    are those of the whole batch, as on one device. (Dropout draws other numbers on TensorFlow.) Of
    a last batch that cannot be shared equally some images are left out.

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
        devices: None for the one Keras takes; `"all"` GPUs (CPUs where there is none); or a list
            of names, such as `["gpu:0", "gpu:1"]`. In a job of several JAX processes, `"all"` is
            the devices of all of them.

    Returns:
        a `History`.

    Raises:
        ValueError: for a device that is not there, a batch that cannot be shared by the devices, a
            budget too short for one step, for data that is empty or does not fit the model, for a
            model that does not give logits, for `pixel_weights` that fail or give no weights, and
            for a checkpoint of another model, recipe or training set.
        OSError: if checkpoints or logs cannot be written.
        MemoryError: if the device's memory does not hold a step; the message says what would fit.
        FloatingPointError: if the loss or a weight is no longer a number. The model gets its last
            good weights back: those of the checkpoint, or of the beginning of that epoch.
    """
    keras_model("model", model)
    if not isinstance(recipe, Recipe):
        raise ValueError(f"`recipe` must be a Recipe. Received: {type(recipe).__name__}")
    run = _Run(model, train, val, recipe, devices)
    precision = choose_precision(recipe)
    # On several devices `run.model` is a copy, and TensorFlow validates the model itself.
    with in_precision(run.model, precision), in_precision(run.original, precision):
        return run.go()


class _Run:
    """One call of `fit`: its data, its validation, its checkpoints.

    Training goes by stretches of steps, each a `fit` of Keras: an epoch as a whole, or in pieces
    where a checkpoint is due within it or the clock has to be looked at.
    """

    def __init__(self, model, train, val, recipe, devices=None):
        self.budget = None if recipe.minutes is None else Budget(60 * recipe.minutes)
        self.recipe = recipe
        self.place = choose_devices(devices)
        self.original = self.model = model
        self.train = images_and_labels(train, "train")
        self.val = None if val is None else images_and_labels(val, "val")
        for data, name in ((self.train, "train"), (self.val, "val")):
            if data is not None:
                check_channels(model, data[0], f"the images of `{name}`")
        self.images = len(self.train[0]) * recipe.repeats
        # Several processes have clocks that differ, and all must end a stretch at the same step.
        self.checkpoint_seconds = None if self.place.part[1] > 1 else recipe.checkpoint_seconds
        self.weights = self.folder = None
        # What a stretch of steps took: by it the next one is measured.
        self.step_seconds, self.stretches = None, 0
        self.first_seconds = self.validation_seconds = self.share = 0.0
        self._take_parts(1 if recipe.accumulate == "auto" else recipe.accumulate)
        self._check_sharing()
        self.num_classes = self._check_model()
        check_classes_of(self.train[1], self.num_classes, recipe.void, "train")
        if self.val is not None:
            check_classes_of(self.val[1], self.num_classes, recipe.void, "val")
        elif recipe.patience is not None:
            raise ValueError(
                "`patience` must be None without validation data: `val` decides when to stop. "
                f"Received: patience={recipe.patience}"
            )
        if recipe.class_weights and len(recipe.class_weights) != self.num_classes:
            raise ValueError(
                f"`class_weights` must be a weight for each of the model's {self.num_classes} "
                f"outputs. Received: {len(recipe.class_weights)} weights"
            )
        if recipe.pixel_weights is not None:
            self.weights = weight_maps(recipe.pixel_weights, self.train[1])
            self.train_batches = self._train_batches()
        self.model = self.place.copy(model)

    def go(self):
        """Train, if need be with batches in more parts; the caller's model gets the result."""
        while True:
            try:
                with self.place.running():
                    return self._go()
            except Exception as error:
                if not is_out_of_memory(error):
                    raise
                self._more_parts(error)
            finally:
                self.place.give_back(self.model, self.original)

    def _go(self):
        if self.recipe.accumulate == "auto" and self.recipe.checkpoint is not None:
            # What memory decided before; the optimizer's variables depend on it.
            self._take_parts(newest_state(self.recipe.checkpoint).get("parts", self.parts))
            self._check_sharing()
        self._check_steps()
        self._keep_good()
        self.first_weights = self.good
        self._compile()
        folder = self.folder = self._checkpoint_folder()
        found = folder.restore() if folder else None
        state = found or {**_START, "history": []}
        self._check_length(state)
        self._keep_good()
        self.first_weights = self.good
        history = History(
            state["history"],
            self._images_in(self.steps),
            resumed_from=found and state["epoch"],
            resumed_step=state["step"],
            accumulate=self.parts,
        )
        stop = self._early_stop()
        evaluator = self._evaluator()
        self.step_seconds, self.stretches = None, 0
        # By the clock: what the first step took when it was compiled, in the run that is resumed.
        self.first_seconds = state.get("first_seconds", 0.0)
        if self.budget:
            self.budget.spend_before(state.get("spent", 0.0))
            if evaluator:
                self._validate(evaluator)  # to know how long it takes
        recipe, writes = self.recipe, self.place.writes
        logs = Logs(*((recipe.csv, recipe.tensorboard) if writes else ()))
        images = self._images_in(self.steps)
        bar = ProgressBar(
            recipe.epochs, images, self.size, state["epoch"], self.budget, shown=writes
        )
        try:
            for epoch in itertools.count(state["epoch"]):
                if self._is_over(epoch) or stop.ended(history.epochs):
                    break
                record = self._train_epoch(epoch, bar, folder, state)
                if record is None:
                    break
                if evaluator:
                    record |= self._validate(evaluator)
                    bar.mean_iu(record["val_mean_iu"])
                history.epochs.append(record)
                with averaged(self.model):
                    stop.look(history.epochs)
                logs.write(history.epochs)
                state = {**_START, "epoch": epoch + 1, "history": history.epochs}
                self._save(state)
        finally:
            bar.close()
            logs.close()
        use_averages(self.model)
        stop.restore(history.epochs)
        return history

    def _take_parts(self, parts):
        """Take each batch in so many parts."""
        self.parts = parts
        self.size = self.recipe.batch_size // parts
        full, rest = divmod(self.images, self.size)
        # By the clock, full batches only: another size would be compiled anew, who knows when.
        if self.place.count > 1 or self.budget:
            rest = 0 if self.budget and full else rest // self.place.count
        self.full, self.steps = full, full + bool(rest)
        self.train_batches = self._train_batches()

    def _check_steps(self):
        batches = self.recipe.epochs * self.steps
        if not self.budget and batches < self.parts:
            raise ValueError(
                f"`accumulate` must be at most the {batches} parts of a batch that the run has in "
                f"all, or no step is made. Received: accumulate={self.parts}"
            )

    def _check_sharing(self):
        count, parts = self.place.count, self.parts
        if self.recipe.accumulate != 1 and not self.place.accumulates:
            raise ValueError(
                "`accumulate` must be 1 with `devices` on TensorFlow, which cannot do both. "
                f"Received: accumulate={self.recipe.accumulate!r}"
            )
        if count == 1:
            return
        if self.budget and self.place.part[1] > 1:
            raise ValueError(
                "`minutes` must be None in a job of several processes, whose clocks differ: give "
                f"`epochs`. Received: minutes={self.recipe.minutes}"
            )
        check_batch(self.recipe.batch_size, count * parts)
        if not self.steps:
            raise ValueError(
                f"`train` must have an image for each of the {count} devices at least. "
                f"Received: {self.images} images"
            )

    def _train_batches(self):
        return self._batches(
            self.train,
            augment=self.recipe.augment,
            weights=self.weights,
            repeats=self.recipe.repeats,
        )

    def _batches(self, data, **settings):
        # Only here is TensorFlow needed on another backend, for its input pipeline.
        import segcourse.data

        return segcourse.data.Batches(data, self.size, **settings)

    def _epoch_batches(self, epoch, first=0, last=None):
        return self.train_batches.epoch(
            epoch,
            seed=self.recipe.seed,
            shuffle=True,
            steps=(first, last),
            part=self.place.part,
            multiple=self.place.count,
        )

    def _check_model(self):
        """Number of classes of the model; builds it if it is not built."""
        images, labels = (tuple(spec.shape) for spec in self._epoch_batches(0).element_spec[:2])
        symbol = keras.KerasTensor((None, *images[1:]), dtype="float32")
        output = self.model.compute_output_spec(symbol) if self.model.built else self.model(symbol)
        shape = getattr(output, "shape", None)
        if shape is None or len(shape) != 4 or shape[-1] is None or not _same(shape, labels):
            raise ValueError(
                "`model` must give logits [batch, height, width, classes] of its images' size. "
                f"Received: output shape {shape} for images {images}"
            )
        return shape[-1]

    def _check_length(self, state):
        done = state["epoch"] + bool(state["step"])
        if not self.budget and done > self.recipe.epochs:
            raise ValueError(
                f"`epochs` must be at least the {done} epochs its checkpoint has. "
                f"Received: epochs={self.recipe.epochs}"
            )

    def _compile(self):
        with self.place.scope():
            variables = self.model.trainable_variables
            self.model.compile(
                optimizer=make_optimizer(
                    self.recipe, self.steps / self.parts, variables, self.parts
                ),
                loss=PixelwiseLogisticLoss(self.recipe.void, self.recipe.class_weights),
                jit_compile=_jit_compile(),
            )
            self.model.optimizer.build(variables)
            begin_averages(self.model)
            _seed(self.model, self.recipe.seed)
        self.place.prepare(self.model, self.num_classes)

    def _checkpoint_folder(self):
        if self.recipe.checkpoint is None:
            return None
        precision = choose_precision(self.recipe) or "float32"
        fingerprint = {
            # What "auto" chose: with another precision the optimizer may have other variables.
            "recipe": {**self.recipe.fingerprint(), "precision": precision},
            "model": model_fingerprint(self.model),
            "data": data_fingerprint(*self.train, self.weights),
        }
        return CheckpointFolder(
            self.recipe.checkpoint,
            self.model,
            fingerprint,
            writes=self.place.writes,
            best=self.recipe.patience is not None,
        )

    def _save(self, state):
        if self.folder:
            spent = self.budget.used() if self.budget else 0.0
            start = time.perf_counter()
            times = {"spent": spent, "first_seconds": self.first_seconds}
            self.folder.save({**state, **times, "parts": self.parts})
            self.saved = time.perf_counter()
            if self.budget:
                self.budget.keep_for_the_end(self.saved - start + self.validation_seconds)

    def _early_stop(self):
        store = BestWeights(self.folder.folder, self.place.writes) if self.folder else None
        return EarlyStop(self.recipe.patience, self.model, store)

    def _is_over(self, epoch):
        """Whether no epoch is left, or no time for one more with its validation."""
        if self.budget is None:
            return epoch >= self.recipe.epochs
        if self.step_seconds is None:
            return False
        return self.budget.left() < self.validation_seconds + self.step_seconds

    def _train_epoch(self, epoch, bar, folder, state=None):
        """Train the steps of an epoch that `state` has not done; its record, or None if none."""
        at = {name: (state or _START)[name] for name in ("step", "loss", "images", "seconds")}
        history = (state or {}).get("history", [])
        bar.begin(epoch, at["step"])
        self._keep_good()
        self.saved = time.perf_counter()
        stretches, images, loss = 0, None, None  # without time left, no stretch is trained
        while at["step"] < self.steps and (last := self._end_of_stretch(at["step"], folder)):
            images = self._images_in(last) - self._images_in(at["step"])
            start = time.perf_counter()
            loss = self._train_steps(epoch, at["step"], last, bar)
            seconds = time.perf_counter() - start
            self._note(seconds / (last - at["step"]))
            at = {
                "step": last,
                "loss": at["loss"] + loss * images,
                "images": at["images"] + images,
                "seconds": at["seconds"] + seconds,
            }
            stretches += 1
            if folder and last < self.steps and self._save_is_due(last):
                self._check_finite(epoch, last)
                self._save({**at, "epoch": epoch, "history": history})
        if not at["images"]:
            return None
        self._check_finite(epoch, at["step"])
        if at["images"] != images or stretches != 1:
            loss = at["loss"] / at["images"]
        bar.end(epoch, loss, at["images"])
        rate = float(keras.ops.convert_to_numpy(self.model.optimizer.learning_rate))
        record = {
            "epoch": epoch + 1,
            "loss": loss,
            "learning_rate": rate,
            "seconds": at["seconds"],
        }
        return record if at["step"] == self.steps else {**record, "images": at["images"]}

    def _images_in(self, steps):
        """Images in the first so many steps of an epoch."""
        count = self.place.count
        rest = (self.images - self.full * self.size) // count * count
        return min(steps * self.size, self.full * self.size + rest)

    def _end_of_stretch(self, first, folder):
        """The step, from `first`, before which to look up again; None when time is up."""
        ends = [self.steps]
        if self.place.count > 1 and first < self.full:
            ends.append(self.full)  # a batch of another size goes alone
        seconds, steps = self.checkpoint_seconds, self.recipe.checkpoint_steps
        if folder and steps:
            ends.append((first // steps + 1) * steps)
        if folder and seconds:
            fitting = int(seconds / self.step_seconds) if self.step_seconds else _FIRST_STEPS
            ends.append(first + max(fitting, 1))
        if self.budget:
            ends.append(first + self._steps_in_time())
        last = min(ends)
        if self.budget and last > first:
            ahead = (last - first) * (self.step_seconds or 0.0) / 2
            # Never back, when the next stretch turns out shorter than was thought.
            self.share = max(self.share, self.budget.share(ahead))
            self._set_rate(rate_at(self.recipe, self.share))
        return last if last > first else None

    def _steps_in_time(self):
        if self.step_seconds is None:  # one that compiles, then one that is timed
            resumed = self.first_seconds > 0
            return int(self.budget.left() > self.first_seconds or not (self.stretches or resumed))
        return self.budget.steps_left(self.step_seconds)

    def _set_rate(self, rate):
        optimizer = self.model.optimizer
        getattr(optimizer, "inner_optimizer", optimizer).learning_rate = rate

    def _note(self, seconds):
        """A stretch took so many seconds a step; the first one compiled, and tells little."""
        self.stretches += 1
        if self.budget is None or self.stretches > 1:
            self.step_seconds = seconds
            return
        new = self.first_seconds == 0.0
        self.first_seconds = seconds
        if new and self.budget.used() > self.budget.seconds:
            self._put_back(self.first_weights)
            raise ValueError(
                f"`minutes` must be enough for one step: to compile it and take it was over only "
                f"after {self.budget.used() / 60:.2g} minutes. The model has its weights back. "
                f"Received: minutes={self.recipe.minutes}"
            )

    def _save_is_due(self, step):
        seconds, steps = self.checkpoint_seconds, self.recipe.checkpoint_steps
        if steps and step % steps == 0:
            return True
        return bool(seconds) and time.perf_counter() - self.saved > 0.5 * seconds

    def _train_steps(self, epoch, first, last, bar):
        """Steps `first` up to `last` of an epoch; their mean loss."""
        everything = first == 0 and last == self.steps and self.place.count == 1
        steps = () if everything and not self.budget else (first, last)
        batches = self._epoch_batches(epoch, *steps)
        try:
            logs = self.model.fit(
                batches, shuffle=False, verbose=0, callbacks=[StepWatcher(bar, first)]
            )
        except Diverged as error:
            self._give_up(epoch, error.step)
        return float(logs.history["loss"][-1])

    def _check_finite(self, epoch, step):
        """The loss is of the weights before its step: the last step may have broken them."""
        values = map(keras.ops.convert_to_numpy, self.model.trainable_variables)
        if not all(np.isfinite(value).all() for value in values):
            self._give_up(epoch, step, "A weight")

    def _give_up(self, epoch, step, what="The loss"):
        state = self.folder.restore() if self.folder else None
        if state is None:
            self._put_back(self.good)
            kept = f"from before epoch {epoch + 1}"
        else:
            kept = f"of epoch {state['epoch']}"
            if state["step"]:
                kept = f"of epoch {state['epoch'] + 1}, step {state['step']},"
        raise FloatingPointError(
            f"{what} is not a number any more at epoch {epoch + 1}, step {step} of {self.steps}. "
            f"The model has its weights {kept} back. "
            f"A lower learning rate than {self.recipe.learning_rate} may help."
        ) from None

    def _keep_good(self):
        """Remember the weights, for when the loss or the memory gives out."""
        self.good = [np.array(keras.ops.convert_to_numpy(v)) for v in self.model.variables]

    def _put_back(self, values):
        for variable, value in zip(self.model.variables, values, strict=True):
            variable.assign(value)

    def _more_parts(self, error):
        """After an error of memory: take batches in more parts, or say what would fit."""
        before = self.parts
        self._put_back(self.first_weights)
        written = self.folder and newest_state(self.folder.folder)
        automatic = self.recipe.accumulate == "auto" and not written
        # Each of the devices must get an equal share of a part.
        for parts in divisors(self.recipe.batch_size // self.place.count, before + 1):
            if automatic or self._fits(parts):
                if automatic:
                    self._take_parts(parts)
                    return
                break
        else:
            parts = None
        self._put_back(self.first_weights)
        message = out_of_memory_message(self.recipe.batch_size, before, parts)
        raise MemoryError(message) from error

    def _fits(self, parts):
        """Whether a step with so many parts is possible; it is tried."""
        self._take_parts(parts)
        self._put_back(self.first_weights)
        self._compile()
        try:
            with self.place.running():
                self.model.fit(self._epoch_batches(0, 0, 1), verbose=0)
            return True
        except Exception as error:
            if not is_out_of_memory(error):
                raise
            return False

    def _evaluator(self):
        """A second Keras model around the first: validation metrics cost its training nothing."""
        if self.val is None:
            return None
        evaluator = _Evaluator(self.model if self.place.shares_validation else self.original)
        evaluator.compile(
            metrics=[
                ValidationLoss(self.recipe.void),
                ConfusionMatrix(self.num_classes, self.recipe.void),
            ],
            jit_compile=_jit_compile(),
        )
        val, sharing = self.val, {}
        if self.place.count > 1 and self.place.shares_validation:
            val = padded(*val, self.size, self.recipe.void)
            sharing = {"part": self.place.part, "multiple": self.place.count}
        self.val_batches = self._batches(val).epoch(**sharing)
        return evaluator

    def _validate(self, evaluator):
        start = time.perf_counter()
        with averaged(self.model):
            if not self.place.shares_validation:
                self.place.give_back(self.model, self.original)
            logs = evaluator.evaluate(self.val_batches, verbose=0, return_dict=True)
        self.validation_seconds = time.perf_counter() - start
        if self.budget:
            self.budget.keep_for_the_end(self.validation_seconds)
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
