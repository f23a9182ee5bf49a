import importlib

import keras
import numpy as np
import pytest

from segcourse.training import Recipe, Speed, benchmark, matrix_peak
from segcourse.training.devices.memory import PeakMemory
from tests.training import runs

module = importlib.import_module("segcourse.training.measure.benchmark")


@pytest.fixture
def known_peak(monkeypatch):
    """A peak that is not measured, where it does not matter: that takes seconds."""
    monkeypatch.setattr(module, "matrix_peak", lambda kind, dtype: 1e12)


@pytest.fixture(scope="module")
def measured():
    model = runs.model()
    before = runs.weights(model)
    result = benchmark(model, runs.data(), runs.recipe(), seconds=0.05)
    return result, before, runs.weights(model)


def test_it_measures_training_and_inference_and_leaves_the_weights(measured):
    result, before, after = measured
    assert [speed.work for speed in result.speeds] == ["training", "inference"]
    for speed in result.speeds:
        assert speed.batch_size == 5 and len(speed.steps) == len(speed.waiting) >= 3
        assert all(0 < wait < step for wait, step in zip(speed.waiting, speed.steps, strict=True))
        assert 0 < speed.share_of_peak < 1
    # 64 pixels: 3·3·3·4 weights, then 4·2; the first layer has no gradient of its input.
    first, last = 2 * 64 * 27 * 4, 2 * 64 * 4 * 2
    assert result["inference"].flops == first + last
    assert result["training"].flops == 2 * first + 3 * last
    trained = [weight.name for weight in runs.model().weights]
    assert len(trained) == len(runs.model().get_weights())
    for one, other in zip(before, after, strict=True):
        if one.dtype.kind == "f":
            np.testing.assert_array_equal(one, other)


def test_the_table_and_its_html_say_the_same(measured):
    result, _, _ = measured
    head, *rows = result.table()
    assert head == ["", "training", "inference"]
    text, markup = str(result), result._repr_html_()
    assert repr(result) == text and result.model in text and "float32" in text
    for row in rows:
        for cell in row:
            assert cell in text and f">{cell}</t" in markup


def test_what_is_derived():
    speed = Speed("training", 4, (1.0, 2.0, 3.0, 4.0), (0.5, 0, 0, 0.5), 1, "the GPU", 50, 800.0)
    assert (speed.seconds, speed.spread) == (2.5, (1.75, 3.25))
    assert speed.images_per_second == 1.6
    assert speed.share_of_peak == 0.1
    assert speed.waiting_share == 0.1


def test_waiting_for_slow_input_is_told(monkeypatch, known_peak):
    import time

    quick = module._full_batches

    def slow(run, training):
        for batch in quick(run, training):
            time.sleep(0.2)
            yield batch

    monkeypatch.setattr(module, "_full_batches", slow)
    result = benchmark(runs.model(), runs.data(), runs.recipe(), work="inference", seconds=0)
    assert result["inference"].waiting_share > 0.5
    assert result["inference"].seconds > 0.2


def test_the_peak_is_of_the_matrices_it_multiplies(monkeypatch):
    peak_module = importlib.import_module("segcourse.training.measure.matrix_peak")
    clock = iter(range(0, 10**9))  # every product chain takes one second
    monkeypatch.setattr(peak_module.time, "perf_counter", lambda: float(next(clock)))
    assert matrix_peak(sizes=(8,)) == 2 * 8**3 * 2
    assert matrix_peak(sizes=(4, 16), dtype="bfloat16") == 2 * 16**3 * 2


def test_peak_memory_sees_what_is_gone_at_the_end():
    size = 200 * 2**20
    with PeakMemory() as idle:
        pass
    with PeakMemory() as busy:
        block = np.ones(size, "uint8")
        import time

        time.sleep(0.05)
        del block
    if busy.of == "the process":
        assert busy.bytes - idle.bytes > size * 0.8


def test_mixed_precision_is_measured_in_it(monkeypatch):
    asked = []

    def peak(kind, dtype):
        asked.append(dtype)
        return 1e12

    monkeypatch.setattr(module, "matrix_peak", peak)
    model = keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Conv2D(2, 1)])
    recipe = Recipe(batch_size=4, precision="mixed_bfloat16")
    result = benchmark(model, runs.data(), recipe, work="training", seconds=0)
    assert asked == ["bfloat16"] and result.precision == "mixed_bfloat16"


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="`work` must be"):
        benchmark(runs.model(), runs.data(), work="dreaming")
    with pytest.raises(ValueError, match="`data` must have at least one batch of 50"):
        benchmark(runs.model(), runs.data(), Recipe(batch_size=50))


def test_parts_repeats_pixel_weights_and_the_clock_are_left_out(known_peak):
    options = dict(accumulate=2, pixel_weights=np.ones_like, minutes=30, warmup=20, patience=2)
    recipe = Recipe(batch_size=16, repeats=2, **options)
    result = benchmark(runs.model(), runs.data(), recipe, seconds=0)
    assert [(speed.work, speed.batch_size) for speed in result.speeds] == [
        ("training", 16),
        ("inference", 16),
    ]
