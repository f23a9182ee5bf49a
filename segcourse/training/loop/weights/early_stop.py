"""Stopping when the validation no longer gets better."""

import numpy as np
from keras import ops


class EarlyStop:
    """Remembers the best epoch and its weights; says when patience is at its end.

    Args:
        patience: epochs without a better mean IoU after which to stop; None never stops.
        model: the model whose weights are remembered.
        store: path of a file that keeps the best weights over a restart, or None.
    """

    def __init__(self, patience, model, store=None):
        self.patience = patience
        self.model = model
        self.store = store
        self._best = None  # (epoch, weights)

    def look(self, records):
        """After an epoch: remember the model if it is the best so far."""
        if self.patience is not None and best_epoch(records) == len(records):
            weights = [np.array(ops.convert_to_numpy(v)) for v in self.model.variables]
            self._best = (len(records), weights)
            if self.store:
                self.store.write(len(records), weights)

    def ended(self, records):
        """Whether the last `patience` epochs were no better than one before."""
        if self.patience is None or not records:
            return False
        return len(records) - best_epoch(records) >= self.patience

    def restore(self, records):
        """Give the model its best weights back."""
        if self.patience is None or not records:
            return
        epoch, weights = self._best or (self.store.read() if self.store else (None, None))
        if weights is None or epoch != best_epoch(records):
            return
        for variable, value in zip(self.model.variables, weights, strict=True):
            variable.assign(value)


def best_epoch(records):
    """Number of the first epoch with the highest mean IoU; NaN is lower than any."""
    scores = [record["val_mean_iou"] for record in records]
    return 1 + int(np.argmax(np.nan_to_num(np.array(scores, "float64"), nan=-1.0)))
