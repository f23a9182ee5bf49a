"""How the cost of four things grows with their work: pixels, and cells of a notebook.

    python benchmarks/growth.py [--what tiling] [--quick]

Counting a confusion matrix and panoptic quality on square maps, prediction in tiles of square
pictures (each in turns with what it is held against, where there is something), and
`pytest --nbval` on notebooks of so many one-line cells, which is what a cell costs beside its own
computing. Seconds are the processor's, with those of the processes that were started: other work
beside changes them little. README.md draws a plot of each, and tells by which power of the work the
cost grows over its larger half: 1 is a cost in proportion to the work.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import numpy as np
import stored
import turns

SIDES = (128, 256, 512, 1024, 2048, 4096)
PICTURES = (512, 1024, 2048, 4096, 8192)
CELLS = (1, 10, 50, 200)
CLASSES = 21


def blocks(rng, side, most, block=16):
    """A map of blocks of one number each."""
    return rng.integers(0, most, (side // block,) * 2).repeat(block, 0).repeat(block, 1)


def confusion(quick):
    """8-bit label maps of 21 classes, seven of ten pixels right; against Keras' MeanIoU."""
    import keras

    from segcourse.metrics import confusion_matrix

    rng = np.random.default_rng(0)
    for side in SIDES[: 5 if quick else None]:
        labels = blocks(rng, side, CLASSES).astype("uint8")
        predictions = np.where(rng.random(labels.shape) < 0.7, labels, 20 - labels).astype("uint8")
        theirs = keras.metrics.MeanIoU(CLASSES, ignore_class=255)
        works = {
            "confusion_matrix": lambda a=labels, b=predictions: confusion_matrix(a, b, CLASSES),
            "keras.metrics.MeanIoU": lambda a=labels, b=predictions, t=theirs: t.update_state(a, b),
        }
        yield (
            f"{side}²",
            side * side,
            turns.in_turns(works, 3 if quick else 5, clock=time.process_time),
        )


def panoptic(quick):
    """Maps of 100 coherent segments; against the two `np.unique` of COCO's panopticapi."""
    from panoptic import CATEGORIES, coherent, pair, two_uniques

    from segcourse.metrics import panoptic_quality

    rng = np.random.default_rng(0)
    for side in SIDES[: 5 if quick else None]:
        true, pred = pair(rng, coherent, 1 << 24, (side, side))
        works = {
            "panoptic_quality": lambda a=true, b=pred: panoptic_quality(a, b, CATEGORIES),
            "two np.unique": lambda a=true, b=pred: two_uniques(a[0], b[0]),
        }
        yield (
            f"{side}²",
            side * side,
            turns.in_turns(works, 3 if quick else 5, clock=time.process_time),
        )


def tiling(quick):
    """A small U-Net without padding, tiles of 284×284."""
    import keras

    from segcourse.models import overlap_tile_predict, unet

    keras.utils.set_random_seed(0)
    model = unet(2, (None, None, 1), depth=3, base_channels=8, padding="valid")
    rng = np.random.default_rng(0)
    for side in PICTURES[: 3 if quick else None]:
        picture = rng.random((side, side, 1), "float32")
        works = {"overlap_tile_predict": lambda a=picture: overlap_tile_predict(model, a, 284)}
        yield (
            f"{side}²",
            side * side,
            turns.in_turns(works, 2, warm=side == PICTURES[0], clock=time.process_time),
        )


def processor():
    """Seconds of the processor so far, in this process and in those that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def nbval(quick):
    """Notebooks of one-line cells through `pytest --nbval`, its start included."""
    with tempfile.TemporaryDirectory() as home:
        for count in CELLS:
            notebook = nbformat.v4.new_notebook()
            notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
            notebook.cells = [nbformat.v4.new_code_cell(f"x = {k}") for k in range(count)]
            path = Path(home) / f"cells{count}.ipynb"
            nbformat.write(notebook, path)
            options = ["--nbval", "-q", "-p", "no:cacheprovider", "--rootdir", home]
            command = [sys.executable, "-m", "pytest", *options, str(path)]
            seconds = []
            for _ in range(1 if quick else 3):
                start = processor()
                subprocess.run(command, check=True, cwd=home, stdout=subprocess.DEVNULL)
                seconds.append(processor() - start)
            yield f"{count} cells", count, {"pytest --nbval": seconds}


WHAT = {"confusion": confusion, "panoptic": panoptic, "tiling": tiling, "nbval": nbval}


def add_arguments(parser):
    """Which of them."""
    parser.add_argument("--what", nargs="+", choices=WHAT, default=list(WHAT))


def measure(options):
    """A row for each amount of work and each contestant."""
    for what in options.what:
        for size, work, times in WHAT[what](options.quick):
            for name, seconds in times.items():
                row = {
                    "of": what,
                    "curve": name,
                    "work": work,
                    "processor seconds": stored.spread(seconds),
                }
                yield f"{what}, {name}, {size}", row


if __name__ == "__main__":
    stored.command_line(__doc__, measure, add_arguments)
