"""Is the input pipeline at least 5 times as fast as the training step it feeds?

Both are measured in one run on this machine: batches of `scenes` per second out of
`data.pipeline`, with no, light and full augmentation, and steps per second of a small FCN-8s
on one such batch. Run with:

    python benchmarks/input_pipeline.py [--batch-size 16] [--seconds 5]
"""

import time

import keras
import stored

from segcourse import data, models

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


def add_arguments(parser):
    """Size of a batch, and how long each is measured."""
    parser.add_argument("--batch-size", type=int, default=16)
    parser.add_argument("--seconds", type=float, help="for each measurement")


def measure(options):
    """The step, then the pipeline with more and more to do; the step again, between."""
    seconds = options.seconds or (2.0 if options.quick else 5.0)
    split = data.load("scenes").train
    _ = split.images
    trained = steps(split, options.batch_size, 5)
    for name, augment in AUGMENTATIONS.items():
        step = rate(trained, seconds)
        speed = rate(batches(split, options.batch_size, augment), seconds)
        yield (
            name,
            {
                "batches a second": stored.digits(speed),
                "steps a second": stored.digits(step),
                "times as fast": stored.digits(speed / step),
            },
        )


if __name__ == "__main__":
    stored.command_line(__doc__, measure, add_arguments)
