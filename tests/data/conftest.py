import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def own_folders(monkeypatch, tmp_path):
    """No test sees the user's folders or writes outside its own."""
    for name in ("SEGCOURSE_MANUAL_DIR", "SEGCOURSE_DATASET"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SEGCOURSE_DATA_DIR", str(tmp_path / "cache"))


@pytest.fixture(scope="session")
def real_data():
    """The folder with the real pictures, or a skip that says what is missing."""
    named = os.environ.get("SEGCOURSE_MANUAL_DIR")
    for folder in filter(None, (named, ROOT.parent / "shared" / "data")):
        if all((Path(folder) / part).is_dir() for part in ("camvid/train", "membrane/image")):
            return Path(folder)
    pytest.skip("no real CamVid and membranes: SEGCOURSE_MANUAL_DIR is not set")


def write_camvid(folder, splits=("train", "val"), count=3, height=12, width=16):
    """A tiny CamVid; image k is coloured by its label map, so that pairs can be told."""
    rng = np.random.default_rng(0)
    for split in splits:
        (folder / split).mkdir(parents=True)
        (folder / f"{split}annot").mkdir()
        for k in range(count):
            label = rng.integers(0, 12, (height, width)).astype("uint8")
            image = np.stack([label * 20, label * 10, np.full_like(label, k)], axis=-1)
            Image.fromarray(image).save(folder / split / f"{k:03d}.png")
            Image.fromarray(label).save(folder / f"{split}annot" / f"{k:03d}.png")
    return folder


@pytest.fixture
def tiny_camvid(tmp_path, monkeypatch):
    """A manual folder with a tiny CamVid without its test split."""
    folder = write_camvid(tmp_path / "manual" / "camvid")
    monkeypatch.setenv("SEGCOURSE_MANUAL_DIR", str(tmp_path / "manual"))
    return folder


@pytest.fixture
def make_camvid():
    return write_camvid


def write_membrane(folder, slices=range(24), height=12, width=16):
    """Tiny membranes; slice k is grey k where there is membrane, and 100 + k in a cell."""
    rng = np.random.default_rng(0)
    for part in ("image", "label"):
        (folder / part).mkdir(parents=True)
    for k in slices:
        cell = rng.random((height, width)) < 0.7
        image = np.where(cell, 100 + k, k).astype("uint8")
        Image.fromarray(image).save(folder / "image" / f"{k}.png")
        Image.fromarray(np.where(cell, 255, 0).astype("uint8")).save(folder / "label" / f"{k}.png")
    return folder


@pytest.fixture
def tiny_membrane(tmp_path, monkeypatch):
    """A manual folder with tiny membranes without the slices of the test split."""
    folder = write_membrane(tmp_path / "manual" / "membrane")
    monkeypatch.setenv("SEGCOURSE_MANUAL_DIR", str(tmp_path / "manual"))
    return folder


@pytest.fixture
def make_membrane():
    return write_membrane
