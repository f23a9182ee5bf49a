"""Claim: a learned enlargement brings FCN-8s about half a point over a fixed bilinear one (week 4).

    python benchmarks/learned_enlargement.py [--seeds 3]

Trains FCN-8s on `scenes` with the recipe of week 4, once with fixed bilinear kernels and once with
kernels that start bilinear and are trained, for each seed: the mean IoU on val, in percent, and
how far the trained kernels have moved from where they started.
"""

import keras
import numpy as np
import stored

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


def add_arguments(parser):
    """How many seeds."""
    parser.add_argument("--seeds", type=int, default=3)


def measure(options):
    """A row for each seed, then the means."""
    dataset = data.load("scenes")
    heads, rows = ("fixed", "learned", "moved, %"), []
    for seed in range(options.seeds):
        (fixed, _), (learned, moved) = (run(way, seed, dataset) for way in WAYS)
        rows.append((100 * fixed, 100 * learned, 100 * moved))
        yield f"seed {seed}", {head: round(x, 1) for head, x in zip(heads, rows[-1], strict=True)}
    means = np.mean(rows, axis=0)
    yield "mean", {head: round(float(x), 1) for head, x in zip(heads, means, strict=True)}


if __name__ == "__main__":
    stored.command_line(__doc__, measure, add_arguments)
