import importlib
import subprocess

import keras
import pytest

from segcourse.training import Device, device

# `segcourse.training.device` the attribute is the function; this is the module.
device_module = importlib.import_module("segcourse.training.device")


def test_says_what_is_there_in_one_line():
    found = device()
    assert isinstance(found, Device)
    line = str(found)
    assert "\n" not in line and found.name in line and found.precision in line
    assert found.kind.upper() in line and found.why in line


def test_a_cpu_computes_in_float32():
    found = device()
    if found.kind != "cpu":
        pytest.skip(f"this machine trains on {found}")
    assert found.precision == "float32"
    assert found.xla == (keras.config.backend() == "jax")
    assert found.memory is None or found.memory > 2**28


@pytest.mark.parametrize(
    ("kind", "capability", "precision", "xla"),
    [
        ("cpu", None, "float32", False),
        ("gpu", (6, 1), "float32", True),
        ("gpu", (7, 5), "mixed_float16", True),
        ("gpu", (8, 0), "mixed_bfloat16", True),
        ("gpu", (9, 0), "mixed_bfloat16", True),
        ("gpu", None, "float32", True),
        ("tpu", None, "mixed_bfloat16", True),
    ],
)
def test_what_a_device_decides(kind, capability, precision, xla):
    assert device_module._choose(kind, capability, "tensorflow")[:2] == (precision, xla)


def test_a_driver_that_does_not_answer_is_left_alone(monkeypatch):
    def hang(*args, timeout, **options):
        raise subprocess.TimeoutExpired(args, timeout)

    monkeypatch.setattr(subprocess, "run", hang)
    assert device_module._gpu_memory() is None
