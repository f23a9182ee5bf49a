"""Two virtual devices give the losses of one, batch normalisation and void included."""

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest

from segcourse.training.devices.distribute import check_batch, choose_devices, padded

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def found():
    environment = {
        **os.environ,
        "KERAS_BACKEND": keras.config.backend(),
        "PYTHONPATH": str(ROOT),
        "SEGCOURSE_QUIET": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "XLA_FLAGS": "--xla_force_host_platform_device_count=2",
    }
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests/training/devices/two_devices.py")],
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("case", ["full", "rest", "dice and focal"])
def test_the_history_and_the_weights_are_those_of_one_device(found, case):
    one, two = found[case]
    assert len(one["history"]) == 3
    for a, b in zip(one["history"], two["history"], strict=True):
        assert b == pytest.approx(a, rel=1e-5)
    assert one["history"][0]["loss"] != one["history"][-1]["loss"]
    for a, b in zip(one["weights"], two["weights"], strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-3, atol=1e-5)


def test_a_model_trained_on_one_device_is_trained_on_by_two(found):
    one, two = found["again"]
    assert two["history"][-1]["loss"] < one["history"][-1]["loss"]


def test_a_batch_that_cannot_be_shared_is_named(found):
    assert (
        "`batch_size` must be a multiple of the 2 devices; the nearest is 4 or 6" in found["batch"]
    )


def test_a_device_that_is_not_there_is_named(found):
    assert '`devices` must be "all", or some of ' in found["name"]
    assert "cpu:1" in found["name"].lower() and "gpu:7" in found["name"]


@pytest.mark.parametrize(("size", "nearest"), [(5, "4 or 8"), (3, "4"), (9, "8 or 12")])
def test_the_nearest_batches(size, nearest):
    with pytest.raises(ValueError, match=f"multiple of the 4 devices; the nearest is {nearest}. "):
        check_batch(size, 4)
    check_batch(8, 4)


def test_padding_is_void_and_full_batches_need_none():
    images, labels = np.ones((5, 2, 2, 3), "uint8"), np.ones((5, 2, 2), "uint8")
    more_images, more_labels = padded(images, labels, 4, 255)
    assert more_images.shape == (8, 2, 2, 3) and more_labels.dtype == labels.dtype
    assert (more_labels[:5] == 1).all() and (more_labels[5:] == 255).all()
    assert padded(images[:4], labels[:4], 4, 255)[0].shape == (4, 2, 2, 3)


def test_one_device_is_left_as_it_is():
    model = keras.Sequential([keras.Input((4, 4, 3)), keras.layers.Conv2D(2, 1)])
    place = choose_devices(None)
    assert place.count == 1 and place.copy(model) is model


@pytest.fixture
def two_there(monkeypatch):
    """Two devices, and in place of their classes the names they get."""
    module = importlib.import_module("segcourse.training.devices.distribute")
    monkeypatch.setattr(module, "_there", lambda: ["gpu:0", "gpu:1"])
    for name in ("JaxDevices", "TensorFlowDevices"):
        monkeypatch.setattr(module, name, lambda names: list(names))


def test_the_device_that_is_named_is_taken(two_there):
    assert choose_devices(["gpu:1"]) == choose_devices("GPU:1") == ["gpu:1"]
    assert choose_devices(("gpu:1", "gpu:0")) == ["gpu:1", "gpu:0"]
    assert choose_devices(["gpu:0"]).count == 1


@pytest.mark.parametrize(
    ("devices", "says"),
    [
        (2, '`devices` must be None, "all" or a list of names. Received: devices=2, a int'),
        ({"gpu:0"}, "a set"),
        (["gpu:0", "GPU:0"], "`devices` must name each device once"),
        ([], '`devices` must be "all", or some of gpu:0, gpu:1'),
    ],
)
def test_what_names_no_devices(two_there, devices, says):
    with pytest.raises(ValueError, match=says):
        choose_devices(devices)


def test_a_second_device_alone_trains_as_the_first(found):
    one, second = found["full"][0], found["second"]
    for a, b in zip(one["history"], second["history"], strict=True):
        assert b == pytest.approx(a, rel=1e-5)


def test_parts_of_a_batch_are_shared_too(found):
    if keras.config.backend() != "jax":
        assert "`accumulate` must be 1 with `devices` on TensorFlow" in found["auto"]
    else:  # three parts of 4, then six of 2: four of 3 cannot be shared by two devices
        assert found["auto"] == [12, 6, 4, 2]


def test_out_of_memory_says_what_would_fit_on_them(found):
    says = "MemoryError: Out of memory with 12 images at a time. 4 would fit: use batch_size=4"
    assert found["memory"].startswith(says)
    assert ("accumulate=3" in found["memory"]) is (keras.config.backend() == "jax")
