"""Metrics of semantic and panoptic segmentation.

One confusion matrix in, everything else derived; and panoptic quality as COCO counts it.
"""

from segcourse.metrics.confusion import VOID, ConfusionMatrix, confusion_matrix, scores
from segcourse.metrics.panoptic import (
    Match,
    Matching,
    PanopticQuality,
    from_semantic,
    match_segments,
    panoptic_map,
    panoptic_quality,
)

__all__ = [
    "VOID",
    "ConfusionMatrix",
    "Match",
    "Matching",
    "PanopticQuality",
    "confusion_matrix",
    "from_semantic",
    "match_segments",
    "panoptic_map",
    "panoptic_quality",
    "scores",
]
