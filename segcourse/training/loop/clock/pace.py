"""What the work of a run takes, as it has shown so far."""

from dataclasses import dataclass


@dataclass
class Pace:
    """Seconds of a step, noted chunk by chunk.

    Attributes:
        by_clock: whether the run goes by the clock: there the first chunk, which compiles, tells
            nothing of the steps to come, and is kept apart.
        first_seconds: what the first step took when it was compiled, in this process or in the
            one that is resumed; 0 where that is not known. By the clock only.
        step_seconds: what a step of the last chunk took, None before it is known.
        chunks: how many were noted.
        validation_seconds: what the last validation took.

    Example:

    >>> pace = Pace(by_clock=True)
    >>> for seconds in (5.0, 0.2):
    ...     pace.note(seconds)
    >>> pace.first_seconds, pace.step_seconds
    (5.0, 0.2)
    """

    by_clock: bool
    first_seconds: float = 0.0
    step_seconds: float | None = None
    chunks: int = 0
    validation_seconds: float = 0.0

    @property
    def is_new(self):
        """Whether not even the first step is known: neither taken here nor in a run before."""
        return self.chunks == 0 and self.first_seconds == 0

    def note(self, seconds):
        """A chunk took so many seconds a step."""
        self.chunks += 1
        if self.by_clock and self.chunks == 1:
            self.first_seconds = seconds
        else:
            self.step_seconds = seconds
