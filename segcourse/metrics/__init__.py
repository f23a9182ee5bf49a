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
from segcourse.metrics.panoptic_files import panoptic_quality_of_files
from segcourse.metrics.panoptic_format import (
    PanopticImages,
    ids_to_rgb,
    read_panoptic,
    rgb_to_ids,
    write_panoptic,
)

__all__ = [
    "VOID",
    "ConfusionMatrix",
    "Match",
    "Matching",
    "PanopticImages",
    "PanopticQuality",
    "confusion_matrix",
    "from_semantic",
    "ids_to_rgb",
    "match_segments",
    "panoptic_map",
    "panoptic_quality",
    "panoptic_quality_of_files",
    "read_panoptic",
    "rgb_to_ids",
    "scores",
    "write_panoptic",
]
