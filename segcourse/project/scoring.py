"""All scores of a network on a split, and the same in a process of its own.

    python -m segcourse.project.scoring MODEL DATASET [--size HEIGHT WIDTH]

loads the file MODEL, scores the held-back split of DATASET (a name, `folder:PATH`, or an .npz file
of `files/handed_over.py`) and prints one line of JSON: what `score` gives. What is wrong is a line
on stderr, and the exit status is 1.
"""

import argparse
import json
import math
import sys
import warnings

import numpy as np

from segcourse import metrics
from segcourse.models.arguments import keras_model
from segcourse.project.errors.by_size import by_size
from segcourse.project.errors.confusions import confusions
from segcourse.project.errors.near_borders import near_borders
from segcourse.project.files import handed_over, model_file
from segcourse.project.held_back import divide
from segcourse.texts import _
from segcourse.training import predict_labels

# Classes whose objects are counted one by one, by the name of the data set.
THINGS = {"scenes": ("cat", "dog"), "camvid": ("Car", "Pedestrian", "Bicyclist")}
# Smallest segment of a thing that is predicted, in pixels, as in week 7.
MIN_AREA = 20
# Largest distance from a border, in pixels.
NEAR = 2
PANOPTIC_TRUTH, COMPONENTS = "panoptic truth", "connected components"


def score(model, split, dataset_name, classes):
    """Every score of the project for a network on a split.

    Args:
        model: Keras model from images `[b, height, width, channels]`, 0..1, to logits `[b, height,
            width, classes]`.
        split: a `segcourse.data` Split.
        dataset_name: of the set it belongs to; it says which classes are things.
        classes: names of the classes.

    Returns:
        dict of what JSON can hold: `split`, its name; `images`, how many; `size`, their height and
        width; `scores`, a dict of floats from 0 to 1, None where there is nothing to measure:
        `pixel_accuracy`, `mean_accuracy`, `mean_iou`, `frequency_weighted_iou`, `mean_dice`,
        `near_borders` (pixel accuracy within 2 pixels of a border), `boundary_iou`, and `pq`, `sq`
        and `rq`, each with `_all`, `_things` and `_stuff` behind; `iou`, of each class;
        `predicted`, the classes that are predicted anywhere; `confusions` and `by_size`, from
        `segcourse.project.confusions` and `by_size` (of the things; of all classes where there are
        none); `true_segments`, what predicted segments were matched with: `"panoptic truth"`
        or `"connected components"` of the true label maps.

    Raises:
        ValueError: for a model that does not take the images, gives NaN, or another number of
            classes.

    Example:

    >>> import keras
    >>> from segcourse import data
    >>> labels = np.eye(2, 4, dtype="uint8")[None]
    >>> arrays = {"image": np.zeros((1, 2, 4, 3), "uint8"), "label": labels}
    >>> split = data.Split("test", ("a", "b", "c"), 1, lambda n: arrays)
    >>> model = keras.Sequential([keras.Input((None, None, 3)), keras.layers.Identity()])
    >>> result = score(model, split, "mine", split.classes)
    >>> result["scores"]["pixel_accuracy"], result["predicted"]
    (0.75, ['a'])
    """
    keras_model("model", model, runs=True)
    _check_outputs(model, len(classes))
    guesses, labels = predict_labels(model, split.images), split.labels
    if int(guesses.max()) >= len(classes):
        _refuse_outputs(int(guesses.max()) + 1, len(classes))
    matrix = metrics.confusion_matrix(labels, guesses, len(classes))
    found = metrics.scores(matrix)
    quality, true_segments = _panoptic(split, guesses, categories(dataset_name, classes))
    scores = {key: value for key, value in found.items() if key != "iou"}
    scores["mean_dice"] = _mean(_dice(matrix))
    scores["near_borders"] = near_borders(labels, guesses, (NEAR,))[NEAR]
    scores["boundary_iou"] = _boundaries(labels, guesses, len(classes))
    scores |= {
        f"{key}_{group}": quality[group][key]
        for group in ("all", "things", "stuff")
        for key in ("pq", "sq", "rq")
    }
    return {
        "split": split.name,
        "images": len(split),
        "size": [int(side) for side in labels.shape[1:]],
        "scores": {key: _plain(value) for key, value in scores.items()},
        "iou": dict(zip(classes, map(_plain, found["iou"]), strict=True)),
        "predicted": [classes[one] for one in np.flatnonzero(matrix.sum(axis=0))],
        "confusions": [list(one) for one in confusions(matrix, tuple(classes))],
        "by_size": _sizes(labels, guesses, dataset_name, classes),
        "true_segments": true_segments,
    }


