"""Metrics of semantic and panoptic segmentation.

One confusion matrix in, everything else derived; panoptic quality as COCO counts it; how far two
outlines are apart; and the errors of the membrane challenge.
"""

from segcourse.metrics.boundaries.binary_maps import CHALLENGE_THRESHOLDS
from segcourse.metrics.boundaries.boundary_f_score import boundary_f_score
from segcourse.metrics.boundaries.boundary_iou import boundary_iou
from segcourse.metrics.boundaries.pixel_error import pixel_error
from segcourse.metrics.boundaries.rand_error import rand_error
from segcourse.metrics.boundaries.surface_distance import surface_distance
from segcourse.metrics.boundaries.warping_error import warping_error
from segcourse.metrics.confusion import VOID, ConfusionMatrix, confusion_matrix, scores
from segcourse.metrics.panoptic.files import panoptic_quality_of_files
from segcourse.metrics.panoptic.format import (
    PanopticImages,
    ids_to_rgb,
    read_panoptic,
    rgb_to_ids,
    write_panoptic,
)
from segcourse.metrics.panoptic.quality import (
    Match,
    Matching,
    PanopticQuality,
    from_semantic,
    match_segments,
    panoptic_map,
    panoptic_quality,
)

__all__ = [
    "CHALLENGE_THRESHOLDS",
    "VOID",
    "ConfusionMatrix",
    "Match",
    "Matching",
    "PanopticImages",
    "PanopticQuality",
    "boundary_f_score",
    "boundary_iou",
    "confusion_matrix",
    "from_semantic",
    "ids_to_rgb",
    "match_segments",
    "panoptic_map",
    "panoptic_quality",
    "panoptic_quality_of_files",
    "pixel_error",
    "rand_error",
    "read_panoptic",
    "rgb_to_ids",
    "scores",
    "surface_distance",
    "warping_error",
    "write_panoptic",
]
