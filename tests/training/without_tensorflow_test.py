"""Networks, losses and counts on Keras and JAX alone, as `benchmarks/gpu.py` uses them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# TensorFlow is installed where the tests run: here nobody can import it.
BLOCKED = """
import sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("tensorflow", "tensorflow_datasets", "torch"):
            raise ModuleNotFoundError(f"No module named {name!r}")

sys.meta_path.insert(0, Blocked())
"""


def test_the_gpu_benchmark_runs_without_tensorflow():
    pytest.importorskip("jax", reason="needs JAX (pip install -r requirements-dev.txt)")
    script = str(ROOT / "benchmarks/gpu.py")
    code = BLOCKED + f"import runpy; runpy.run_path({script!r}, run_name='__main__')"
    environment = {**os.environ, "KERAS_BACKEND": "jax", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code, "--tiny", "--side", "keras", "--only", "U-Net"],
        env=environment,
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["tensorflow"] is False
    assert found["flops"]["training"] > 2 * found["flops"]["inference"] > 0
    for work in ("training", "inference"):
        batches = [batch for batch, _ in found[work]]
        assert batches == [1]