def categories(dataset_name, classes):
    """The classes as `segcourse.metrics` has them: `{id: {"name", "isthing"}}`."""
    things = THINGS.get(dataset_name, ())
    return {k: {"name": name, "isthing": int(name in things)} for k, name in enumerate(classes)}


def _check_outputs(model, num_classes):
    shape = getattr(model, "output_shape", None)
    if isinstance(shape, tuple) and len(shape) == 4 and shape[-1] not in (None, num_classes):
        _refuse_outputs(shape[-1], num_classes)


def _refuse_outputs(outputs, num_classes):
    text = _(
        "`model` must give a number for each of the {classes} classes of the data set. "
        "Received: a model of {outputs} classes"
    )
    raise ValueError(text.format(classes=num_classes, outputs=outputs))


def _panoptic(split, guesses, kinds):
    """The panoptic quality, and which true segments it was measured with."""
    quality, true_segments = metrics.PanopticQuality(kinds), COMPONENTS
    for number, (example, guess) in enumerate(zip(split, guesses, strict=True)):
        if "panoptic" in example and "segments_info" in example:
            truth, true_segments = (example["panoptic"], example["segments_info"]), PANOPTIC_TRUTH
        else:
            truth = metrics.from_semantic(example["label"], kinds)
        quality.update(truth, metrics.from_semantic(guess, kinds, MIN_AREA), number)
    return quality.result(), true_segments


def _boundaries(labels, guesses, num_classes):
    """Boundary IoU: the mean over the images that hold a class, of these the mean over classes."""
    means = []
    with warnings.catch_warnings():
        # That an image lacks a class which the network sees in its void is no fault of the mask.
        warnings.simplefilter("ignore", UserWarning)
        for one in range(num_classes):
            masks = np.where(labels == metrics.VOID, labels, labels == one)
            values = [
                metrics.boundary_iou(true, guess)
                for true, guess in zip(masks, guesses == one, strict=True)
                if (true == 1).any() or guess.any()
            ]
            means.append(_mean(values))
    return _mean(means)


def _dice(matrix):
    both = matrix.sum(axis=0) + matrix.sum(axis=1)
    hits = 2.0 * np.diagonal(matrix)
    return np.divide(hits, both, out=np.full(len(matrix), np.nan), where=both > 0)


def _sizes(labels, guesses, dataset_name, classes):
    things = [k for k, one in categories(dataset_name, classes).items() if one["isthing"]]
    found = by_size(labels, guesses, things or range(len(classes)))
    return {name: {key: _plain(value) for key, value in one.items()} for name, one in found.items()}


def _mean(values):
    present = [value for value in values if not math.isnan(value)]
    return float(np.mean(present)) if present else math.nan


def _plain(value):
    """A number as JSON has it: NaN is none."""
    if isinstance(value, int):
        return value
    return None if math.isnan(value) else float(value)


def main(arguments=None):
    """The command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m segcourse.project.scoring")
    parser.add_argument("model", help="a .keras file")
    parser.add_argument("dataset", help="a name, folder:PATH, or an .npz file with one split")
    parser.add_argument("--size", nargs=2, type=int, metavar=("HEIGHT", "WIDTH"))
    options = parser.parse_args(arguments)
    try:
        split, name = _held_back(options.dataset, options.size)
        result = score(model_file.load(options.model), split, name, split.classes)
    except (ValueError, OSError, RuntimeError) as error:  # DataError is a RuntimeError or OSError
        print(" ".join(str(error).split()), file=sys.stderr)
        return 1
    print(json.dumps(result, allow_nan=False))
    return 0


def _held_back(dataset, size):
    """The split to score, and the name of the set it belongs to."""
    if dataset.endswith(".npz"):
        return handed_over.read(dataset)
    from segcourse import data  # TensorFlow reads it

    found = data.load(dataset, size=size)
    return divide(found).held_back, found.name


if __name__ == "__main__":
    sys.exit(main())
