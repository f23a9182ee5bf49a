"""What a training run did, epoch by epoch."""

from dataclasses import dataclass, field


@dataclass
class History:
    """The record of one `fit`, epochs before a resume included.

    Attributes:
        epochs: one dict an epoch: `epoch` (from 1), `loss`, `learning_rate` (at its end),
            `seconds`, and with validation data `val_loss` and `val_mean_iou`. `loss` is Keras'
            running mean while the weights change: over the images, of their batch's mean over
            its valid pixels. `val_loss` is the mean over all valid pixels, at the end of the
            epoch; with Dice and Lovász-softmax over the batches, by their pixels. `seconds` is the
            training of that epoch, without validation and checkpoint. An epoch that a budget of
            time cut short has `images` too: how many it trained on.
        images_per_epoch: training images in one epoch.
        resumed_from: the epoch the run was resumed after, 0 within the first; None if it was not.
        resumed_step: steps of the next epoch that were done already.
        accumulate: in how many parts each batch was taken.

    Example:

    >>> history = History([{"epoch": 1, "loss": 0.5, "learning_rate": 0.1, "seconds": 2.0}], 10)
    >>> history.seconds, history.images_per_second
    (2.0, 5.0)
    """

    epochs: list = field(default_factory=list)
    images_per_epoch: int = 0
    resumed_from: int | None = None
    resumed_step: int = 0
    accumulate: int = 1

    @property
    def seconds(self):
        """Seconds spent training, over all epochs."""
        return float(sum(epoch["seconds"] for epoch in self.epochs))

    @property
    def images_per_second(self):
        """Training images a second, over all epochs; 0 before the first."""
        seconds = self.seconds
        images = sum(epoch.get("images", self.images_per_epoch) for epoch in self.epochs)
        return images / seconds if seconds else 0.0
