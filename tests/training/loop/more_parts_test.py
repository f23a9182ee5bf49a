"""A batch in parts, and what happens when memory gives out."""

import keras
import numpy as np
import pytest

from segcourse.training import Recipe, fit
from segcourse.training.devices.distribute import OneDevice
from segcourse.training.loop.more_parts import more_parts
from segcourse.training.loop.setup.epoch_plan import EpochPlan
from tests.training import runs


def net():
    keras.utils.set_random_seed(1)
    return keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Conv2D(2, 3, padding="same")])


def data():
    images, labels = runs.data()
    labels[:] = np.where(labels == 255, 0, labels)  # as many valid pixels in every part
    return images, labels


def train(**changes):
    options = dict(batch_size=6, epochs=3, learning_rate=0.05, optimizer="sgd", schedule="cosine")
    model = net()
    history = fit(model, data(), recipe=Recipe(**{**options, **changes}))
    return model, history


def close(one, other):
    for a, b in zip(one.get_weights(), other.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-4, atol=1e-6)


def test_parts_make_the_steps_of_the_whole_batch():
    whole, _ = train()
    parted, history = train(accumulate=3)
    assert history.accumulate == 3
    assert history.epochs[-1]["learning_rate"] == pytest.approx(0, abs=1e-8)
    close(whole, parted)


class Small:
    """A device that holds so many images, as the backends say it."""

    def __init__(self, monkeypatch, most):
        self.tried = []
        real = keras.Model.fit

        def limited(model, batches, **options):
            size = int(next(iter(batches))[0].shape[0])
            self.tried.append(size)
            if size > most:
                raise RuntimeError("RESOURCE_EXHAUSTED: Out of memory allocating 123 bytes")
            return real(model, batches, **options)

        monkeypatch.setattr(keras.Model, "fit", limited)
        monkeypatch.setattr(keras.Sequential, "fit", limited, raising=False)


def test_what_would_fit_is_said_and_the_weights_are_kept(monkeypatch):
    Small(monkeypatch, most=2)
    model = net()
    before = model.get_weights()
    with pytest.raises(MemoryError, match="6 images at a time. 2 would fit.*accumulate=3 "):
        fit(model, data(), recipe=Recipe(batch_size=6, epochs=1))
    assert all(map(np.array_equal, before, model.get_weights()))


def test_not_even_one_image(monkeypatch):
    Small(monkeypatch, most=0)
    with pytest.raises(MemoryError, match="one image does not fit either"):
        fit(net(), data(), recipe=Recipe(batch_size=2, epochs=1))


def test_auto_takes_parts_that_fit_and_keeps_the_effective_batch(monkeypatch, tmp_path):
    whole, _ = train()
    small = Small(monkeypatch, most=3)
    parted, history = train(accumulate="auto", checkpoint=tmp_path, epochs=3)
    assert small.tried[:2] == [6, 3] and history.accumulate == 2
    close(whole, parted)
    # Resumed, it does not try again what did not fit.
    small.tried.clear()
    _, history = train(accumulate="auto", checkpoint=tmp_path)
    assert history.resumed_from == 3 and history.accumulate == 2 and small.tried == []


def test_other_errors_stay_what_they_are(monkeypatch):
    def broken(model, *args, **options):
        raise RuntimeError("something else")

    monkeypatch.setattr(keras.Model, "fit", broken)
    monkeypatch.setattr(keras.Sequential, "fit", broken, raising=False)
    with pytest.raises(RuntimeError, match="something else"):
        train(accumulate="auto")


def test_without_parts_a_smaller_batch_is_tried_and_nothing_else_is_advised(monkeypatch):
    small = Small(monkeypatch, most=2)
    monkeypatch.setattr(OneDevice, "accumulates", False)
    with pytest.raises(MemoryError, match="2 would fit: use batch_size=2.$"):
        fit(net(), data(), recipe=Recipe(batch_size=6, epochs=1))
    assert small.tried == [6, 3, 2]


def test_a_trial_that_fails_otherwise_leaves_it_an_error_of_memory(monkeypatch):
    errors = [RuntimeError("OOM when allocating tensor"), ValueError("a shape\nof no use")]
    model = net()
    before = model.get_weights()

    def broken(*args, **options):
        model.layers[0].bias.assign([7.0, 7.0])
        raise errors.pop(0)

    monkeypatch.setattr(keras.Model, "fit", broken)
    monkeypatch.setattr(keras.Sequential, "fit", broken, raising=False)
    says = r"6 images at a time; use a smaller batch_size. What .* tried. \(a shape\)$"
    with pytest.raises(MemoryError, match=says) as caught:
        fit(model, data(), recipe=Recipe(batch_size=6, epochs=1))
    assert "OOM when allocating" in str(caught.value.__cause__)
    assert all(map(np.array_equal, before, model.get_weights()))


def test_the_fewest_parts_of_which_each_device_gets_a_share():
    plan, found = EpochPlan(24, 12, devices=2), []
    while plan:
        found.append(plan.size)
        plan = more_parts(plan)
    assert found == [12, 6, 4, 2]
