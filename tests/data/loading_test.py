import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from segcourse import data
from segcourse.data import catalogue

ROOT = Path(__file__).resolve().parents[2]
NAMES = ", ".join(catalogue.NAMES)


def test_the_default_is_scenes():
    assert data.load().name == "scenes"


def test_the_default_comes_from_the_environment(tiny_camvid, monkeypatch):
    monkeypatch.setenv("SEGCOURSE_DATASET", "camvid")
    assert data.load().name == "camvid"
    assert data.load("scenes").name == "scenes"


@pytest.mark.parametrize("call", [data.load, data.prepare])
def test_an_unknown_name_lists_those_there_are(call):
    with pytest.raises(
        ValueError, match=f"one of {NAMES}, or folder:PATH .* Received: name='cityscapes'"
    ):
        call("cityscapes")


def test_an_unknown_name_in_the_environment(monkeypatch):
    monkeypatch.setenv("SEGCOURSE_DATASET", "nowhere")
    with pytest.raises(ValueError, match=NAMES):
        data.load()


@pytest.mark.parametrize("name", [["a"], 3, {}])
def test_a_name_that_is_no_text(name):
    with pytest.raises(ValueError, match=f"`name` must be one of {NAMES}"):
        data.load(name)


def test_an_empty_name_in_the_environment_is_none(monkeypatch):
    monkeypatch.setenv("SEGCOURSE_DATASET", "")
    assert data.load().name == "scenes"


def test_names_are_known_without_tensorflow():
    code = "import sys; from segcourse.data import catalogue; print('numpy' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert run.stdout == "False\n", run.stderr
    assert data.NAMES == catalogue.NAMES


@pytest.mark.parametrize(
    "size", [128, (0, 5), (1, 2, 3), ("a", "b"), (4.5, 4), (float("inf"), 5), (float("nan"), 5)]
)
def test_a_wrong_size(size):
    with pytest.raises(ValueError, match="`size` must be"):
        data.load("scenes", size=size)


@pytest.mark.parametrize("seed", [-1, 1.5, "a", None])
def test_a_wrong_seed_is_named(seed):
    arrays = np.zeros((1, 2, 2, 3), "uint8"), np.zeros((1, 2, 2), "uint8")
    calls = {
        "seed": [
            lambda: data.augment(seed=seed),
            lambda: data.pipeline(arrays, 1, seed=seed),
            lambda: data.Batches(arrays, 1).epoch(seed=seed),
        ],
        "epoch": [lambda: data.pipeline(arrays, 1, epoch=seed)],
    }
    for argument, wrong in calls.items():
        for call in wrong:
            with pytest.raises(ValueError, match=f"`{argument}` must be .*{argument}={seed!r}"):
                call()


def test_an_endless_crop():
    with pytest.raises(ValueError, match="`crop` must be"):
        data.augment(crop=(float("inf"), 2))
