"""One training of the project: trained, scored on the validation images, written to the log."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime

import keras
import numpy as np

from segcourse.metrics import confusion_matrix, scores
from segcourse.project.files import model_file
from segcourse.project.log import FINAL
from segcourse.project.recipe_words import recipe_words
from segcourse.texts import _
from segcourse.training import History, fit, predict_labels


@dataclass(frozen=True)
class Run:
    """What one training gave.

    Attributes:
        name: as it was called.
        model: the trained network.
        history: the `History` of its training.
        scores: on the validation images, as of `segcourse.metrics.scores`.
        seconds: of the training, with compilation and validation.

    Example:

    >>> Run("FCN-8s", None, History(), {"mean_iou": 0.5}, seconds=90.0)
    FCN-8s: mean IoU 0.5000 on the validation images, 1.5 minutes
    """

    name: str
    model: keras.Model
    history: History
    scores: dict
    seconds: float

    def __repr__(self):
        text = _("{name}: mean IoU {mean_iou:.4f} on the validation images, {minutes:.1f} minutes")
        mean_iou, minutes = self.scores["mean_iou"], self.seconds / 60
        return text.format(name=self.name, mean_iou=mean_iou, minutes=minutes)


def train(work, entry, model, recipe, val):
    """Train a network of a project, and write the log.

    Args:
        work: the `Project`.
        entry: what the log shall have of it: `kind`, `name` and `note`. A final network is saved.
        model: the network.
        recipe: the `Recipe`.
        val: `Split` to validate on during the training, or None.

    Returns:
        a `Run`.

    Raises:
        ValueError: for what `fit` refuses.
        FloatingPointError: for a training that diverged; this is logged.
    """
    entry = {**entry, **_plan(recipe)}
    start = time.perf_counter()
    try:
        history = fit(model, work.train, val, recipe)
        entry["seconds"] = time.perf_counter() - start
        found = _val_scores(work, model)
    except FloatingPointError as error:
        seconds = entry.get("seconds", time.perf_counter() - start)
        work.log.add({**entry, "seconds": seconds, "failed": " ".join(str(error).split())})
        raise
    if entry["kind"] == FINAL:
        entry |= _saved(model, work.folder)
    iou = map(_plain, found["iou"])
    entry |= {
        "parameters": int(model.count_params()),
        "epochs": len(history.epochs),
        "val_mean_iou": _plain(found["mean_iou"]),
        "val_iou": dict(zip(work.dataset.classes, iou, strict=True)),
    }
    work.log.add(entry)
    return Run(entry["name"], model, history, found, entry["seconds"])


def _plan(recipe):
    """What the log has before the training begins."""
    return {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "recipe": recipe_words(recipe),
        "seed": recipe.seed,
        "minutes": None if recipe.minutes is None else float(recipe.minutes),
    }


def _saved(model, folder):
    """Save a network, and what its file is known by."""
    path = folder / model_file.NAME
    model_file.save(model, path)
    return {
        "model_sha256": model_file.sha256(path),
        "weights_sha256": model_file.weights_digest(model),
    }


def _val_scores(work, model):
    try:
        predictions = predict_labels(model, work.val.images)
    except ValueError as error:
        # `fit` has checked all but this: infinite weights give NaN.
        raise FloatingPointError(str(error)) from error
    return scores(confusion_matrix(work.val.labels, predictions, work.dataset.num_classes))


def _plain(value):
    return None if np.isnan(value) else float(value)
