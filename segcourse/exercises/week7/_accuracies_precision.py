"""Wrong answers to exercise 7.3 that divide by the predicted pixels."""

import numpy as np


def register(accuracies):
    """Adds them to the exercise."""

    @accuracies.mistake(
        "mean precision",
        "Your mean accuracy divides by the predicted pixels of each class. The accuracy of a class "
        "is the share of its true pixels that are right: divide by the row sums.",
    )
    def accuracies(logits, labels):
        kept, n = labels != 255, np.zeros([logits.shape[-1]] * 2)
        np.add.at(n, (labels[kept], logits.argmax(axis=-1)[kept]), 1)
        right, t, iou = np.diag(n), n.sum(1), np.diag(n) / (n.sum(0) + n.sum(1) - np.diag(n))
        mean = np.nanmean(right / n.sum(0))
        return right.sum() / t.sum(), mean, np.nansum(t * iou) / t.sum()

    @accuracies.mistake(
        "mean precision of the true classes",
        "Your mean accuracy divides by the column sums, the predicted pixels of each class: that "
        "is the precision. Divide by the row sums, the true pixels.",
    )
    def accuracies(logits, labels):
        kept, n = labels != 255, np.zeros([logits.shape[-1]] * 2)
        np.add.at(n, (labels[kept], logits.argmax(axis=-1)[kept]), 1)
        right, t, iou = np.diag(n), n.sum(1), np.diag(n) / (n.sum(0) + n.sum(1) - np.diag(n))
        mean = np.nanmean((right / n.sum(0))[t > 0])
        return right.sum() / t.sum(), mean, np.nansum(t * iou) / t.sum()

    @accuracies.mistake(
        "mean precision, NaN for a class never predicted",
        "Your mean accuracy divides by the column sums, the predicted pixels, and they can be 0 "
        "for a class that is there. Divide by the row sums, the true pixels.",
    )
    def accuracies(logits, labels):
        kept, n = labels != 255, np.zeros([logits.shape[-1]] * 2)
        np.add.at(n, (labels[kept], logits.argmax(axis=-1)[kept]), 1)
        right, t, iou = np.diag(n), n.sum(1), np.diag(n) / (n.sum(0) + n.sum(1) - np.diag(n))
        mean = (right / n.sum(0))[t > 0].mean()
        return right.sum() / t.sum(), mean, np.nansum(t * iou) / t.sum()
