"""Train an epoch: chunks of steps, each a `fit` of Keras."""

import time
from dataclasses import asdict

from keras import ops

from segcourse.training.loop.chunks import Chunks
from segcourse.training.loop.clock.pace import Pace
from segcourse.training.loop.clock.rate_by_clock import RateByClock
from segcourse.training.loop.epoch_totals import EpochTotals
from segcourse.training.loop.reports.progress import Diverged, StepWatcher
from segcourse.training.loop.weights.kept_weights import KeptWeights
from segcourse.training.loop.weights.safeguard import Safeguard


class EpochTrainer:
    """Trains the compiled model of a setup, an epoch at a time.

    An epoch is one chunk, or some where a checkpoint is due within it or the clock has to be
    looked at.

    Args:
        setup: the `Setup`.
        plan: the `EpochPlan`.
        bar: the `ProgressBar` that is moved.
        pace: the `Pace` that notes what steps take; by default a new one.
        writer: the `CheckpointWriter`, or None.
        first: the epoch, from 0, that comes first.
        kept: the `KeptWeights` of the model as it is; by default they are made.
    """

    def __init__(self, setup, plan, bar, pace=None, writer=None, first=0, kept=None):
        self.setup, self.plan, self.bar, self.writer = setup, plan, bar, writer
        self.model, self.budget = setup.model, setup.budget
        self.pace = pace or Pace(by_clock=setup.budget is not None)
        self.rate = RateByClock(setup.recipe, setup.budget) if setup.budget else None
        within = _within_epoch(setup) if writer else {}
        self.chunks = Chunks(plan, self.pace, budget=setup.budget, **within)
        self.safeguard = Safeguard(
            kept or KeptWeights(setup.model),
            first,
            plan.steps,
            setup.recipe.learning_rate,
            writer and writer.folder,
        )

    def train(self, epoch, totals=None, history=()):
        """Train what is left of an epoch.

        Args:
            epoch: its number, from 0.
            totals: the `EpochTotals` of what is done of it already, or None.
            history: the records of the epochs before, for the checkpoints.

        Returns:
            its record for the history; None if there was no time for a single step.
        """
        totals = totals or EpochTotals()
        self.bar.begin(epoch, totals.step)
        if self.writer:
            self.writer.begin()
        while totals.step < self.plan.steps and (last := self.chunks.end(totals.step)):
            self._chunk(epoch, totals, last)
            if last < self.plan.steps and self._checkpoint_is_due(last):
                self.safeguard.check(epoch, last)
                self.writer.save({**asdict(totals), "epoch": epoch, "history": list(history)})
        if not totals.images:
            return None
        self.safeguard.check_epoch(epoch, totals.step)
        self.bar.end(epoch, totals.mean, totals.images)
        return self._record(epoch, totals)

    def steps(self, epoch, first, last):
        """Train the steps of an epoch from `first` up to `last`; their mean loss."""
        batches = self.setup.epoch(epoch, self.plan, first, last)
        watcher = StepWatcher(self.bar, first)
        try:
            logs = self.model.fit(batches, shuffle=False, verbose=0, callbacks=[watcher])
        except Diverged as error:
            self.safeguard.give_up(epoch, error.step)
        return float(logs.history["loss"][-1])

    def _chunk(self, epoch, totals, last):
        """Train up to the step `last`, and note how it went."""
        first, is_new = totals.step, self.pace.is_new
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
        totals.add(last, loss, images, seconds)

    def _checkpoint_is_due(self, step):
        return self.writer and self.chunks.checkpoint_is_due(step, self.writer.seconds())

    def _refuse_budget(self):
        self.safeguard.put_back()
        raise ValueError(
            f"`minutes` must be enough for one step: to compile it and take it was over only "
            f"after {self.budget.used() / 60:.2g} minutes. The model has its weights back. "
            f"Received: minutes={self.setup.recipe.minutes}"
        )

    def _record(self, epoch, totals):
        record = {
            "epoch": epoch + 1,
            "loss": totals.mean,
            "learning_rate": float(ops.convert_to_numpy(self.model.optimizer.learning_rate)),
            "seconds": totals.seconds,
        }
        cut_short = totals.step < self.plan.steps
        return {**record, "images": totals.images} if cut_short else record


def _within_epoch(setup):
    """When checkpoints are due within an epoch."""
    recipe = setup.recipe
    # Several processes have clocks that differ, and all must end a chunk at the same step.
    several = setup.devices.shard[1] > 1
    return {
        "every": recipe.checkpoint_steps,
        "seconds": None if several else recipe.checkpoint_seconds,
    }
