"""Claim: with 32 labelled images, fine-tuning beats training from scratch by 0.05 mean IoU.

    python benchmarks/label_curve.py
    SEGCOURSE_MANUAL_DIR=... python benchmarks/label_curve.py --dataset camvid --images 32

Mean IoU on the validation split after training on 16, 32, 64 and 128 labelled images in four ways
(segcourse/training/transfer.py). A seed decides which images, the first weights and the order; the
four ways of one seed get the same images. Each result is written to benchmarks/label_curve.csv as
it comes, and those that are there are not measured again: the script may be stopped and started.
"""

import argparse
import csv
import datetime
import os
import statistics
import time
from pathlib import Path

import keras
import numpy as np
from tqdm import tqdm

from segcourse import data
from segcourse.training import evaluate, label_curve
from segcourse.training.label_curve import RESULTS, read
from segcourse.training.transfer import STEPS, WAYS

FIELDS = ("dataset", "way", "images", "seed", "mean_iou", "seconds", "date")
SIZES = {"camvid": (96, 128)}


def labelled(split, count, seed):
    """The images and labels that a seed chooses."""
    chosen = np.random.default_rng([seed, 5]).permutation(len(split))[:count]
    return split.images[chosen], split.labels[chosen]


def measure(dataset, way, count, seed, steps):
    """Train and evaluate once: a row of the results."""
    keras.backend.clear_session()
    start = time.perf_counter()
    model = WAYS[way](labelled(dataset.train, count, seed), dataset.num_classes, seed, steps)
    seconds = time.perf_counter() - start
    return {
        "dataset": dataset.name,
        "way": way,
        "images": count,
        "seed": seed,
        "mean_iou": f"{evaluate(model, dataset.val)['mean_iou']:.4f}",
        "seconds": f"{seconds:.1f}",
        "date": datetime.date.today().isoformat(),
    }


def append(path, row):
    """Add a row to the file, which gets its heading first if it is new."""
    new = not path.exists()
    with open(path, "a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        if new:
            writer.writeheader()
        writer.writerow(row)


def show(dataset, path):
    """Print means, and least and largest values, as a table."""
    curve = label_curve(dataset, path)
    numbers = sorted({number for found in curve.values() for number in found})
    print("| way | " + " | ".join(map(str, numbers)) + " |\n" + "|---" * (len(numbers) + 1) + "|")
    for way, found in curve.items():
        cells = [
            f"{statistics.mean(found[n]):.3f} ({min(found[n]):.3f}–{max(found[n]):.3f})"
            if n in found
            else ""
            for n in numbers
        ]
        print(f"| {way} | " + " | ".join(cells) + " |")


def main():
    """Measure what is missing, then print all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dataset", default="scenes", help="scenes or camvid (%(default)s)")
    parser.add_argument("--images", type=int, nargs="+", default=[16, 32, 64, 128])
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--results", type=Path, default=RESULTS, help="the file that is added to")
    parser.add_argument("--minutes", type=float, default=1e9, help="stop after so many")
    parser.add_argument("--steps", type=int, default=STEPS, help="of each run (%(default)s)")
    options = parser.parse_args()
    if options.steps != STEPS and options.results == RESULTS:
        parser.error(f"{RESULTS.name} holds runs of {STEPS} steps: name another file by --results")
    os.environ["SEGCOURSE_QUIET"] = "1"  # one bar for all of it
    dataset = data.load(options.dataset, size=SIZES.get(options.dataset))
    keys = ("dataset", "way", "images", "seed")
    rows = read(options.results) if options.results.exists() else []
    done = {tuple(row[key] for key in keys) for row in rows}
    runs = [
        (way, count, seed)
        for seed in options.seeds
        for count in options.images
        for way in WAYS
        if (options.dataset, way, str(count), str(seed)) not in done
    ]
    start = time.perf_counter()
    with tqdm(runs) as bar:
        for way, count, seed in bar:
            bar.set_description(f"{way}, {count} images, seed {seed}")
            append(options.results, measure(dataset, way, count, seed, options.steps))
            if time.perf_counter() - start > 60 * options.minutes:
                break
    show(options.dataset, options.results)


if __name__ == "__main__":
    main()
