"""The confusion matrix and the scores derived from it: the public face of three files.

`confusion_matrix` counts arrays, `scores` derives the four numbers of the FCN paper from the
counts, and `ConfusionMatrix` does both as a Keras metric inside `fit`.
"""

from segcourse.metrics.confusion_matrix import VOID, confusion_matrix
from segcourse.metrics.confusion_metric import ConfusionMatrix
from segcourse.metrics.scores import scores

__all__ = ["VOID", "ConfusionMatrix", "confusion_matrix", "scores"]
