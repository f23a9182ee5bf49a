"""Metrics of semantic segmentation: one confusion matrix in, everything else derived."""

from segcourse.metrics.confusion import VOID, ConfusionMatrix, confusion_matrix, scores

__all__ = ["VOID", "ConfusionMatrix", "confusion_matrix", "scores"]
