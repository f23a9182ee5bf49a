"""Train a model by a recipe."""

from segcourse.models.arguments import keras_model
from segcourse.training.devices.precision import choose_precision, in_precision
from segcourse.training.loop.run import Run
from segcourse.training.loop.setup.setup import make_setup
from segcourse.training.recipes.recipe import Recipe

_DEFAULT_RECIPE = Recipe()


def fit(model, train, val=None, recipe=_DEFAULT_RECIPE, devices=None):
    """Train `model` as `recipe` says.

    The model is compiled anew: loss, optimizer and compiler options come from the recipe and
    the device. Training itself is Keras' own `fit`. The order of the images, the augmentation
    and the dropout depend on `recipe.seed` alone, and the global random state is neither read
    nor changed; the model's first weights are the caller's, so seed those where they are made
    (`keras.utils.set_random_seed`).

    With `recipe.checkpoint`, a file is written after every epoch, in long ones also within, and a
    second call with the same folder goes on after the last step that was written. On a CPU it ends
    with the very weights of a run that was not interrupted, wherever it was killed. Ctrl-C keeps
    the last checkpoint and raises KeyboardInterrupt.

    On several devices each gets a part of every batch, and loss, batch normalisation and scores
    are those of the whole batch, as on one device. (Dropout draws other numbers on TensorFlow.) Of
    a last batch that cannot be shared equally some images are left out.

    Example:

    >>> import os; os.environ["SEGCOURSE_QUIET"] = "1"
    >>> import numpy as np
    >>> images, labels = np.zeros((4, 8, 8, 3), "uint8"), np.zeros((4, 8, 8), "uint8")
    >>> labels[:, :4] = 1
    >>> import keras
    >>> model = keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Conv2D(2, 1)])
    >>> history = fit(model, (images, labels), recipe=Recipe(epochs=2))
    >>> [epoch["epoch"] for epoch in history.epochs]
    [1, 2]

    With a mixed precision (see `Recipe`) the layers that make the logits stay in float32, and so
    does every layer whose policy differs from that of most layers.

    Args:
        model: Keras model from images `[b, height, width, channels]`, 0..1, to logits
            `[b, height, width, classes]`.
        train: a `segcourse.data` Split, or arrays (images, labels).
        val: data of the same kind to validate on after every epoch, or None.
        recipe: a `Recipe`.
        devices: None for the one Keras takes; `"all"` GPUs (CPUs where there is none); or a list
            of names, such as `["gpu:0", "gpu:1"]`. In a job of several JAX processes, `"all"` is
            the devices of all of them.

    Returns:
        a `History`.

    Raises:
        ValueError: for a device that is not there, a batch that cannot be shared by the devices, a
            budget too short for one step, for data that is empty or does not fit the model, for a
            model that does not give logits, for labels to train on that hold void and one class
            (masks of 0 and 255, for instance), for `pixel_weights` that fail or give no
            weights, and for a checkpoint of another model, recipe or training set.
        OSError: if checkpoints or logs cannot be written.
        MemoryError: if the device's memory does not hold a step; the message says what would fit.
        FloatingPointError: if the loss or a weight is no longer a number. The model gets its last
            good weights back: those of the checkpoint, or of the beginning of that epoch.

    Warns:
        UserWarning: for labels, of `train` or `val`, in which less than two classes occur.
    """
    keras_model("model", model, runs=True)
    if not isinstance(recipe, Recipe):
        raise ValueError(f"`recipe` must be a Recipe. Received: {type(recipe).__name__}")
    setup = make_setup(model, train, val, recipe, devices)
    precision = choose_precision(recipe)
    # On several devices `setup.model` is a copy, and TensorFlow validates the model itself.
    with in_precision(setup.model, precision), in_precision(setup.original, precision):
        return Run(setup).go()
