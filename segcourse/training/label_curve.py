"""The measured curve of mean IoU against the number of labelled images. Week 5, section 5."""

import csv
from pathlib import Path

RESULTS = Path(__file__).resolve().parents[2] / "benchmarks" / "label_curve.csv"


def label_curve(dataset="scenes", path=RESULTS):
    """What `benchmarks/label_curve.py` measured, ready for `segcourse.plots.spread`.

    Example:

    >>> curve = label_curve("scenes")
    >>> sorted(curve["fine-tuned"])
    [16, 32, 64, 128]

    Args:
        dataset: name of the data set it was measured on.
        path: the results file; by default the one that comes with the course.

    Returns: dict from a way to a dict from a number of labelled images to the mean IoU, 0 to 1, of
    each seed, in the order of seeds.

    Raises:
        ValueError: if there is no such file, or nothing in it about the data set.
    """
    path = Path(path)
    if not path.is_file():
        raise ValueError(f"`path` must be a results file, such as {RESULTS}. Received: {path}")
    curve = {}
    for row in sorted(read(path), key=lambda row: int(row["seed"])):
        if row["dataset"] == dataset:
            numbers = curve.setdefault(row["way"], {})
            numbers.setdefault(int(row["images"]), []).append(float(row["mean_iou"]))
    if not curve:
        known = sorted({row["dataset"] for row in read(path)})
        raise ValueError(
            f"`dataset` must be one of {', '.join(known) or 'none'}. Received: dataset={dataset!r}"
        )
    return curve


def read(path):
    """The rows of a results file, as dicts of strings."""
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
