import sys
from types import ModuleType, SimpleNamespace

import pytest

import segcourse
from segcourse.command import data
from segcourse.command.environment import Stop
from segcourse.data import catalogue


@pytest.fixture
def room(monkeypatch):
    """A data room that knows one set."""
    module = ModuleType("segcourse.data")
    dataset = SimpleNamespace(
        name="tiny", splits=("train", "val"), split=lambda name: TinySplit(), classes=("a", "b"),
        num_classes=2, source="a folder",
    )  # fmt: skip
    module.made = []
    module.prepare = lambda name, anew: module.made.append((name, anew))
    module.load = lambda name: dataset
    monkeypatch.setitem(sys.modules, "segcourse.data", module)
    monkeypatch.setattr(segcourse, "data", module, raising=False)
    monkeypatch.setattr(catalogue, "MODULES", {"tiny": "segcourse.data.tiny"})
    monkeypatch.setattr(catalogue, "NAMES", ("tiny",))
    return module


class TinySplit(list):
    def __init__(self):
        super().__init__([1, 2, 3])

    def take(self, count):
        return SimpleNamespace(images=self[:count])


def start(name="tiny", anew=False):
    return data.main(SimpleNamespace(name=name, anew=anew))


def test_says_place_splits_and_classes(room, capsys):
    assert start() == 0
    assert capsys.readouterr().out.splitlines() == [
        "tiny: a folder",
        " train:     3 pictures",
        "   val:     3 pictures",
        "  test: absent, val is used",
        "2 classes: a, b",
    ]


def test_only_anew_makes_a_copy_again(room):
    assert start() == 0 and room.made == []
    assert start(anew=True) == 0 and room.made == [("tiny", True)]


def test_damage_is_one_message(room):
    def damaged(name):
        raise ValueError("train/001.png is truncated")

    room.load = damaged
    with pytest.raises(Stop, match="^train/001.png is truncated$"):
        start()


def test_an_unknown_name_is_refused_before_tensorflow_is_imported(monkeypatch):
    monkeypatch.setitem(sys.modules, "segcourse.data", None)  # importing it is an error
    with pytest.raises(Stop, match="`NAME` must be one of scenes, camvid.* Rec.*'huge'") as stop:
        start("huge")
    assert stop.value.status == 2
