import doctest
import importlib

import pytest

from segcourse import data


def test_the_default_is_scenes():
    assert data.load().name == "scenes"


def test_the_default_comes_from_the_environment(tiny_camvid, monkeypatch):
    monkeypatch.setenv("SEGCOURSE_DATASET", "camvid")
    assert data.load().name == "camvid"
    assert data.load("scenes").name == "scenes"


@pytest.mark.parametrize("call", [data.load, data.prepare])
def test_an_unknown_name_lists_those_there_are(call):
    with pytest.raises(ValueError, match="one of scenes, camvid. Received: name='cityscapes'"):
        call("cityscapes")


def test_an_unknown_name_in_the_environment(monkeypatch):
    monkeypatch.setenv("SEGCOURSE_DATASET", "nowhere")
    with pytest.raises(ValueError, match="scenes, camvid"):
        data.load()


@pytest.mark.parametrize("size", [128, (0, 5), (1, 2, 3), ("a", "b"), (4.5, 4)])
def test_a_wrong_size(size):
    with pytest.raises(ValueError, match="`size` must be"):
        data.load("scenes", size=size)


@pytest.mark.parametrize("name", ["loading", "split", "augmentation", "batches", "drawing.scene"])
def test_examples_run(name):
    module = importlib.import_module(f"segcourse.data.{name}")
    outcome = doctest.testmod(module)
    assert outcome.failed == 0 and outcome.attempted > 0
