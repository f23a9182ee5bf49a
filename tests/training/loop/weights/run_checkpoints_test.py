import importlib
from types import SimpleNamespace

import pytest

from segcourse.training import Recipe, fit
from segcourse.training.loop.clock.budget import Budget
from segcourse.training.loop.clock.pace import Pace
from segcourse.training.loop.compile_model import compile_model
from segcourse.training.loop.setup.setup import make_setup
from segcourse.training.loop.weights import run_checkpoints
from segcourse.training.loop.weights.run_checkpoints import CheckpointWriter, open_folder
from tests.training import runs


def test_no_folder_is_none():
    assert open_folder(make_setup(runs.model(), runs.data(), None, Recipe())) is None


def test_a_folder_knows_recipe_model_and_data(tmp_path):
    setup = make_setup(runs.model(), runs.data(), None, Recipe(checkpoint=tmp_path))
    compile_model(setup, setup.plan)
    folder = open_folder(setup)
    assert set(folder.fingerprint) == {"recipe", "model", "data"}
    assert folder.fingerprint["recipe"]["precision"] == "float32"
    assert folder.fingerprint["data"] == setup.train.fingerprint()
    assert folder.writes and not folder.best and folder.restore() is None


def test_auto_precision_is_what_it_chose(tmp_path, monkeypatch):
    recipe = Recipe(epochs=1, checkpoint=tmp_path)
    fit(runs.model(), runs.data(), recipe=recipe)
    monkeypatch.setattr(run_checkpoints, "choose_precision", lambda recipe: "mixed_float16")
    with pytest.raises(ValueError, match="precision: 'float32' there, 'mixed_float16' here"):
        fit(runs.model(), runs.data(), recipe=recipe)


def test_the_writer_adds_what_a_resumed_run_must_know_and_keeps_time(monkeypatch):
    now, saved = [100.0], []

    def save(state):
        now[0] += 10.0
        saved.append(state)

    for module in (
        run_checkpoints,
        importlib.import_module("segcourse.training.loop.clock.budget"),
    ):
        monkeypatch.setattr(module.time, "perf_counter", lambda: now[0])
    pace = Pace(True, first_seconds=5.0, validation_seconds=20.0)
    budget = Budget(1000.0, spent=40.0)
    writer = CheckpointWriter(SimpleNamespace(save=save), 3, pace, budget)
    now[0] += 7.0
    assert writer.seconds() == 7.0
    writer.save({"epoch": 1, "step": 2})
    assert saved == [{"epoch": 1, "step": 2, "spent": 47.0, "first_seconds": 5.0, "parts": 3}]
    assert writer.seconds() == 0.0  # from the end of the writing
    assert budget.reserve == pytest.approx(1.2 * 30.0)
    now[0] += 3.0
    writer.begin()
    assert writer.seconds() == 0.0


def test_without_a_budget_nothing_is_spent():
    saved = []
    CheckpointWriter(SimpleNamespace(save=saved.append), 1, Pace(False)).save({"epoch": 1})
    assert saved == [{"epoch": 1, "spent": 0.0, "first_seconds": 0.0, "parts": 1}]
