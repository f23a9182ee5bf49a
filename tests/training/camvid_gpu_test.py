"""The recipe for one GPU, `benchmarks/camvid_gpu.py`, on tiny pictures and without TensorFlow."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.training.without_tensorflow_test import BLOCKED

ROOT = Path(__file__).parents[2]


def write(folder, split, count=3, shape=(24, 32)):
    """Pictures whose red tells the class; the first row is void."""
    rng = np.random.default_rng(len(split))
    for number in range(count):
        labels = rng.integers(0, 11, (shape[0] // 8, shape[1] // 8)).repeat(8, 0).repeat(8, 1)
        labels[0] = 11
        picture = np.zeros((*shape, 3), "uint8")
        picture[..., 0] = 20 * labels
        for name, array in ((split, picture), (f"{split}annot", labels.astype("uint8"))):
            (folder / name).mkdir(parents=True, exist_ok=True)
            Image.fromarray(array).save(folder / name / f"{number:03}.png")


def run(folder, *options):
    pytest.importorskip("jax", reason="needs JAX (pip install -r requirements-dev.txt)")
    script = str(ROOT / "benchmarks/camvid_gpu.py")
    code = BLOCKED.replace("sys.argv[0]", repr(script))
    environment = {**os.environ, "KERAS_BACKEND": "jax", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code, "--folder", str(folder), *options]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600)


TINY = "--size 18 26 --width 2 --halvings 1 --batch 2 --minutes 0.01 --limit 2".split()


@pytest.mark.parametrize("split", ["val", "test"])
def test_trains_and_says_which_split_it_scored(tmp_path, split):
    write(tmp_path, "train")
    write(tmp_path, split)
    done = run(tmp_path, *TINY)
    assert done.returncode == 0, done.stderr
    *_, record, said = done.stdout.splitlines()
    record = json.loads(record)
    assert record["split"] == split and record["images"] == 2 and record["steps"] >= 1
    assert record["size"] == [18, 26] and 0 <= record["mean_iou"] <= 1
    assert ("no test split" in said) == (split == "val")


def test_a_folder_without_training_pictures_is_named(tmp_path):
    done = run(tmp_path, *TINY)
    assert done.returncode == 2 and "must hold train/" in done.stderr
