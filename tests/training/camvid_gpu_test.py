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


# The arguments: the script, and a JSON list of the arguments of each run.
ONE_AFTER_THE_OTHER = """
import contextlib, io, json, runpy, traceback

_, script, runs = sys.argv
results = []
for arguments in json.loads(runs):
    sys.argv, status = [script, *arguments], 0
    with contextlib.redirect_stdout(io.StringIO()) as out:
        with contextlib.redirect_stderr(io.StringIO()) as err:
            try:
                runpy.run_path(script, run_name="__main__")
            except SystemExit as end:
                status = end.code
            except Exception:
                status = traceback.print_exc() or 1
    results.append((status, out.getvalue(), err.getvalue()))
print(json.dumps(results))
"""


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """(status, output, errors) with a split val, with test, with no picture: in one process."""
    pytest.importorskip("jax", reason="needs JAX (pip install -r requirements-dev.txt)")
    folders = {name: tmp_path_factory.mktemp(name) for name in ("val", "test", "nothing")}
    for split in ("val", "test"):
        write(folders[split], "train")
        write(folders[split], split)
    arguments = json.dumps([["--folder", str(folder), *TINY] for folder in folders.values()])
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            BLOCKED + ONE_AFTER_THE_OTHER,
            str(ROOT / "benchmarks/camvid_gpu.py"),
            arguments,
        ],
        env={**os.environ, "KERAS_BACKEND": "jax", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    return dict(zip(folders, json.loads(done.stdout), strict=True))


TINY = "--size 18 26 --width 2 --halvings 1 --batch 2 --minutes 0.01 --limit 2".split()


@pytest.mark.parametrize("split", ["val", "test"])
def test_trains_and_says_which_split_it_scored(runs, split):
    status, output, errors = runs[split]
    assert status == 0, errors
    *_, record, said = output.splitlines()
    record = json.loads(record)
    assert record["split"] == split and record["images"] == 2 and record["steps"] >= 1
    assert record["size"] == [18, 26] and 0 <= record["mean_iou"] <= 1
    assert ("no test split" in said) == (split == "val")


def test_a_folder_without_training_pictures_is_named(runs):
    status, _, errors = runs["nothing"]
    assert status == 2 and "must hold train/" in errors
