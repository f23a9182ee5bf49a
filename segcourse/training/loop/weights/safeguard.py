"""The last good weights of a run: kept, and given back when its numbers are none any more."""

from keras import ops

from segcourse.training.loop.weights.kept_weights import KeptWeights, finite


class Safeguard:
    """Looks whether weights are finite, and stops a run whose loss or weights are not.

    A loss is that of the weights before its step: the last step may have broken them unseen.

    Args:
        kept: the `KeptWeights` of the model before it trains.
        epoch: the epoch, from 0, that comes next.
        steps: steps of an epoch.
        learning_rate: the recipe's, for the advice.
        folder: the `CheckpointFolder` of the run, or None. Where there is one it gives the
            weights back, and they are not copied after every epoch.
    """

    def __init__(self, kept, epoch, steps, learning_rate, folder=None):
        self.model = kept.model
        self.steps = steps
        self.learning_rate = learning_rate
        self.folder = folder
        self._kept, self._epoch = kept, epoch

    def check(self, epoch, step):
        """After a step within an epoch: raise a FloatingPointError if a weight is no number."""
        if not finite(map(ops.convert_to_numpy, self.model.trainable_variables)):
            self.give_up(epoch, step, "A weight")

    def check_epoch(self, epoch, step):
        """The same after the last step of an epoch; good weights are the ones to give back."""
        if self.folder:
            self.check(epoch, step)
            return
        kept = KeptWeights(self.model)  # read once, to look at and to keep
        if not kept.are_finite():
            self.give_up(epoch, step, "A weight")
        self._kept, self._epoch = kept, epoch + 1

    def put_back(self):
        """Give the model its last good weights; what they are, in words."""
        state = self.folder.restore() if self.folder else None
        if state is None:
            self._kept.put_back()
            return f"from before epoch {self._epoch + 1}"
        if state["step"]:
            return f"of epoch {state['epoch'] + 1}, step {state['step']},"
        return f"of epoch {state['epoch']}"

    def give_up(self, epoch, step, what="The loss"):
        """Give the weights back and raise a FloatingPointError that says so."""
        kept = self.put_back()
        raise FloatingPointError(
            f"{what} is not a number any more at epoch {epoch + 1}, step {step} of {self.steps}. "
            f"The model has its weights {kept} back. "
            f"A lower learning rate than {self.learning_rate} may help."
        ) from None
