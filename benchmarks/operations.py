"""Claims of sizes and counts: operations of two backbones, a loop in Python, space on the disk.

    python benchmarks/operations.py

VGG-16's operations in those of `small_vgg` (week 5); a bilinear resize pixel by pixel in Python
against the same on arrays, by the reference solutions of the exercises 2.2 and 2.3 (week 2); what
the environment that this runs in takes on the disk (README.md), and what the notebooks take.
"""

import sys
from pathlib import Path

import numpy as np
import stored
import turns

from segcourse import models, training
from segcourse.exercises.judging import registry


def megabytes(folder, pattern="*"):
    """What the files of a folder take, in millions of bytes."""
    paths = (path for path in Path(folder).rglob(pattern) if path.is_file())
    return stored.digits(sum(path.stat().st_size for path in paths) / 1e6, 3)


def loops(sample, side=128):
    """Bilinear resize to twice the side, a call of `sample` for each pixel."""

    def resize(image):
        places = (np.arange(side) + 0.5) * image.shape[0] / side - 0.5
        return np.array([[sample(image, y, x) for x in places] for y in places])

    return resize


def measure(options):
    """Counts first, then the loop, then the disk."""
    counts = []
    for backbone in ("small_vgg", "vgg16"):
        with models.without_weights():
            network = models.fcn(backbone, 5, stride=8)
        counts.append(training.count_flops(network, (128, 128, 3)).inference)
    yield "VGG-16 and small_vgg", {"times the operations": stored.digits(counts[1] / counts[0], 3)}
    image = np.random.default_rng(0).random((64, 64, 3))
    resize = registry.find("2.3").right.build()
    works = {
        "arrays": lambda: resize(image, 128, 128),
        "loop": lambda: slow(image),
    }
    slow = loops(registry.find("2.2").right.build())
    assert np.allclose(works["arrays"](), works["loop"](), atol=1e-5)
    times = turns.in_turns(works, 15)
    yield "resize by a loop in Python", turns.against(times["loop"], times["arrays"])
    yield "the environment", {"MB": megabytes(sys.prefix)}
    yield "notebooks/", {"MB": megabytes(stored.ROOT / "notebooks", "*.ipynb")}


if __name__ == "__main__":
    stored.command_line(__doc__, measure)
