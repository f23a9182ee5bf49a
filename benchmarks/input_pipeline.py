"""Is the input pipeline at least 5 times as fast as the training step it feeds?

Both are measured in one run on this machine: batches of `scenes` per second out of
`data.pipeline`, with no, light and full augmentation, and steps per second of a small FCN-8s
on one such batch. Run with:

    python3 benchmarks/input_pipeline.py [--batch-size 16] [--seconds 5]
"""

import argparse
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import keras  # noqa: E402

from segcourse import data, models  # noqa: E402

AUGMENTATIONS = {
    "none": None,
    "flip": data.augment(),
    "flip, colour": data.augment(color=0.2),
    "flip, zoom, crop, colour": data.augment(crop=(128, 128), scale=(0.75, 1.5), color=0.2),
}


def rate(endless, seconds):
    """How many items a second `endless` gives, after a first few."""
    for _ in range(5):
        next(endless)
    count, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        next(endless)
        count += 1
    return count / (time.perf_counter() - start)


def batches(split, batch_size, augment):
    epoch = 0
    while True:
        yield from data.pipeline(split, batch_size, shuffle=True, augment=augment, epoch=epoch)
        epoch += 1


def steps(split, batch_size, num_classes):
    model = models.fcn("small_vgg", num_classes, stride=8)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=255)
    model.compile(keras.optimizers.AdamW(1e-3), loss)
    images, labels = next(batches(split, batch_size, None))
    while True:
        yield model.train_on_batch(images, labels)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--batch-size", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=5.0, help="for each measurement")
    options = parser.parse_args()
    split = data.load("scenes").train
    _ = split.images
    step = rate(steps(split, options.batch_size, 5), options.seconds)
    print(f"training step, small FCN-8s, batch {options.batch_size}: {step:8.1f} /s")
    slowest = None
    for name, augment in AUGMENTATIONS.items():
        speed = rate(batches(split, options.batch_size, augment), options.seconds)
        slowest = min(speed, slowest or speed)
        print(f"pipeline, augmentation {name + ':':26s} {speed:8.1f} /s  {speed / step:6.1f} times")
    verdict = "at least" if slowest >= 5 * step else "NOT"
    print(f"{verdict} 5 times as fast as the step in every case")
    return 0 if slowest >= 5 * step else 1


if __name__ == "__main__":
    sys.exit(main())
