"""Claim: a step of training waits for its batch less than 5 % of its time.

    python benchmarks/input_waiting.py

The course's two nets on `scenes`, mirrored and cut at random as the notebooks do it. Prints what
`segcourse.training.benchmark` finds of each: speed, memory, share of the processor's measured peak,
and the share of time in which a step waits for its batch.
"""

import keras

from segcourse import data, models, training


def main():
    """Measure both nets."""
    dataset = data.load("scenes")
    recipe = training.Recipe(batch_size=8, augment=data.augment(flip=True, crop=(96, 96)))
    nets = (
        lambda: models.unet(dataset.num_classes, (None, None, 3), depth=3, base_channels=16),
        lambda: models.fcn("small_vgg", dataset.num_classes, stride=8),
    )
    for build in nets:
        keras.utils.set_random_seed(0)
        print(training.benchmark(build(), dataset.train, recipe, seconds=10))
        print()


if __name__ == "__main__":
    main()
