"""Surface distances: how far two outlines are apart."""

import numpy as np

from segcourse.metrics.boundaries.outlines import distances
from segcourse.metrics.confusion import VOID


def surface_distance(labels, predictions, void=VOID, spacing=1.0):
    """The average and the largest distance between a true and a predicted outline.

    Each point of one outline has a distance to the nearest point of the other. `"average"` is the
    mean over all points of both outlines (average symmetric surface distance), `"hausdorff"` the
    largest of them, and `"hausdorff_95"` the larger of the two 95th percentiles, one for each
    outline: a single stray pixel changes the Hausdorff distance, and hardly this one. The outline
    is made of the pixels of a region that share an edge with a pixel outside of it, or lie at the
    edge of the picture. Void pixels belong to no region.

    Example: a square of 3 × 3 pixels, and one that is two pixels to the right. The columns in
    common have distance 0.

    >>> import numpy as np
    >>> labels = np.zeros((7, 9), int)
    >>> labels[2:5, 2:5] = 1
    >>> found = surface_distance(labels, np.roll(labels, 2, axis=1))
    >>> {name: round(value, 3) for name, value in found.items()}
    {'average': 1.0, 'hausdorff': 2.0, 'hausdorff_95': 2.0}

    Args:
        labels: integer or bool array `[height, width]`: 1 in the region, 0 elsewhere, and `void`.
            Of a label map: `np.where(labels == 255, 255, labels == 3)`.
        predictions: integer or bool array of the same shape, of 0 and 1.
        void: label of the pixels that do not count.
        spacing: the side of a pixel, or its height and its width; the distances have its unit.

    Returns:
        A dict of three floats, `"average"`, `"hausdorff"` and `"hausdorff_95"`: NaN if both regions
        are empty, inf if one of them is.

    Raises:
        ValueError: for two shapes, other values than 0, 1 and `void`, and a spacing that is no
            number above 0.

    Reference: Heimann and others, "Comparison and evaluation of methods for liver segmentation from
    CT datasets" (2009), section II; Taha and Hanbury, "Metrics for evaluating 3D medical image
    segmentation" (2015).
    """
    both = distances(labels, predictions, void, spacing)
    if not any(map(len, both)):
        return dict.fromkeys(("average", "hausdorff", "hausdorff_95"), float("nan"))
    each = [one for one in both if len(one)]
    together = np.concatenate(each)
    return {
        "average": float(together.mean()),
        "hausdorff": float(together.max()),
        "hausdorff_95": max(_percentile(one) for one in each),
    }


def _percentile(found):
    # Between two infinite numbers NumPy finds NaN.
    return float(np.percentile(found, 95)) if np.isfinite(found).all() else float("inf")
