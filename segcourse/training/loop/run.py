"""A run: epochs, validations and checkpoints of a job, from its first to its last."""

import itertools
import time
from contextlib import closing

from segcourse.training.history import History
from segcourse.training.loop.clock.pace import Pace
from segcourse.training.loop.compile_model import compile_model
from segcourse.training.loop.epoch_trainer import EpochTrainer
from segcourse.training.loop.job.recipe_checks import check_length, check_sharing, check_steps
from segcourse.training.loop.memory_error import is_out_of_memory
from segcourse.training.loop.more_parts import memory_error, more_parts
from segcourse.training.loop.reports.logs import Logs
from segcourse.training.loop.reports.progress import ProgressBar
from segcourse.training.loop.tally import Tally
from segcourse.training.loop.validation import Validation
from segcourse.training.loop.weights.averaging import averaged, held_back, use_averages
from segcourse.training.loop.weights.checkpoint import BestWeights, newest_state
from segcourse.training.loop.weights.early_stop import EarlyStop
from segcourse.training.loop.weights.kept_weights import KeptWeights
from segcourse.training.loop.weights.run_checkpoints import CheckpointWriter, open_folder

_START = {"epoch": 0, "step": 0, "loss": 0.0, "images": 0, "seconds": 0.0}


class Run:
    """One run of a job.

    Args:
        job: the `Job`.
    """

    def __init__(self, job):
        self.job = job
        self.plan = job.plan
        self.first = None  # the `KeptWeights` it began with
        self.folder = None

    def go(self):
        """Train, if need be with batches in more parts; the caller's model gets the result.

        Returns: the `History`.
        """
        job = self.job
        while True:
            try:
                with job.place.running():
                    return self._go()
            except Exception as error:
                if not is_out_of_memory(error):
                    raise
                self._take_more_parts(error)
            finally:
                job.place.give_back(job.model, job.original)

    def _go(self):
        job, recipe = self.job, self.job.recipe
        self._take_parts_of_checkpoint()
        check_steps(recipe, self.plan)
        self.first = KeptWeights(job.model)
        compile_model(job, self.plan)
        self.folder = open_folder(job)
        found = self.folder.restore() if self.folder else None
        state = found or {**_START, "history": []}
        check_length(recipe, state["epoch"], state["step"])
        self.first = KeptWeights(job.model)
        history = History(
            state["history"],
            self.plan.images_in(self.plan.steps),
            resumed_from=found and state["epoch"],
            resumed_step=state["step"],
            accumulate=self.plan.parts,
        )
        with held_back(job.model):
            self._train(state, history)
        return history

    def _train(self, state, history):
        """Train from a state on, and write what comes into the history."""
        job, recipe = self.job, self.job.recipe
        stop = self._early_stop()
        validation = None if job.val is None else Validation(job, self.plan.size)
        pace = Pace(job.budget is not None, state.get("first_seconds", 0.0))
        if job.budget:
            job.budget.spend_before(state.get("spent", 0.0))
            if validation:
                self._validate(validation, pace)  # to know how long it takes
        writer = self.folder and CheckpointWriter(self.folder, self.plan.parts, pace, job.budget)
        files = (recipe.csv, recipe.tensorboard) if job.place.writes else ()
        with closing(Logs(*files)) as logs, closing(self._bar(state["epoch"])) as bar:
            trainer = EpochTrainer(
                job, self.plan, bar, pace, writer, first=state["epoch"], kept=self.first
            )
            for epoch in itertools.count(state["epoch"]):
                if self._is_over(epoch, pace) or stop.ended(history.epochs):
                    break
                record = trainer.train(epoch, Tally.of(state), history.epochs)
                if record is None:
                    break
                if validation:
                    record |= self._validate(validation, pace)
                    bar.mean_iu(record["val_mean_iu"])
                history.epochs.append(record)
                with averaged(job.model):
                    stop.look(history.epochs)
                logs.write(history.epochs)
                state = {**_START, "epoch": epoch + 1, "history": history.epochs}
                if writer:
                    writer.save(state)
        use_averages(job.model)
        stop.restore(history.epochs)

    def _bar(self, epoch):
        images = self.plan.images_in(self.plan.steps)
        job = self.job
        return ProgressBar(
            job.recipe.epochs, images, self.plan.size, epoch, job.budget, shown=job.place.writes
        )

    def _early_stop(self):
        store = BestWeights(self.folder.folder, self.job.place.writes) if self.folder else None
        return EarlyStop(self.job.recipe.patience, self.job.model, store)

    def _is_over(self, epoch, pace):
        """Whether no epoch is left, or no time for one more with its validation."""
        if self.job.budget is None:
            return epoch >= self.job.recipe.epochs
        if pace.step_seconds is None:
            return False
        return self.job.budget.left() < pace.validation_seconds + pace.step_seconds

    def _validate(self, validation, pace):
        start = time.perf_counter()
        found = validation.run()
        pace.validation_seconds = time.perf_counter() - start
        if self.job.budget:
            self.job.budget.keep_for_the_end(pace.validation_seconds)
        return found

    def _take_parts_of_checkpoint(self):
        """What memory decided before; the optimizer's variables depend on it."""
        recipe = self.job.recipe
        if recipe.accumulate == "auto" and recipe.checkpoint is not None:
            parts = newest_state(recipe.checkpoint).get("parts", self.plan.parts)
            self.plan = self.plan.in_parts(parts)
            check_sharing(recipe, self.job.place, self.plan)

    def _take_more_parts(self, error):
        """After an error of memory: take batches in more parts, or say what would fit."""
        written = self.folder and newest_state(self.folder.folder)
        if self.job.recipe.accumulate == "auto" and not written:
            plan = more_parts(self.plan)
            if plan:
                self.first.put_back()
                self.plan = plan
                return
        raise memory_error(self.job, self.plan, self.first) from error
