"""The final project: trials, the final training, the look at the held-back images, the card."""

import platform
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version

import keras
import numpy as np

from segcourse.metrics import confusion_matrix, scores
from segcourse.models.arguments import keras_model
from segcourse.project import card, report, saved
from segcourse.project.bar import bar, verdict
from segcourse.project.budget import budget
from segcourse.project.files import model_file
from segcourse.project.files.place import Place, public_name
from segcourse.project.held_back import divide
from segcourse.project.log import FINAL, TRIAL, Log
from segcourse.project.log import NAME as LOG
from segcourse.project.looks import NAME as LOOKS
from segcourse.project.looks import Looks
from segcourse.project.recipe_words import recipe_words
from segcourse.project.scoring import score
from segcourse.texts import _
from segcourse.training import History, Recipe, device, fit, predict_labels

_LONGEST_NAME = 60


@dataclass(frozen=True)
class Run:
    """What one training gave.

    Attributes:
        name: as it was called.
        model: the trained network.
        history: the `History` of its training.
        scores: on the validation images, as of `segcourse.metrics.scores`.
        seconds: of the training, with compilation and validation.
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


class Project:
    """The project on one data set: what was tried, what came of it, and where it is kept.

    Held back is the split `test` of the set, or `val` where there is no `test`; then the last fifth
    of `train` takes the place of `val` (see `repr`). The project is kept in `my_project/NAME OF THE
    SET/` of the working directory, or in `$SEGCOURSE_PROJECT_DIR/NAME OF THE SET`; with
    `SEGCOURSE_QUIET=1` and no such folder, in a temporary one.

    Args:
        dataset: a `segcourse.data` Dataset.

    Attributes:
        dataset: the set.
        train: `Split` to train on.
        val: `Split` to choose by.
        minutes: budget of the final training: 2, on camvid 10, or `$SEGCOURSE_PROJECT_MINUTES`.
        folder: `pathlib.Path` of the folder.

    Raises:
        ValueError: for what is no Dataset, for a set without the splits, for a
            `SEGCOURSE_PROJECT_MINUTES` that is no number above 0.
        OSError: if nothing can be written to the folder.

    Example:

    >>> import os, tempfile; os.environ["SEGCOURSE_QUIET"] = "1"
    >>> from segcourse import data, project
    >>> work = project.Project(data.load("scenes"))
    >>> work.minutes, len(work.train), len(work.val), len(work.log)
    (2.0, 512, 128, 0)
    """

    def __init__(self, dataset):
        parts = divide(dataset)
        self.dataset = dataset
        self.train, self.val = parts.train, parts.val
        self.minutes = budget(dataset.name)
        self._held_back, self._reason = parts.held_back, parts.reason
        self._place = Place(dataset.name)

    @property
    def folder(self):
        return self._place.folder

    @property
    def log(self):
        """The `Log` of all trainings."""
        return Log(self.folder / LOG, bar(self.dataset.name))

    def try_out(self, name, model, recipe, note=""):
        """Train a network as a trial, score it on the validation images, and log it.

        Args:
            name: what it is called in the log.
            model: the Keras model; it is trained.
            recipe: the `Recipe`; its `minutes` or `epochs` are those of the trial.
            note: one sentence: why it was tried.

        Returns:
            a `Run`.

        Raises:
            ValueError: for what `fit` refuses; nothing is logged.
            FloatingPointError: if the training diverged; that is logged.
        """
        name, note = _line("name", name), _line("note", note, empty=True)
        keras_model("model", model, runs=True)
        _check_recipe(recipe)
        return self._train(TRIAL, name, note, model, recipe, self.val)

    def train_final(self, name, build, recipe, note=""):
        """Train the final network for `minutes`, log it and save it as `model.keras`.

        It begins anew, with the seed of the recipe: a network that was trained in trials before has
        had more time than the budget. It is validated during the training only if the recipe has
        `patience`, since that takes time from the budget, too.

        Args:
            name: what it is called in the log and the report.
            build: function without arguments that gives the untrained Keras model.
            recipe: the `Recipe`; its `epochs` and `minutes` give way to the budget.
            note: one sentence.

        Returns:
            a `Run`.

        Raises:
            ValueError: for a budget in which not one step fits, and for what `fit` refuses; an
                older `model.keras` stays.
            FloatingPointError: if the training diverged; that is logged.
            OSError: if the file cannot be written.
        """
        name, note = _line("name", name), _line("note", note, empty=True)
        if not callable(build) or isinstance(build, keras.Model):
            raise ValueError(
                "`build` must be a function without arguments that gives a new model, such as "
                f"lambda: models.unet(5). Received: build={build!r}"
            )
        _check_recipe(recipe)
        recipe = replace(recipe, minutes=self.minutes)
        keras.utils.set_random_seed(recipe.seed)
        model = keras_model("build()", build(), runs=True)
        val = self.val if recipe.patience is not None else None
        return self._train(FINAL, name, note, model, recipe, val)

    def report(self, model):
        """The look: score the network on the held-back images, and write `report.json`.

        Each call counts as a look, in `looks.json`.

        Args:
            model: the network of `train_final`, or what its `model.keras` gives when it is loaded.

        Returns:
            a `Report`; printed, it is a table.

        Raises:
            ValueError: for another network than the one in `model.keras`, and one that cannot be
                scored; this is no look.
            OSError: if a file cannot be written.
        """
        keras_model("model", model, runs=True)
        entry, digest = self._final_of(model)
        held = score(model, self._held_back, self.dataset.name, self.dataset.classes)
        mean_iou = held["scores"]["mean_iou"]
        looks = Looks(self.folder / LOOKS).add(digest, mean_iou)
        threshold = bar(self.dataset.name)
        data = {
            "schema": report.SCHEMA,
            "dataset": public_name(self.dataset.name),
            "classes": list(self.dataset.classes),
            "minutes": entry["minutes"],
            "trained_seconds": entry["seconds"],
            "name": entry["name"],
            "parameters": entry["parameters"],
            "seed": entry["seed"],
            "recipe": entry["recipe"],
            "true_segments": held.pop("true_segments"),
            "held_back": held,
            "val_mean_iou": entry["val_mean_iou"],
            "trials": len(self.log),
            "looks": looks,
            "model": model_file.NAME,
            "model_sha256": digest,
            "verdict": verdict(self.dataset.name, mean_iou, entry["minutes"]),
            "threshold": threshold and {
                "passed": threshold.passed,
                "distinction": threshold.distinction,
                "minutes": threshold.minutes,
            },
            "versions": _versions(),
            "backend": keras.config.backend(),
            "device": str(device()),
        }  # fmt: skip
        report.write(data, self.folder)
        return report.Report(data)

    def write_card(self, report, purpose="", limits=""):
        """Write the model card, `model_card.md`, from the report, the log and two sentences.

        Args:
            report: what `work.report` gave.
            purpose: what the network is for, in a student's words.
            limits: where it fails, and what it must not be used for.

        Returns:
            a `Card`; a notebook shows it as it is read.

        Raises:
            ValueError: for what is no report, and for sentences that are no text.
            OSError: if it cannot be written.
        """
        return card.write(report, self.log, self.dataset, self.folder, purpose, limits)

    def check_saved(self):
        """Have another process load `model.keras` and score it on the held-back images.

        It counts as no look: nobody sees the scores, only whether they are those of the report.

        Returns:
            a `Saved`; printed, it is one sentence. `saved.same` is True or False.

        Raises:
            ValueError: there is no report yet, or it is damaged.
        """
        return saved.check(self.folder, self._held_back, self.dataset.name)

    def __repr__(self):
        text = _(
            "Project on {dataset}: {train} images to train on, {val} to choose by, {held} held "
            "back. {reason} The final training has {minutes:g} minutes. It is kept in {place}."
        )
        return text.format(
            dataset=public_name(self.dataset.name),
            train=len(self.train),
            val=len(self.val),
            held=len(self._held_back),
            reason=self._reason,
            minutes=self.minutes,
            place=self._place.words,
        )

    def _train(self, kind, name, note, model, recipe, val):
        """Train, score on the validation images, save a final network, and write the log."""
        entry = {
            "when": datetime.now(UTC).isoformat(timespec="seconds"),
            "kind": kind,
            "name": name,
            "note": note,
            "parameters": int(model.count_params()),
            "recipe": recipe_words(recipe),
            "seed": recipe.seed,
            "minutes": None if recipe.minutes is None else float(recipe.minutes),
        }
        start = time.perf_counter()
        try:
            history = fit(model, self.train, val, recipe)
        except FloatingPointError as error:
            failed = " ".join(str(error).split())
            self.log.add({**entry, "seconds": time.perf_counter() - start, "failed": failed})
            raise
        seconds = time.perf_counter() - start
        found = self._val_scores(model)
        iou = dict(zip(self.dataset.classes, map(_plain, found["iou"]), strict=True))
        entry |= {
            "seconds": seconds,
            "epochs": len(history.epochs),
            "val_mean_iou": _plain(found["mean_iou"]),
            "val_iou": iou,
        }
        if kind == FINAL:
            path = self.folder / model_file.NAME
            model_file.save(model, path)
            entry |= {
                "model_sha256": model_file.sha256(path),
                "weights_sha256": model_file.weights_digest(model),
            }
        self.log.add(entry)
        return Run(name, model, history, found, seconds)

    def _val_scores(self, model):
        predictions = predict_labels(model, self.val.images)
        return scores(confusion_matrix(self.val.labels, predictions, self.dataset.num_classes))

    def _final_of(self, model):
        """The log's entry of the final training of a network, and its file's SHA-256.

        Raises:
            ValueError: the file is not there or belongs to another network.
        """
        path = self.folder / model_file.NAME
        if not path.is_file():
            text = _("There is no {file} yet: call work.train_final(name, build, recipe) first.")
            raise ValueError(text.format(file=path.name))
        file_digest, weights = model_file.sha256(path), model_file.weights_digest(model)
        entries = [one for one in self.log if one["kind"] == FINAL]
        saved_ones = [one for one in entries if one.get("model_sha256") == file_digest]
        if not saved_ones:
            text = _(
                "{file} is not what work.train_final saved, by its SHA-256: it was replaced, or "
                "its line in {log} is damaged. Call work.train_final once more."
            )
            raise ValueError(text.format(file=path.name, log=LOG))
        if saved_ones[-1].get("weights_sha256") != weights:
            text = _(
                "`model` must be the network in {file}, which work.train_final saved: its "
                "run.model, not trained further. Received: {name}, of other weights"
            )
            raise ValueError(text.format(file=path.name, name=repr(model.name)))
        return saved_ones[-1], file_digest


def _check_recipe(recipe):
    if not isinstance(recipe, Recipe):
        raise ValueError(f"`recipe` must be a Recipe. Received: {type(recipe).__name__}")


def _line(name, value, empty=False):
    """A text as one line."""
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if not isinstance(value, str) or not (text or empty):
        raise ValueError(f"`{name}` must be a text. Received: {name}={value!r}")
    if name == "name" and len(text) > _LONGEST_NAME:
        raise ValueError(
            f"`name` must have at most {_LONGEST_NAME} letters. Received: {len(text)} letters"
        )
    return text


def _plain(value):
    return None if np.isnan(value) else float(value)


def _versions():
    """Versions of what a network depends on, by name."""
    packages = ("keras", keras.config.backend(), "numpy", "segcourse")
    found = {"python": platform.python_version()}
    for package in packages:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = _checkout_version() if package == "segcourse" else "unknown"
    return found


def _checkout_version():
    """The version of a checkout that is run without being installed."""
    import tomllib
    from pathlib import Path

    project = Path(__file__).resolve().parents[2] / "pyproject.toml"
    try:
        return tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"]
    except (OSError, KeyError, ValueError):
        return "unknown"
