"""Homes, checkouts and files with Hangul in their names, as /home/김철수 and 고양이.png."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# From a folder of one's own to a checkpoint, a saved file and exports, in a process of its own.
SCRIPT = """
import json, os, sys
from pathlib import Path
import keras, numpy as np
from PIL import Image
import segcourse
from segcourse import data, hint, models, plots
from segcourse.exercises.judging import record
from segcourse.training import Recipe, fit

rng = np.random.default_rng(0)
own = Path.home() / "내 사진"
for number in range(4):
    for folder, array in (("images", rng.integers(0, 255, (32, 32, 3), "uint8")),
                          ("masks", rng.integers(0, 2, (32, 32), "uint8"))):
        (own / folder).mkdir(parents=True, exist_ok=True)
        Image.fromarray(array).save(own / folder / f"고양이{number}.png")
dataset = data.load(f"folder:{own}")
classes = ("바탕", "고양이")
plots.overlay(dataset.train.images[0], dataset.train.labels[0], classes).figure.savefig("그림.png")
model = keras.Sequential([
    keras.Input((32, 32, 3)), keras.layers.Conv2D(2, 1)])
recipe = Recipe(epochs=1, batch_size=2, checkpoint="실행/첫째")
fit(model, dataset.train, dataset.val, recipe)
model.save("모델.keras")
again = keras.saving.load_model("모델.keras")
model.save_weights("가중치.weights.h5")
again.load_weights("가중치.weights.h5")
models.export(model, "모델.tflite")
models.export(model, "저장 모델")
record.note("4.1", record.Outcome.RIGHT)
print(json.dumps({
    "package": segcourse.__file__, "record": str(record.path()), "kept": list(record.read()),
    "scenes": len(data.load("scenes").val), "file": dataset.train[0]["file"],
    "weights": models.small_vgg(weights="objects").count_params(),
}, ensure_ascii=False))
"""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A copy of the course in the home of 김철수, set free of all caches."""
    folder = tmp_path_factory.mktemp("홈") / "김철수" / "바탕 화면" / "분할 강의"
    leave_out = shutil.ignore_patterns("__pycache__", "my_project", ".ipynb_checkpoints")
    for name in ("segcourse", "data"):
        shutil.copytree(ROOT / name, folder / name, ignore=leave_out)
    for name in ("pyproject.toml", "requirements.txt"):
        shutil.copyfile(ROOT / name, folder / name)
    return folder


def variables(checkout, **more):
    home = next(path for path in checkout.parents if path.name == "김철수")
    found = {name: value for name, value in os.environ.items() if not name.startswith("SEGCOURSE")}
    paths = {"HOME": str(home), "USERPROFILE": str(home), "KERAS_HOME": str(home / ".keras")}
    return {**found, **paths, "PYTHONPATH": str(checkout), "PYTHONUTF8": "1", **more}


def started(command, checkout, **more):
    done = subprocess.run(
        command, cwd=checkout, env=variables(checkout, **more), capture_output=True,
        text=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_data_training_checkpoints_and_exports(checkout):
    said = started(
        [sys.executable, "-c", SCRIPT], checkout, MPLBACKEND="agg", TF_CPP_MIN_LOG_LEVEL="3"
    )
    found = json.loads(said.splitlines()[-1])
    assert found["package"].startswith(str(checkout))
    assert found["record"] == str(checkout / ".segcourse" / "progress.json")
    assert found["kept"] == ["4.1"] and "고양이" in found["file"]
    assert found["scenes"] > 0 and found["weights"] > 0
    wanted = ("그림.png", "모델.keras", "가중치.weights.h5", "모델.tflite", "실행")
    assert not [name for name in wanted if not (checkout / name).exists()]


def test_a_copy_that_tfds_wrote(tmp_path_factory):
    pytest.importorskip("tensorflow")
    folder = tmp_path_factory.mktemp("김철수") / "자료"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    command += [f"--basetemp={folder}", "tests/data/sets/pets_test.py", "-k", "manual_folder"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout


def test_the_set_up(checkout):
    """A virtual environment is made there, and the course goes on inside it."""
    (checkout / "requirements.txt").write_text("# nothing\n", encoding="utf-8")
    enter = "from segcourse.command import environment; environment.enter(['--help'])"
    more = {"PIP_NO_INDEX": "1", "VIRTUAL_ENV": ""}
    said = started([sys._base_executable, "-c", enter], checkout, **more)
    assert "python3 -m segcourse" in said
    assert (checkout / ".venv" / "setup-unfinished").exists() is False
