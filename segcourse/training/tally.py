"""What an epoch has trained so far."""

from dataclasses import asdict, dataclass


@dataclass
class Tally:
    """Counts the stretches of an epoch; it is what a checkpoint within it goes on from.

    Attributes:
        step: steps that are done.
        loss: sum over the images of their stretch's mean loss.
        images: images trained on.
        seconds: time taken.

    Example:

    >>> tally = Tally()
    >>> tally.add(step=2, loss=1.0, images=8, seconds=0.5)
    >>> tally.add(step=3, loss=4.0, images=4, seconds=0.5)
    >>> tally.mean, tally.seconds
    (2.0, 1.0)
    """

    step: int = 0
    loss: float = 0.0
    images: int = 0
    seconds: float = 0.0

    @classmethod
    def of(cls, state):
        """The tally that a checkpoint's state holds, among other things."""
        return cls(**{name: state[name] for name in asdict(cls())})

    def add(self, step, loss, images, seconds):
        """A stretch up to `step`, of so many images, had this mean loss."""
        whole = self.images == 0
        self.step = step
        self.loss += loss * images
        self.images += images
        self.seconds += seconds
        # Of one stretch it is the very number, without the rounding of a product and a quotient.
        self.mean = loss if whole else self.loss / self.images
