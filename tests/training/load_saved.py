"""In a new process: load saved models after the import that README names, and train them on.

Prints first which classes that import has registered, by their names.

Arguments: pairs of a .keras file and the .npz file for the weights after one more step.
"""

import os
import sys

os.environ["SEGCOURSE_QUIET"] = "1"

import numpy as np


def batch():
    rng = np.random.default_rng(1)
    images = rng.random((2, 16, 16, 3)).astype("float32")
    return images, rng.integers(0, 3, (2, 16, 16)).astype("int32")


def step(model, result):
    """One more step, and all that there is then: weights, and the optimizer's state."""
    import keras

    model.train_on_batch(*batch())
    values = [*model.variables, *model.optimizer.variables]
    # The loss tracker and its like are new in every process.
    arrays = {str(i): keras.ops.convert_to_numpy(value) for i, value in enumerate(values)}
    np.savez(result, **arrays)


def main(*paths):
    import keras

    import segcourse.training  # noqa: F401

    print(*(name for name in keras.saving.get_custom_objects() if name.startswith("segcourse>")))
    for path, result in zip(paths[::2], paths[1::2], strict=True):
        step(keras.saving.load_model(path), result)


if __name__ == "__main__":
    main(*sys.argv[1:])
