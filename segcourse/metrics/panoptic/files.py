"""Panoptic quality of two files in COCO's panoptic format."""

from segcourse.metrics.panoptic.format import read_panoptic
from segcourse.metrics.panoptic.quality import PanopticQuality


def panoptic_quality_of_files(true_path, pred_path, categories=None):
    """Score a file of predictions against a file of truth, image by image.

    What `pq_compute` of COCO's panopticapi does; one pair of maps is in memory at a time.

    Example:

    >>> import tempfile
    >>> import numpy as np
    >>> from segcourse.metrics import write_panoptic
    >>> categories = {1: {"name": "sky", "isthing": 0}}
    >>> true = np.array([[9, 9, 9, 0]]), [{"id": 9, "category_id": 1, "iscrowd": 0}]
    >>> pred = np.array([[4, 4, 0, 4]]), [{"id": 4, "category_id": 1, "iscrowd": 0}]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_panoptic(f"{folder}/true.json", {139: true}, categories)
    ...     write_panoptic(f"{folder}/pred.json", {139: pred}, categories)
    ...     result = panoptic_quality_of_files(f"{folder}/true.json", f"{folder}/pred.json")
    >>> round(result["all"]["sq"], 3)  # 2 of 3 pixels: the one on void does not count
    0.667

    Args:
        true_path: JSON file of the truth, its PNGs in the folder of the same name.
        pred_path: the same for the predictions. Images that are not in the truth are not read.
        categories: dict `{id: {"name", "isthing"}}`; by default those of the truth's file.

    Returns:
        what `panoptic_quality` returns.

    Raises:
        ValueError: for an image without a prediction, and whatever `read_panoptic` and
            `match_segments` find wrong; names the image.
    """
    true, pred = read_panoptic(true_path), read_panoptic(pred_path)
    categories = true.categories if categories is None else categories
    if categories is None:
        raise ValueError(
            f"`categories` must be given where the truth has none. Received: {true_path}"
        )
    missing = [image_id for image_id in true if image_id not in pred]
    if missing:
        raise ValueError(
            "`pred_path` must hold a prediction for every image of `true_path`. "
            f"Missing: {len(missing)}, the first is image {missing[0]!r}"
        )
    quality = PanopticQuality(categories)
    for image_id in true:
        quality.update(true[image_id], pred[image_id], image_id)
    return quality.result()
