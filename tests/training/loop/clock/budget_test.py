"""Training by the clock."""

import importlib

import keras
import numpy as np
import pytest

from segcourse.training import Recipe, fit
from segcourse.training.loop.chunks import Chunks
from segcourse.training.loop.clock.budget import Budget
from segcourse.training.loop.epoch_trainer import EpochTrainer
from segcourse.training.loop.run import Run
from segcourse.training.loop.validation import Validation
from segcourse.training.recipes.schedule import rate_at
from tests.training import runs

module = importlib.import_module("segcourse.training.loop.clock.budget")


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands until it is set."""
    now = [100.0]
    monkeypatch.setattr(module.time, "perf_counter", lambda: now[0])
    return now


def test_what_is_left(clock):
    budget = Budget(100.0, spent=10.0)
    clock[0] += 20
    assert (budget.used(), budget.left(), budget.share()) == (30, 70, 0.3)
    budget.keep_for_the_end(10.0)  # with a margin: 12
    budget.keep_for_the_end(5.0)
    assert budget.left() == 58
    assert budget.share() == pytest.approx(30 / 88)
    assert budget.share(ahead=14) == 0.5
    clock[0] += 500
    assert (budget.share(), budget.steps_left(0.001)) == (1.0, 0)


def test_steps_before_the_next_look(clock):
    budget = Budget(100.0)
    assert budget.steps_left(0.1) == 10  # a hundredth of the budget
    assert budget.steps_left(5.0) == 1
    clock[0] += 99.0  # one second left: half of what fits
    assert budget.steps_left(0.1) == 4
    clock[0] += 0.95
    assert budget.steps_left(0.1) == 0


@pytest.mark.parametrize("kind", ["constant", "polynomial", "cosine", "step"])
def test_the_schedule_follows_the_share(kind):
    recipe = Recipe(learning_rate=2.0, schedule=kind, minutes=10, warmup=1)
    assert rate_at(recipe, 0.05) == pytest.approx(1.0, abs=1e-3)
    shares = (0.0, 0.25, 0.5, 0.9, 1.0)  # of what is behind the warm-up
    expected = {
        "constant": [1] * 5,
        "polynomial": [(1 - s) ** 0.9 for s in shares],
        "cosine": [(1 + np.cos(np.pi * s)) / 2 for s in shares],
        "step": [1, 1, 0.1, 0.01, 0.01],
    }[kind]
    found = [rate_at(recipe, 0.1 + 0.9 * share) / 2 for share in shares]
    assert found == pytest.approx(expected, abs=1e-4)


def net():
    return keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Conv2D(2, 3, padding="same")])


FIRST, STEP, VALIDATION = 5.0, 1.0, 2.0


@pytest.fixture
def ticking(monkeypatch):
    """A clock that goes on with the work alone: a step, the first one, a validation."""
    now, steps, run = [0.0], EpochTrainer.steps, Validation.run

    def ticking_steps(self, epoch, first, last):
        now[0] += (last - first) * STEP + (0 if self.pace.chunks else FIRST - STEP)
        return steps(self, epoch, first, last)

    def ticking_run(self):
        now[0] += VALIDATION
        return run(self)

    monkeypatch.setattr(module.time, "perf_counter", lambda: now[0])
    monkeypatch.setattr(EpochTrainer, "steps", ticking_steps)
    monkeypatch.setattr(Validation, "run", ticking_run)
    return now


def test_it_stops_in_time_with_its_validation(ticking):
    recipe = Recipe(minutes=1, schedule="cosine", learning_rate=0.1, batch_size=4)
    history = fit(net(), runs.data(), runs.data(), recipe)
    # An epoch has three steps and a validation, and is begun when a step of it fits.
    assert 60 - STEP - 2 * VALIDATION < ticking[0] <= 60
    rates = [epoch["learning_rate"] for epoch in history.epochs]
    assert rates == sorted(rates, reverse=True) and rates[-1] < 0.01
    assert all("val_mean_iou" in epoch for epoch in history.epochs)
    partial = [epoch for epoch in history.epochs if "images" in epoch]
    assert partial in ([], history.epochs[-1:])
    worked = ticking[0] - VALIDATION * (1 + len(history.epochs))
    assert history.seconds == pytest.approx(worked)


def test_an_epoch_that_is_cut_short_says_so(monkeypatch):
    looks = iter([1, 1, 0])  # of its three steps two fit
    monkeypatch.setattr(Chunks, "_steps_in_time", lambda self: next(looks) and 1)
    monkeypatch.setattr(Run, "_is_over", lambda self, epoch, pace: epoch > 0)
    history = fit(net(), runs.data(), recipe=Recipe(minutes=5, batch_size=4))
    assert [epoch["images"] for epoch in history.epochs] == [8]
    assert history.images_per_second == pytest.approx(8 / history.seconds)


def test_a_budget_too_short_for_one_step_is_an_error_and_leaves_the_weights():
    model = net()
    before = [np.array(weight) for weight in model.get_weights()]
    with pytest.raises(ValueError, match="`minutes` must be enough for one step.*minutes=1e-06"):
        fit(model, runs.data(), recipe=Recipe(minutes=1e-6))
    assert all(map(np.array_equal, before, model.get_weights()))


def test_a_resumed_run_has_the_rest_of_its_budget(tmp_path, ticking, monkeypatch):
    recipe = Recipe(minutes=1, checkpoint=tmp_path, batch_size=4)
    with monkeypatch.context() as patch, pytest.raises(InterruptedError):
        train = EpochTrainer.train

        def interrupted(self, epoch, *args):
            if epoch == 5:
                raise InterruptedError
            return train(self, epoch, *args)

        patch.setattr(EpochTrainer, "train", interrupted)
        fit(net(), runs.data(), recipe=recipe)
    assert ticking[0] == 5 * 3 * STEP + FIRST - STEP
    ticking[0] += 1000.0  # nothing runs
    history = fit(net(), runs.data(), recipe=recipe)
    assert history.resumed_from == 5
    assert 60 - 2 * STEP < ticking[0] - 1000 <= 60
    # No time is left for a first step, which compiles.
    again = fit(net(), runs.data(), recipe=recipe)
    assert again.epochs == history.epochs and ticking[0] <= 1060


def test_a_run_killed_within_an_epoch_may_have_no_time_left(tmp_path, monkeypatch):
    class Killed(Exception):
        pass

    real = EpochTrainer.steps

    def killed(self, epoch, first, last):
        if first:
            raise Killed
        return real(self, epoch, first, last)

    recipe = Recipe(minutes=1, checkpoint=tmp_path, checkpoint_steps=1, batch_size=4)
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(EpochTrainer, "steps", killed)
        fit(net(), runs.data(), recipe=recipe)
    checkpoint = importlib.import_module("segcourse.training.loop.weights.checkpoint")
    (path,) = tmp_path.glob("epoch_00000_step_000001.npz")
    state, arrays = checkpoint._read(path)
    checkpoint._write(path, {**state, "spent": 59.9, "first_seconds": 5.0}, arrays)
    history = fit(net(), runs.data(), recipe=recipe)
    (epoch,) = history.epochs
    assert epoch["images"] == 4 and epoch["loss"] == pytest.approx(state["loss"] / 4)
