"""Train an epoch: stretches of steps, each a `fit` of Keras."""

import time
from dataclasses import asdict

from keras import ops

from segcourse.training.loop.clock.pace import Pace
from segcourse.training.loop.clock.rate_by_clock import RateByClock
from segcourse.training.loop.reports.progress import Diverged, StepWatcher
from segcourse.training.loop.stretches import Stretches
from segcourse.training.loop.tally import Tally
from segcourse.training.loop.weights.kept_weights import KeptWeights
from segcourse.training.loop.weights.safeguard import Safeguard


class EpochTrainer:
    """Trains the compiled model of a job, an epoch at a time.

    An epoch is one stretch, or some where a checkpoint is due within it or the clock has to be
    looked at.

    Args:
        job: the `Job`.
        plan: the `EpochPlan`.
        bar: the `ProgressBar` that is moved.
        pace: the `Pace` that notes what steps take; by default a new one.
        writer: the `CheckpointWriter`, or None.
        first: the epoch, from 0, that comes first.
        kept: the `KeptWeights` of the model as it is; by default they are made.
    """

    def __init__(self, job, plan, bar, pace=None, writer=None, first=0, kept=None):
        self.job, self.plan, self.bar, self.writer = job, plan, bar, writer
        self.model, self.budget = job.model, job.budget
        self.pace = pace or Pace(by_clock=job.budget is not None)
        self.rate = RateByClock(job.recipe, job.budget) if job.budget else None
        within = _within_epoch(job) if writer else {}
        self.stretches = Stretches(plan, self.pace, budget=job.budget, **within)
        self.safeguard = Safeguard(
            kept or KeptWeights(job.model),
            first,
            plan.steps,
            job.recipe.learning_rate,
            writer and writer.folder,
        )

    def train(self, epoch, tally=None, history=()):
        """Train what is left of an epoch.

        Args:
            epoch: its number, from 0.
            tally: the `Tally` of what is done of it already, or None.
            history: the records of the epochs before, for the checkpoints.

        Returns:
            its record for the history; None if there was no time for a single step.
        """
        tally = tally or Tally()
        self.bar.begin(epoch, tally.step)
        if self.writer:
            self.writer.begin()
        while tally.step < self.plan.steps and (last := self.stretches.end(tally.step)):
            self._stretch(epoch, tally, last)
            if last < self.plan.steps and self._checkpoint_is_due(last):
                self.safeguard.check(epoch, last)
                self.writer.save({**asdict(tally), "epoch": epoch, "history": list(history)})
        if not tally.images:
            return None
        self.safeguard.check_epoch(epoch, tally.step)
        self.bar.end(epoch, tally.mean, tally.images)
        return self._record(epoch, tally)

    def steps(self, epoch, first, last):
        """Train the steps of an epoch from `first` up to `last`; their mean loss."""
        batches = self.job.epoch(epoch, self.plan, first, last)
        watcher = StepWatcher(self.bar, first)
        try:
            logs = self.model.fit(batches, shuffle=False, verbose=0, callbacks=[watcher])
        except Diverged as error:
            self.safeguard.give_up(epoch, error.step)
        return float(logs.history["loss"][-1])

    def _stretch(self, epoch, tally, last):
        """Train up to the step `last`, and note how it went."""
        first, is_new = tally.step, self.pace.is_new
        if self.rate:
            known = self.pace.step_seconds or 0.0
            self.rate.set(self.model.optimizer, ahead=(last - first) * known / 2)
        start = time.perf_counter()
        loss = self.steps(epoch, first, last)
        seconds = time.perf_counter() - start
        self.pace.note(seconds / (last - first))
        if is_new and self.budget and self.budget.used() > self.budget.seconds:
            self._refuse_budget()
        images = self.plan.images_in(last) - self.plan.images_in(first)
        tally.add(last, loss, images, seconds)

    def _checkpoint_is_due(self, step):
        return self.writer and self.stretches.checkpoint_is_due(step, self.writer.seconds())

    def _refuse_budget(self):
        self.safeguard.put_back()
        raise ValueError(
            f"`minutes` must be enough for one step: to compile it and take it was over only "
            f"after {self.budget.used() / 60:.2g} minutes. The model has its weights back. "
            f"Received: minutes={self.job.recipe.minutes}"
        )

    def _record(self, epoch, tally):
        record = {
            "epoch": epoch + 1,
            "loss": tally.mean,
            "learning_rate": float(ops.convert_to_numpy(self.model.optimizer.learning_rate)),
            "seconds": tally.seconds,
        }
        cut_short = tally.step < self.plan.steps
        return {**record, "images": tally.images} if cut_short else record


def _within_epoch(job):
    """When checkpoints are due within an epoch."""
    recipe = job.recipe
    # Several processes have clocks that differ, and all must end a stretch at the same step.
    several = job.place.part[1] > 1
    return {
        "every": recipe.checkpoint_steps,
        "seconds": None if several else recipe.checkpoint_seconds,
    }
