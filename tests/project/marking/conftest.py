"""A hand-in as the course writes it, made without training."""

import json

import keras
import nbformat
import pytest

from segcourse.project.checking.files import LARGEST
from segcourse.project.checking.sha256 import sha256

SCORES = ("pixel_accuracy", "mean_accuracy", "mean_iou", "frequency_weighted_iou", "mean_dice",
          "near_borders", "boundary_iou", "pq_all", "sq_all", "rq_all")  # fmt: skip
CLASSES = ["sky", "grass", "tree", "cat", "dog"]


class Maker:
    """Writes hand-ins into folders; `change` makes another one of it."""

    def __init__(self, model):
        self._model = model

    def write(self, folder, **report):
        folder.mkdir(parents=True)
        (folder / "model.keras").write_bytes(self._model)
        held = {
            "split": "test",
            "images": 128,
            "size": [128, 128],
            "scores": dict.fromkeys(SCORES, 0.5),
            "iou": dict.fromkeys(CLASSES, 0.5),
        }
        digest = sha256(folder / "model.keras")
        found = {
            "schema": 1, "dataset": "scenes", "classes": CLASSES, "minutes": 2.0,
            "trained_seconds": 100.0, "name": "FCN-8s", "parameters": 1, "held_back": held,
            "val_mean_iou": 0.5, "looks": 2, "model_sha256": digest, "true_segments": "x",
        }  # fmt: skip
        self.json(folder, "report.json", {**found, **report})
        self.json(folder, "looks.json", [{}, {}])
        self.json(folder, "progress.json", {})
        entries = [{"kind": "trial", "name": f"n{k}", "parameters": k} for k in range(4)]
        entries.append({"kind": "final", "name": "n3", "model_sha256": digest})
        lines = "".join(json.dumps(entry) + "\n" for entry in entries)
        (folder / "log.jsonl").write_text(lines)
        words = "one two three four five six seven eight"
        card = f"# N\n\n## What it is for\n\n{words}\n\n## Data\n\n0.5000\n\n## Limits\n\n{words}\n"
        (folder / "model_card.md").write_text(card)
        cell = nbformat.v4.new_code_cell("1", execution_count=1)
        nbformat.write(nbformat.v4.new_notebook(cells=[cell]), folder / "final_project.ipynb")
        (folder / "final_project.html").write_text("<p>")
        (folder / "versions.txt").write_text("python 3\n")
        self.list(folder)
        return folder

    def list(self, folder):
        """Write hand_in.json over the files as they are now."""
        sums = {p.name: sha256(p) for p in folder.iterdir() if p.name != "hand_in.json"}
        checks = [{"id": id, "outcome": "right"} for id in ("runs", "paths", "data")]
        self.json(folder, "hand_in.json", {"schema": 1, "sha256": sums, "checks": checks})

    @staticmethod
    def json(folder, name, value):
        (folder / name).write_text(json.dumps(value), encoding="utf-8")


@pytest.fixture(scope="session")
def model(tmp_path_factory):
    """The bytes of a model file."""
    path = tmp_path_factory.mktemp("model") / "model.keras"
    layers = [keras.Input((128, 128, 3)), keras.layers.Conv2D(5, 1)]
    keras.Sequential(layers).save(path)
    return path.read_bytes()


@pytest.fixture
def make(model):
    return Maker(model)


@pytest.fixture
def good(make, tmp_path):
    folder = make.write(tmp_path / "kim")
    assert sorted(path.name for path in folder.iterdir()) == sorted(LARGEST)
    return folder
