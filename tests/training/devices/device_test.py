import importlib
import subprocess
import sys
from types import SimpleNamespace

import keras
import pytest

from segcourse.training import Device, device

# `segcourse.training.device` the attribute is the function; this is the module.
device_module = importlib.import_module("segcourse.training.devices.device")


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


def test_the_memory_asked_for_is_that_of_the_first_gpu_in_sight(monkeypatch):
    def answer(command, **options):
        asked.extend(command)
        return SimpleNamespace(stdout="81559\n")

    asked = []
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "3,1")
    monkeypatch.setattr(subprocess, "run", answer)
    assert device_module._gpu_memory() == 81559 * 2**20
    assert "--id=3" in asked


class FakeGPU(SimpleNamespace):
    """What JAX says of a GPU."""

    platform, device_kind, compute_capability = "gpu", "NVIDIA H100", "9.0"

    def memory_stats(self):
        return {"bytes_limit": 60 * 2**30, "pool_bytes": self.pool}


@pytest.mark.parametrize(("pool", "growth"), [(2**20, True), (60 * 2**30, False)])
def test_gpus_as_jax_shows_them(monkeypatch, pool, growth):
    jax = SimpleNamespace(local_devices=lambda: [FakeGPU(pool=pool)] * 2)
    monkeypatch.setitem(sys.modules, "jax", jax)
    monkeypatch.setenv("XLA_PYTHON_CLIENT_PREALLOCATE", "false")
    monkeypatch.setitem(device_module._FINDERS, keras.config.backend(), device_module._find_jax)
    monkeypatch.setattr(device_module, "_gpu_memory", lambda: 80 * 2**30)
    found = device()
    assert (found.kind, found.count, found.memory) == ("gpu", 2, 80 * 2**30)
    assert (found.compute_capability, found.memory_growth) == ((9, 0), growth)
    assert (found.precision, found.xla) == ("mixed_bfloat16", True)
    line = str(found)
    assert line.startswith("2 × GPU NVIDIA H100, 80 GiB, compute capability 9.0: mixed_bfloat16")
    assert ("memory as needed" if growth else "all memory at once") in line


@pytest.mark.parametrize("late", [False, True])
def test_gpus_as_tensorflow_shows_them(monkeypatch, late):
    grown = []

    def grow(gpu, value):
        if late:
            raise RuntimeError("Physical devices cannot be modified after being initialized")
        grown.append((gpu.name, value))

    experimental = SimpleNamespace(
        set_memory_growth=grow,
        get_memory_growth=lambda gpu: False,
        get_device_details=lambda gpu: {"device_name": "Tesla T4", "compute_capability": (7, 5)},
    )
    gpus = [SimpleNamespace(name="GPU:0")]
    config = SimpleNamespace(list_physical_devices=lambda kind: gpus, experimental=experimental)
    monkeypatch.setitem(sys.modules, "tensorflow", SimpleNamespace(config=config))
    finder = device_module._find_tensorflow
    monkeypatch.setitem(device_module._FINDERS, keras.config.backend(), finder)
    monkeypatch.setattr(device_module, "_gpu_memory", lambda: None)
    found = device()
    assert (found.name, found.compute_capability, found.count) == ("Tesla T4", (7, 5), 1)
    assert found.precision == "mixed_float16" and found.memory_growth is not late
    assert grown == ([] if late else [("GPU:0", True)])


def test_a_cpu_has_no_memory_to_grow():
    if device().kind == "cpu":
        assert device().memory_growth is None and "memory" not in str(device())
