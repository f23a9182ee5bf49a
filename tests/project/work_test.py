import json
import math

import keras
import numpy as np
import pytest

from segcourse.project import Project
from segcourse.project import run as run_module
from segcourse.project import scoring as scoring_module
from segcourse.project.bar import THRESHOLDS, Bar
from segcourse.project.files import model_file
from segcourse.training import History, Recipe, fit
from tests.project import tiny


@pytest.fixture
def work():
    return Project(tiny.dataset())


@pytest.fixture
def untrained(monkeypatch):
    """No time for training: networks stay as they are built."""
    monkeypatch.setattr(run_module, "fit", tiny.no_training)


def final(work, build=tiny.perfect, **changes):
    return work.train_final("final", build, tiny.recipe(**changes))


def test_a_new_project(work, tmp_path):
    assert work.folder == tmp_path / "tiny" and work.folder.is_dir()
    assert work.minutes == 2.0 and len(work.log) == 0
    assert (len(work.train), len(work.val)) == (10, 4)
    said = repr(work)
    assert "10 images to train on, 4 to choose by, 3 held back" in said
    assert "2 min." in said and "$SEGCOURSE_PROJECT_DIR/tiny" in said
    assert str(tmp_path) not in said


def test_the_budget(monkeypatch):
    assert Project(tiny.dataset(name="camvid")).minutes == 10.0
    monkeypatch.setenv("SEGCOURSE_PROJECT_MINUTES", "0.25")
    assert Project(tiny.dataset(name="camvid")).minutes == 0.25
    for wrong in ("0", "-1", "two", "nan", "inf", "1,5"):
        monkeypatch.setenv("SEGCOURSE_PROJECT_MINUTES", wrong)
        with pytest.raises(ValueError, match=f"`SEGCOURSE_PROJECT_MINUTES` must.*{wrong!r}"):
            Project(tiny.dataset())


def test_a_trial_is_trained_scored_and_logged(work):
    run = work.try_out("one by one", tiny.model(), tiny.recipe(epochs=3), note="it is\nsmall")
    assert run.history.epochs[-1]["val_mean_iou"] == pytest.approx(run.scores["mean_iou"])
    (entry,) = work.log
    assert entry["kind"] == "trial" and entry["note"] == "it is small"
    assert entry["val_mean_iou"] == run.scores["mean_iou"] and set(entry["val_iou"]) == {
        *tiny.CLASSES
    }
    assert entry["epochs"] == 3 and entry["parameters"] == 12 and entry["minutes"] is None
    assert entry["recipe"] == {"learning_rate": 0.1, "epochs": 3, "batch_size": 4}
    assert "one by one: mean IoU" in repr(run)
    assert not (work.folder / "model.keras").exists()


def test_from_the_training_to_the_card(work, monkeypatch):
    # By epochs: how many steps fit in a second depends on what else the machine does.
    monkeypatch.setattr(
        run_module, "fit", lambda model, train, val, _: fit(model, train, val, tiny.recipe())
    )
    run = work.train_final("one by one", tiny.model, tiny.recipe(epochs=3, seed=5))
    entry = work.log[-1]
    assert entry["kind"] == "final" and entry["minutes"] == 2.0 and entry["seed"] == 5
    assert entry["recipe"]["minutes"] == 2.0 and "epochs" not in entry["recipe"]
    report = work.report(run.model)
    written = json.loads((work.folder / "report.json").read_text())
    assert written == report.data and written["looks"] == report.looks == 1
    assert written["held_back"]["split"] == "test" and written["held_back"]["images"] == 3
    assert written["model_sha256"] == model_file.sha256(work.folder / "model.keras")
    assert set(written["versions"]) == {
        "python",
        "keras",
        keras.config.backend(),
        "numpy",
        "segcourse",
    }
    assert work.check_saved().same
    card = work.write_card(report, "For a test.")
    assert (work.folder / "model_card.md").read_text(encoding="utf-8") == card.text
    names = {path.name for path in work.folder.iterdir()}
    assert names == {"log.jsonl", "looks.json", "model.keras", "model_card.md", "report.json"}


def test_each_report_counts_as_a_look(work, untrained):
    run = final(work)
    reports = [work.report(run.model) for _ in range(3)]
    assert [one.looks for one in reports] == [1, 2, 3]
    assert "look number 3" in str(reports[-1]) and reports[-1].mean_iou == 1.0
    again = Project(tiny.dataset())
    loaded = model_file.load(again.folder / "model.keras")
    assert again.report(loaded).looks == 4


