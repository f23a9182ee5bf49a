"""A budget of time: how far it is used, and how many steps still fit."""

import time

_CHUNKS = 100  # the learning rate is set anew about so often
_SHORTEST = 0.5  # seconds of a chunk; below that, starting one costs too much
_MARGIN = 1.2  # what was measured may take longer next time


class Budget:
    """Seconds a run may take in all, validation and compilation included.

    Args:
        seconds: the budget.
        spent: seconds used before this process, by the run that is resumed.

    Example:

    >>> budget = Budget(60.0, spent=30.0)
    >>> round(budget.share(), 2)
    0.5
    >>> budget.steps_left(seconds_a_step=100.0)
    0
    """

    def __init__(self, seconds, spent=0.0):
        self.seconds = float(seconds)
        self.reserve = 0.0  # for the last validation and checkpoint
        self._start = time.perf_counter() - spent

    def used(self):
        """Seconds used so far."""
        return time.perf_counter() - self._start

    def spend_before(self, seconds):
        """Count seconds of an earlier process."""
        self._start -= seconds

    def keep_for_the_end(self, seconds):
        """Keep time for work that took `seconds` and comes once more in the end."""
        self.reserve = max(self.reserve, seconds * _MARGIN)

    def left(self):
        """Seconds left for training."""
        return self.seconds - self.reserve - self.used()

    def share(self, ahead=0.0):
        """Share of the training time that is used, or will be in `ahead` seconds; 0 to 1."""
        whole = max(self.seconds - self.reserve, 1e-9)
        return min(max((self.used() + ahead) / whole, 0.0), 1.0)

    def steps_left(self, seconds_a_step):
        """Steps to take before the next look at the clock; 0 when none fits any more."""
        fitting = int(self.left() / (seconds_a_step * _MARGIN))
        if fitting <= 0:
            return 0
        chunk = max(self.seconds / _CHUNKS, _SHORTEST)
        # Half of what is left: an estimate that was too low cannot run past the end.
        return max(1, min(int(chunk / seconds_a_step), -(-fitting // 2)))
