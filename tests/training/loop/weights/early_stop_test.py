import keras
import numpy as np
import pytest

from segcourse.training import Recipe, evaluate, fit
from segcourse.training.loop.validation import Validation
from segcourse.training.loop.weights.early_stop import EarlyStop, best_epoch
from tests.training import runs


def records(*scores):
    return [{"val_mean_iou": score} for score in scores]


def test_the_best_is_the_first_of_the_highest():
    assert best_epoch(records(0.1, 0.5, 0.4, 0.5)) == 2
    assert best_epoch(records(float("nan"), 0.0)) == 2


@pytest.mark.parametrize(
    ("scores", "ended"),
    [((0.1,), False), ((0.5, 0.4), False), ((0.5, 0.4, 0.5), True), ((0.3, 0.2, 0.4), False)],
)
def test_patience_of_two(scores, ended):
    assert EarlyStop(2, None).ended(records(*scores)) is ended
    assert not EarlyStop(None, None).ended(records(*scores))


@pytest.fixture
def scripted(monkeypatch):
    """Validations give these scores, one after the other."""
    real, scores = Validation.run, []

    def run(self):
        return {**real(self), "val_mean_iou": scores.pop(0)}

    monkeypatch.setattr(Validation, "run", run)
    return scores


def net():
    keras.utils.set_random_seed(1)
    return keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Conv2D(2, 3, padding="same")])


@pytest.mark.parametrize("ema", [None, 0.5])
def test_it_stops_and_has_the_best_weights(scripted, ema):
    scripted += [0.1, 0.6, 0.5, 0.4, 0.9]
    model, best = net(), net()
    history = fit(model, runs.data(), runs.data(), Recipe(epochs=5, patience=2, ema=ema))
    assert len(history.epochs) == 4
    fit(best, runs.data(), recipe=Recipe(epochs=2, ema=ema))
    assert all(map(np.array_equal, model.get_weights(), best.get_weights()))


def test_resumed_after_the_best_epoch_it_still_has_its_weights(scripted, tmp_path):
    scripted += [0.1, 0.6, 0.5, 0.4]
    options = dict(patience=2, checkpoint=tmp_path)
    fit(net(), runs.data(), runs.data(), Recipe(epochs=3, **options))
    model, best = net(), net()
    history = fit(model, runs.data(), runs.data(), Recipe(epochs=9, **options))
    assert history.resumed_from == 3 and len(history.epochs) == 4
    fit(best, runs.data(), recipe=Recipe(epochs=2))
    assert all(map(np.array_equal, model.get_weights(), best.get_weights()))


def test_the_restored_model_scores_as_its_best_epoch():
    model = net()
    recipe = Recipe(epochs=6, patience=1, learning_rate=0.3)
    history = fit(model, runs.data(), runs.data(), recipe)
    best = max(epoch["val_mean_iou"] for epoch in history.epochs)
    assert evaluate(model, runs.data())["mean_iou"] == pytest.approx(best, abs=1e-6)


def test_without_validation_there_is_nothing_to_wait_for():
    with pytest.raises(ValueError, match="`patience` must be None without validation data"):
        fit(net(), runs.data(), recipe=Recipe(patience=3))