def test_the_final_network_begins_anew_by_the_seed(work, untrained):
    def build():
        return keras.Sequential([keras.Input((None, None, 3)), keras.layers.Conv2D(3, 1)])

    first, second, other = (final(work, build, seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(first.model.get_weights()[0], second.model.get_weights()[0])
    assert not np.array_equal(first.model.get_weights()[0], other.model.get_weights()[0])


def test_a_checkpoint_of_an_older_run_is_left_out(work, monkeypatch, tmp_path):
    seen = []
    monkeypatch.setattr(
        run_module, "fit", lambda *given: [seen.append(given), tiny.no_training(*given)][1]
    )
    final(work, checkpoint=str(tmp_path / "old"))
    final(work, patience=2)
    (_, _, val, recipe), (_, _, waited, _) = seen
    assert recipe.checkpoint is None and recipe.minutes == work.minutes
    assert val is None and waited is work.val


def test_the_verdict(untrained, monkeypatch):
    monkeypatch.setitem(THRESHOLDS, "scenes", Bar(0.5, 0.6, 2.0))
    work = Project(tiny.dataset(name="scenes"))
    report = work.report(final(work).model)
    assert report.verdict == "distinction"
    assert report.data["threshold"] == {"passed": 0.5, "distinction": 0.6, "minutes": 2.0}
    axes = work.log.draw()
    assert len(axes.lines) == 2


def test_one_class_only_is_said(work, untrained):
    report = work.report(final(work, lambda: tiny.constant(2)).model)
    said = "The network predicts one class only, everywhere: red."
    assert said in str(report) and said in work.write_card(report).text


def test_a_budget_in_which_nothing_can_be_trained(work, monkeypatch):
    final_before = work.folder / "model.keras"
    final_before.write_text("older")
    monkeypatch.setattr(work, "minutes", 1e-6)
    with pytest.raises(ValueError, match="budget of 1e-06 minutes ended before one step"):
        final(work)
    assert len(work.log) == 0 and final_before.read_text() == "older"


def test_a_training_that_diverges_is_logged(work, monkeypatch):
    def diverges(*given):
        raise FloatingPointError("the loss is no number")

    monkeypatch.setattr(run_module, "fit", diverges)
    with pytest.raises(FloatingPointError):
        final(work)
    assert work.log[0]["failed"] == "the loss is no number"
    assert work.log[0]["val_mean_iou"] is None and "failed" in str(work.log)
    assert not (work.folder / "model.keras").exists()


def test_weights_of_nan_are_not_saved(work, untrained):
    def broken():
        model = tiny.model()
        model.set_weights([one * math.nan for one in model.get_weights()])
        return model

    run = final(work)
    with pytest.raises(FloatingPointError, match="NaN"):
        final(work, broken)
    assert "NaN" in work.log[-1]["failed"]
    assert work.report(run.model).mean_iou == 1.0  # the older one is still there


def test_another_network_than_the_saved_one_is_no_look(work, untrained):
    with pytest.raises(ValueError, match="There is no model.keras yet"):
        work.report(tiny.model())
    run = final(work)
    with pytest.raises(ValueError, match="of other weights"):
        work.report(tiny.model())
    tiny.model().save(work.folder / "model.keras")
    with pytest.raises(ValueError, match="not what work.train_final saved"):
        work.report(run.model)
    assert not (work.folder / "looks.json").exists()
    assert not (work.folder / "report.json").exists()


def test_a_run_in_the_place_of_its_model(work, untrained):
    with pytest.raises(ValueError, match="Did you mean final.model?"):
        work.report(final(work))
    assert not (work.folder / "looks.json").exists()


def test_a_damaged_line_of_the_log(work, untrained):
    run = final(work)
    entry = json.loads((work.folder / "log.jsonl").read_text())
    del entry["parameters"]
    (work.folder / "log.jsonl").write_text(json.dumps(entry) + "\n")
    with pytest.raises(ValueError, match="its line in log.jsonl is damaged"):
        work.report(run.model)


def test_a_network_that_cannot_be_scored_is_no_look(work, untrained, monkeypatch):
    run = final(work)

    def fails(*given):
        raise ValueError("`model` must give numbers")

    monkeypatch.setattr(scoring_module, "predict_labels", fails)
    with pytest.raises(ValueError):
        work.report(run.model)
    assert not (work.folder / "looks.json").exists()


def test_a_network_of_layers_of_ones_own_is_refused_before_it_is_trained(work):
    class Mine(keras.layers.Layer):
        def call(self, images):
            return images

    def build():
        return keras.Sequential([keras.Input((None, None, 3)), Mine(), keras.layers.Conv2D(3, 1)])

    with pytest.raises(ValueError, match="`build` must.*Received: one with Mine"):
        final(work, build)


@pytest.mark.parametrize(
    "arguments, said",
    [
        (dict(name=""), "`name`"),
        (dict(name=3), "`name`"),
        (dict(name="a" * 61), "`name`.*61 letters"),
        (dict(note=3), "`note`"),
        (dict(recipe={}), "`recipe`"),
        (dict(model=None), "`model`"),
    ],
)
def test_wrong_arguments_of_a_trial(work, arguments, said):
    with pytest.raises(ValueError, match=said):
        work.try_out(**{"name": "a", "model": tiny.model(), "recipe": Recipe(), **arguments})
    assert len(work.log) == 0


@pytest.mark.parametrize("build", [None, "unet", tiny.model(), lambda: None])
def test_what_builds_no_network(work, build):
    with pytest.raises(ValueError, match="`build"):
        final(work, build)


def test_a_folder_of_ones_own_has_no_path_in_its_files(untrained, tmp_path):
    work = Project(tiny.dataset(name="folder:/home/me/leaves"))
    run = final(work)
    work.write_card(work.report(run.model))
    for path in work.folder.iterdir():
        assert b"/home/me" not in path.read_bytes() and str(tmp_path).encode() not in (
            path.read_bytes()
        )
    assert work.report(run.model).data["dataset"] == "folder:leaves"
    assert "/home/me" not in repr(work)


def test_runs_say_what_they_gave():
    run = run_module.Run("U-Net", tiny.model(), History(), {"mean_iou": 0.25}, 30.0)
    assert repr(run) == "U-Net: mean IoU 0.2500 on the validation images, 0.5 minutes"
