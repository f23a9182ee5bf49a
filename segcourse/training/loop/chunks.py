"""Where a chunk of steps ends, after which a run looks up: at the clock, or to write a file."""

_FIRST_STEPS = 16  # after which it is known how long a step takes


class Chunks:
    """Cuts an epoch into chunks, each of which Keras trains in one go.

    Args:
        plan: the `EpochPlan`.
        pace: the `Pace` of the run, which notes what chunks took.
        every: a checkpoint is due after so many steps; None for never.
        seconds: one is due after about so many seconds; None for never.
        budget: the `Budget` of a run by the clock, or None.

    Example:

    >>> from segcourse.training.loop.setup.epoch_plan import EpochPlan
    >>> from segcourse.training.loop.clock.pace import Pace
    >>> chunks = Chunks(EpochPlan(images=20, batch_size=2), Pace(by_clock=False), every=4)
    >>> [chunks.end(first) for first in (0, 4, 8)]
    [4, 8, 10]
    """

    def __init__(self, plan, pace, every=None, seconds=None, budget=None):
        self.plan = plan
        self.pace = pace
        self.every = every
        self.seconds = seconds
        self.budget = budget

    def end(self, first):
        """The step before which to look up again, going on from `first`; None when time is up."""
        plan = self.plan
        ends = [plan.steps]
        if plan.devices > 1 and first < plan.full:
            ends.append(plan.full)  # a batch of another size goes alone
        if self.every:
            ends.append((first // self.every + 1) * self.every)
        if self.seconds:
            ends.append(first + self._steps_to_checkpoint())
        if self.budget:
            ends.append(first + self._steps_in_time())
        last = min(ends)
        return last if last > first else None

    def checkpoint_is_due(self, step, seconds):
        """Whether one is due after this step, so many seconds after the last one."""
        if self.every and step % self.every == 0:
            return True
        return bool(self.seconds) and seconds > 0.5 * self.seconds

    def _steps_to_checkpoint(self):
        known = self.pace.step_seconds
        return max(int(self.seconds / known), 1) if known else _FIRST_STEPS

    def _steps_in_time(self):
        pace = self.pace
        if pace.step_seconds is not None:
            return self.budget.steps_left(pace.step_seconds)
        # One that compiles, whatever it takes; resumed, only if it can; then one that is timed.
        return int(pace.is_new or self.budget.left() > pace.first_seconds)
