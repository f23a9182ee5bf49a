"""What an epoch has trained so far."""

from dataclasses import asdict, dataclass


@dataclass
class EpochTotals:
    """Counts the chunks of an epoch; it is what a checkpoint within it goes on from.

    Attributes:
        step: steps that are done.
        loss: sum over the images of their chunk's mean loss.
        images: images trained on.
        seconds: time taken.

    Example:

    >>> totals = EpochTotals()
    >>> totals.add(step=2, loss=1.0, images=8, seconds=0.5)
    >>> totals.add(step=3, loss=4.0, images=4, seconds=0.5)
    >>> totals.mean, totals.seconds
    (2.0, 1.0)
    """

    step: int = 0
    loss: float = 0.0
    images: int = 0
    seconds: float = 0.0

    _only = None  # the mean loss of the only chunk so far

    @property
    def mean(self):
        """Mean loss over the images."""
        # Of one chunk the very number, without the rounding of a product and a quotient.
        return self.loss / self.images if self._only is None else self._only

    @classmethod
    def of(cls, state):
        """The totals that a checkpoint's state holds, among other things."""
        return cls(**{name: state[name] for name in asdict(cls())})

    def add(self, step, loss, images, seconds):
        """A chunk up to `step`, of so many images, had this mean loss."""
        self._only = None if self.images else loss
        self.step = step
        self.loss += loss * images
        self.images += images
        self.seconds += seconds
