import importlib
from types import SimpleNamespace

import numpy as np
import pytest

from segcourse.training import Recipe
from segcourse.training.loop.clock.pace import Pace
from segcourse.training.loop.compile_model import compile_model
from segcourse.training.loop.epoch_totals import EpochTotals
from segcourse.training.loop.epoch_trainer import EpochTrainer
from segcourse.training.loop.reports.progress import ProgressBar
from segcourse.training.loop.setup.setup import make_setup
from segcourse.training.loop.weights.run_checkpoints import CheckpointWriter
from tests.training import runs

distribute = importlib.import_module("segcourse.training.devices.distribute")


class Folder:
    """In place of a folder: remembers what it was given."""

    def __init__(self):
        self.states = []

    def save(self, state):
        self.states.append(state)

    def restore(self):
        return None


def trainer(recipe, folder=None, pace=None):
    setup = make_setup(runs.model(), runs.data(), None, recipe)
    compile_model(setup, setup.plan)
    pace = pace or Pace(setup.budget is not None)
    writer = folder and CheckpointWriter(folder, 1, pace)
    bar = ProgressBar(recipe.epochs, setup.plan.images, setup.plan.size)
    return EpochTrainer(setup, setup.plan, bar, pace, writer)


def test_chunks_are_the_steps_of_the_whole_epoch():
    whole = trainer(Recipe(batch_size=5))
    expected = whole.train(0)
    folder = Folder()
    pieces = trainer(Recipe(batch_size=5, checkpoint_steps=1), folder)
    found = pieces.train(0, history=[{"epoch": 0}])
    assert [state["step"] for state in folder.states] == [1, 2]
    assert [state["images"] for state in folder.states] == [5, 10]
    assert all((s["epoch"], s["history"]) == (0, [{"epoch": 0}]) for s in folder.states)
    assert set(found) == {"epoch", "loss", "learning_rate", "seconds"} and found["epoch"] == 1
    assert found["loss"] == pytest.approx(expected["loss"], rel=1e-6)
    for one, other in zip(runs.weights(whole.model), runs.weights(pieces.model), strict=True):
        assert np.array_equal(one, other)


def test_it_goes_on_from_the_totals():
    rest = trainer(Recipe(batch_size=5))
    asked, real = [], rest.steps
    rest.steps = lambda *place: asked.append(place) or real(*place)
    totals = EpochTotals(step=1, loss=10.0, images=5, seconds=2.0)
    record = rest.train(3, totals)
    assert asked == [(3, 1, 3)] and totals.images == 12 and record["seconds"] > 2.0


def test_without_time_for_a_step_there_is_no_record():
    late = trainer(Recipe(minutes=1e-9), pace=Pace(True, step_seconds=1.0))
    assert late.train(0) is None


@pytest.mark.parametrize(("shard", "due"), [((0, 1), [1, 2]), ((0, 2), [])])
def test_processes_whose_clocks_differ_stop_by_steps_alone(shard, due, monkeypatch):
    recipe = Recipe(batch_size=5, checkpoint_seconds=1e-6)
    folder = Folder()
    one = trainer(recipe, folder, Pace(False, step_seconds=0.1))
    devices = SimpleNamespace(**{**vars(distribute.OneDevice), "shard": shard})
    setup = SimpleNamespace(recipe=recipe, devices=devices)
    within = importlib.import_module("segcourse.training.loop.epoch_trainer")._within_epoch(setup)
    one.chunks.seconds = within["seconds"]
    one.train(0)
    assert [state["step"] for state in folder.states] == due
