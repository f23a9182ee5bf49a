"""A run: epochs, validations and checkpoints of a setup, from its first to its last."""

import itertools
import time
from contextlib import closing

from segcourse.training.history import History
from segcourse.training.loop.clock.pace import Pace
from segcourse.training.loop.compile_model import compile_model
from segcourse.training.loop.epoch_totals import EpochTotals
from segcourse.training.loop.epoch_trainer import EpochTrainer
from segcourse.training.loop.memory_error import is_out_of_memory
from segcourse.training.loop.more_parts import memory_error, more_parts
from segcourse.training.loop.reports.logs import Logs
from segcourse.training.loop.reports.progress import ProgressBar, say_what_is_frozen
from segcourse.training.loop.setup.recipe_checks import check_length, check_sharing, check_steps
from segcourse.training.loop.validation import Validation
from segcourse.training.loop.weights.averaging import averaged, held_back, use_averages
from segcourse.training.loop.weights.checkpoint import BestWeights, newest_state
from segcourse.training.loop.weights.early_stop import EarlyStop
from segcourse.training.loop.weights.kept_weights import KeptWeights
from segcourse.training.loop.weights.run_checkpoints import CheckpointWriter, open_folder

_START = {"epoch": 0, "step": 0, "loss": 0.0, "images": 0, "seconds": 0.0}


class Run:
    """One run of a setup.

    Args:
        setup: the `Setup`.
    """

    def __init__(self, setup):
        self.setup = setup
        self.plan = setup.plan
        self.first = None  # the `KeptWeights` it began with
        self.folder = None

    def go(self):
        """Train, if need be with batches in more parts; the caller's model gets the result.

        Returns: the `History`.
        """
        setup = self.setup
        while True:
            try:
                with setup.devices.running():
                    return self._go()
            except Exception as error:
                if not is_out_of_memory(error):
                    raise
                self._take_more_parts(error)
            finally:
                setup.devices.give_back(setup.model, setup.original)

    def _go(self):
        setup, recipe = self.setup, self.setup.recipe
        self._take_parts_of_checkpoint()
        check_steps(recipe, self.plan)
        self.first = KeptWeights(setup.model)
        compile_model(setup, self.plan)
        self.folder = open_folder(setup)
        found = self.folder.restore() if self.folder else None
        state = found or {**_START, "history": []}
        check_length(recipe, state["epoch"], state["step"])
        self.first = KeptWeights(setup.model)
        history = History(
            state["history"],
            self.plan.images_in(self.plan.steps),
            resumed_from=found and state["epoch"],
            resumed_step=state["step"],
            accumulate=self.plan.parts,
        )
        if setup.devices.writes:
            say_what_is_frozen(setup.model)
        with held_back(setup.model):
            self._train(state, history)
        return history

    def _train(self, state, history):
        """Train from a state on, and write what comes into the history."""
        setup, recipe = self.setup, self.setup.recipe
        stop = self._early_stop()
        validation = None if setup.val is None else Validation(setup, self.plan.size)
        pace = Pace(setup.budget is not None, state.get("first_seconds", 0.0))
        if setup.budget:
            setup.budget.spend_before(state.get("spent", 0.0))
            if validation:
                self._validate(validation, pace)  # to know how long it takes
        writer = self.folder and CheckpointWriter(self.folder, self.plan.parts, pace, setup.budget)
        files = (recipe.csv, recipe.tensorboard) if setup.devices.writes else ()
        with closing(Logs(*files)) as logs, closing(self._bar(state["epoch"])) as bar:
            trainer = EpochTrainer(
                setup, self.plan, bar, pace, writer, first=state["epoch"], kept=self.first
            )
            for epoch in itertools.count(state["epoch"]):
                if self._is_over(epoch, pace) or stop.ended(history.epochs):
                    break
                record = trainer.train(epoch, EpochTotals.of(state), history.epochs)
                if record is None:
                    break
                if validation:
                    record |= self._validate(validation, pace)
                    bar.mean_iou(record["val_mean_iou"])
                history.epochs.append(record)
                with averaged(setup.model):
                    stop.look(history.epochs)
                logs.write(history.epochs)
                state = {**_START, "epoch": epoch + 1, "history": history.epochs}
                if writer:
                    writer.save(state)
        use_averages(setup.model)
        stop.restore(history.epochs)

    def _bar(self, epoch):
        images = self.plan.images_in(self.plan.steps)
        setup = self.setup
        return ProgressBar(
            setup.recipe.epochs,
            images,
            self.plan.size,
            epoch,
            setup.budget,
            shown=setup.devices.writes,
        )

    def _early_stop(self):
        store = BestWeights(self.folder.folder, self.setup.devices.writes) if self.folder else None
        return EarlyStop(self.setup.recipe.patience, self.setup.model, store)

    def _is_over(self, epoch, pace):
        """Whether no epoch is left, or no time for one more with its validation."""
        if self.setup.budget is None:
            return epoch >= self.setup.recipe.epochs
        if pace.step_seconds is None:
            return False
        return self.setup.budget.left() < pace.validation_seconds + pace.step_seconds

    def _validate(self, validation, pace):
        start = time.perf_counter()
        found = validation.run()
        pace.validation_seconds = time.perf_counter() - start
        if self.setup.budget:
            self.setup.budget.keep_for_the_end(pace.validation_seconds)
        return found

    def _take_parts_of_checkpoint(self):
        """What memory decided before; the optimizer's variables depend on it."""
        recipe = self.setup.recipe
        if recipe.accumulate == "auto" and recipe.checkpoint is not None:
            parts = newest_state(recipe.checkpoint).get("parts", self.plan.parts)
            self.plan = self.plan.in_parts(parts)
            check_sharing(recipe, self.setup.devices, self.plan)

    def _take_more_parts(self, error):
        """After an error of memory: take batches in more parts, or say what would fit."""
        written = self.folder and newest_state(self.folder.folder)
        if self.setup.recipe.accumulate == "auto" and not written:
            plan = more_parts(self.plan)
            if plan:
                self.first.put_back()
                self.plan = plan
                return
        raise memory_error(self.setup, self.plan, self.first) from error
