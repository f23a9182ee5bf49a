"""The final project: trials, the final training, the look at the held-back images, the card."""

from dataclasses import replace

import keras

from segcourse.models.arguments import keras_model
from segcourse.project import card, report, saved
from segcourse.project.bar import bar, verdict
from segcourse.project.budget import VARIABLE, budget
from segcourse.project.files import model_file
from segcourse.project.files.foreign_parts import foreign_parts
from segcourse.project.files.place import Place, public_name
from segcourse.project.files.versions import versions
from segcourse.project.held_back import divide
from segcourse.project.log import FINAL, TRIAL, Log
from segcourse.project.log import NAME as LOG
from segcourse.project.looks import NAME as LOOKS
from segcourse.project.looks import Looks
from segcourse.project.run import Run, train
from segcourse.project.scoring import score
from segcourse.texts import _
from segcourse.training import Recipe, device

_LONGEST_NAME = 60
# What a report takes from the log.
_NEEDED = {"minutes", "seconds", "parameters", "seed", "recipe", "model_sha256", "weights_sha256"}


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
        entry = _entry(TRIAL, name, note)
        keras_model("model", model, runs=True)
        _check_recipe(recipe)
        return train(self, entry, model, recipe, self.val)

    def train_final(self, name, build, recipe, note=""):
        """Train the final network for `minutes`, log it and save it as `model.keras`.

        It begins anew, with the seed of the recipe: a network that was trained in trials before has
        had more time than the budget. It is validated during the training only if the recipe has
        `patience`, since that takes time from the budget, too.

        Args:
            name: what it is called in the log and the report.
            build: function without arguments that gives the untrained Keras model.
            recipe: the `Recipe`; its `epochs` and `minutes` give way to the budget, and a
                `checkpoint` is left out.
            note: one sentence.

        Returns:
            a `Run`.

        Raises:
            ValueError: for a budget in which not one step fits, a network with layers that another
                process could not load, and what `fit` refuses; an older `model.keras` stays.
            FloatingPointError: if the training diverged; that is logged.
            OSError: if the file cannot be written.
        """
        entry = _entry(FINAL, name, note)
        if not callable(build) or isinstance(build, keras.Model):
            raise ValueError(
                "`build` must be a function without arguments that gives a new model, such as "
                f"lambda: models.unet(5). Received: build={build!r}"
            )
        _check_recipe(recipe)
        # What an older run had trained before would come on top of the budget.
        recipe = replace(recipe, minutes=self.minutes, checkpoint=None)
        keras.utils.set_random_seed(recipe.seed)
        model = keras_model("build()", build(), runs=True)
        _check_parts(model)
        val = self.val if recipe.patience is not None else None
        try:
            return train(self, entry, model, recipe, val)
        except ValueError as error:
            if not str(error).startswith("`minutes`"):
                raise
            text = _(
                "The budget of {minutes:g} minutes ended before one step of the training was made. "
                "Nothing was saved. Take a smaller network or a smaller batch, or give more time: "
                "{variable}. ({said})"
            )
            said = text.format(minutes=self.minutes, variable=VARIABLE, said=error)
            raise ValueError(said) from error

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
        if isinstance(model, Run):
            text = _("`model` must be a network. Received: {run}. Did you mean final.model?")
            raise ValueError(text.format(run=type(model).__name__))
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
            "versions": versions(),
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
            "back. {reason} Budget of the final training: {minutes:g} min. It is kept in {place}."
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
        entries = [one for one in self.log if one["kind"] == FINAL and one.keys() >= _NEEDED]
        saved_ones = [one for one in entries if one["model_sha256"] == file_digest]
        if not saved_ones:
            text = _(
                "{file} is not what work.train_final saved, by its SHA-256: it was replaced, or "
                "its line in {log} is damaged. Call work.train_final once more."
            )
            raise ValueError(text.format(file=path.name, log=LOG))
        if saved_ones[-1]["weights_sha256"] != weights:
            text = _(
                "`model` must be the network in {file}, which work.train_final saved: its "
                "run.model, not trained further. Received: {name}, of other weights"
            )
            raise ValueError(text.format(file=path.name, name=repr(model.name)))
        return saved_ones[-1], file_digest


def _check_recipe(recipe):
    if not isinstance(recipe, Recipe):
        raise ValueError(f"`recipe` must be a Recipe. Received: {type(recipe).__name__}")


def _entry(kind, name, note):
    """The beginning of an entry of the log."""
    return {"kind": kind, "name": _line("name", name), "note": _line("note", note, empty=True)}


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


def _check_parts(model):
    """Refuse a network that another process could not load, before it is trained for minutes."""
    foreign = foreign_parts(model)
    if foreign:
        text = _(
            "`build` must give a network of the layers of Keras and segcourse, or another process "
            "cannot load it. Received: one with {names}"
        )
        raise ValueError(text.format(names=", ".join(foreign)))
