"""Claim: week 2's table of what a stride costs on CamVid before any network is trained.

    SEGCOURSE_MANUAL_DIR=... python benchmarks/stride_cost.py [camvid | scenes]

The true label maps of the validation split, in their own size, are shrunk by each stride, enlarged
again, and compared with themselves, by the functions of the exercises 2.3 and 2.4.
"""

import numpy as np
import stored

from segcourse import data, metrics
from segcourse.exercises.judging import registry

STRIDES = (128, 64, 32, 16, 8, 4)
resize = registry.find("2.3").right.build()
resize_mask = registry.find("2.4").right.build()


def down_and_up(labels, stride, num_classes):
    """One label for each block, then bilinear interpolation of the one-hot maps."""
    height, width = labels.shape
    rows, columns = (max(1, round(side / stride)) for side in labels.shape)
    coarse = resize_mask(data.without_void(labels), rows, columns)
    return resize(np.eye(num_classes, dtype="float32")[coarse], height, width).argmax(axis=-1)


def mean_iou(dataset, stride):
    """Mean IoU of the validation split against itself, in percent."""
    n = dataset.num_classes
    matrix = sum(
        metrics.confusion_matrix(labels, down_and_up(labels, stride, n), n)
        for labels in dataset.val.labels
    )
    return 100 * metrics.scores(matrix)["mean_iou"]


def add_arguments(parser):
    """Which data set."""
    parser.add_argument("dataset", nargs="?", default="camvid", choices=("camvid", "scenes"))


def measure(options):
    """A row for each stride."""
    chosen = data.load(options.dataset)
    for step in STRIDES:
        yield f"{options.dataset}, stride {step}", {"mean IoU, %": round(mean_iou(chosen, step), 1)}


if __name__ == "__main__":
    stored.command_line(__doc__, measure, add_arguments)
