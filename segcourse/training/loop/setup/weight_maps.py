"""The weights of the pixels of a training set, as a recipe's function gives them."""

import warnings

import numpy as np

from segcourse.metrics import VOID


def weight_maps(function, labels, void=VOID):
    """What `function` makes of each label map, checked.

    Args:
        function: from an integer label map [height, width] to a float map of that size.
        labels: integer [n, height, width].
        void: label of the pixels that do not count.

    Returns:
        float32 [n, height, width].

    Raises:
        ValueError: if the function raises one, or gives another shape, values that are negative
            or no numbers, or a map of zeros where a label counts; the message says for which image.
    """
    # Only here: the room of the data brings TensorFlow, on another backend too.
    from segcourse.data.progress import bar

    weights = np.empty(labels.shape, "float32")
    for index, one in enumerate(bar(labels, "pixel weights", total=len(labels), leave=False)):
        try:
            with warnings.catch_warnings():
                # One picture may well be all background and void; `fit` looks at them together.
                warnings.filterwarnings("ignore", message="`instances` hold only")
                made = np.asarray(function(one))
        except ValueError as error:
            raise ValueError(
                f"`pixel_weights` must take every label map. Image {index} of `train`: {error}"
            ) from error
        _check(made, one, index, void)
        weights[index] = made
    return weights


def _check(made, labels, index, void):
    shape, counts = labels.shape, (labels != void).any()
    if made.shape != shape or made.dtype.kind not in "fiu":
        received = f"shape={made.shape}, dtype={made.dtype}"
    elif not np.isfinite(made).all() or made.min() < 0 or (counts and not made.any()):
        received = f"values from {made.min():g} to {made.max():g}"
    else:
        return
    raise ValueError(
        "`pixel_weights` must give a float map of the labels' size, finite, not negative and not "
        f"all 0. Received: {received} for image {index} of `train` with labels {shape}"
    )
