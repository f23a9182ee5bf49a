"""Claim: a learned enlargement brings FCN-8s about half a point over a fixed bilinear one (week 4).

    python benchmarks/learned_enlargement.py [--seeds 3]

Trains FCN-8s on `scenes` with the recipe of week 4, once with fixed bilinear kernels and once with
kernels that start bilinear and are trained, for each seed. Prints the mean IoU on val, in percent,
and how far the trained kernels have moved from where they started.
"""

import argparse

import keras
import numpy as np

from segcourse import data, models, training

WAYS = ("fixed", "learned")


def kernels(model):
    """All weights of the layers that enlarge, in one row."""
    layers = (one for one in model.layers if "Transpose" in type(one).__name__)
    return np.concatenate([np.ravel(w) for one in layers for w in one.get_weights()])


def run(upsampling, seed, dataset):
    """(mean IoU on val, distance of the enlarging kernels from their start in shares of it)."""
    keras.utils.set_random_seed(seed)
    model = models.fcn("small_vgg", dataset.num_classes, 8, upsampling=upsampling)
    before = kernels(model)
    recipe = training.Recipe(
        optimizer="adamw", learning_rate=3e-3, schedule="cosine", weight_decay=1e-4, epochs=5,
        batch_size=16, seed=seed, augment=data.augment(flip=True),
    )  # fmt: skip
    training.fit(model, dataset.train, None, recipe)
    moved = np.linalg.norm(kernels(model) - before) / np.linalg.norm(before)
    return training.evaluate(model, dataset.val)["mean_iou"], moved


def main():
    """A row for each seed, then the means."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=3)
    options = parser.parse_args()
    dataset = data.load("scenes")
    print("seed   fixed  learned  moved")
    rows = []
    for seed in range(options.seeds):
        (fixed, _), (learned, moved) = (run(way, seed, dataset) for way in WAYS)
        rows.append((100 * fixed, 100 * learned, 100 * moved))
        print("{:4}  {:5.1f}    {:5.1f}  {:4.1f} %".format(seed, *rows[-1]), flush=True)
    print("mean  {:5.1f}    {:5.1f}  {:4.1f} %".format(*np.mean(rows, axis=0)))


if __name__ == "__main__":
    main()
