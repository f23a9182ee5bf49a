"""Claim: a step of training waits for its batch less than 5 % of its time.

    python benchmarks/input_waiting.py

The course's two nets on `scenes`, mirrored and cut at random as the notebooks do it: what
`segcourse.training.benchmark` finds of each, the share of time in which a step waits for its batch
among it.
"""

import keras
import stored

from segcourse import data, models, training


def measure(options):
    """Both nets."""
    dataset = data.load("scenes")
    recipe = training.Recipe(batch_size=8, augment=data.augment(flip=True, crop=(96, 96)))
    nets = {
        "U-Net": lambda: models.unet(
            dataset.num_classes, (None, None, 3), depth=3, base_channels=16
        ),
        "FCN-8s": lambda: models.fcn("small_vgg", dataset.num_classes, stride=8),
    }
    for name, build in nets.items():
        keras.utils.set_random_seed(0)
        seconds = 3 if options.quick else 10
        found = training.benchmark(build(), dataset.train, recipe, seconds=seconds)
        for speed in found.speeds:
            yield (
                f"{name}, {speed.work}",
                {
                    "images a second": stored.digits(speed.images_per_second),
                    "ms a step": stored.digits(1e3 * speed.seconds),
                    "of the measured peak, %": stored.digits(100 * speed.share_of_peak, 3),
                    "waiting, %": stored.digits(100 * speed.waiting_share, 2),
                },
            )


if __name__ == "__main__":
    stored.command_line(__doc__, measure)
