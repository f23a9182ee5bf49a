import sys
import warnings
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


def start(name="tiny", anew=False, path=None, html=None, write=None):
    return data.main(SimpleNamespace(name=name, anew=anew, path=path, html=html, write=write))


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


def test_a_folder_of_ones_own(room, capsys):
    room.load = lambda name: SimpleNamespace(
        name=name, splits=(), split=None, classes=("a",), num_classes=1, source="mask pictures"
    )
    assert start("folder:/somewhere") == 0
    assert capsys.readouterr().out.startswith("folder:/somewhere: mask pictures\n")


def test_a_warning_is_a_sentence(room, capsys):
    dataset = room.load("tiny")

    def load(name):
        warnings.warn("3 pictures are left out", stacklevel=2)
        return dataset

    room.load = load
    assert start() == 0
    assert capsys.readouterr().err == "3 pictures are left out\n"


@pytest.fixture
def checking(room):
    """A data room whose `check` says what it was asked."""
    room.asked = []

    def check(path, html, write):
        room.asked.append((path, html, write))
        return room.report

    room.check, room.report = check, SimpleNamespace(right=True)
    return room


def test_check_says_what_is_wrong_and_its_status_tells(checking, capsys):
    assert start("check", path="mine", html="p.html", write="clean") == 0
    checking.report = SimpleNamespace(right=False)
    assert start("check", path="folder:mine") == 1
    assert checking.asked == [("mine", "p.html", "clean"), ("mine", None, None)]
    assert "right=False" in capsys.readouterr().out


@pytest.mark.parametrize(
    "given, message",
    [({"name": "check"}, "PATH must be given"), ({"path": "x"}, "PATH is for `data check PATH`"),
     ({"html": "x"}, "--html is for"), ({"write": "x"}, "--write is for"),
     ({"name": "check", "path": "x", "anew": True}, "--anew is for a NAME")],
)  # fmt: skip
def test_options_that_do_not_go_together(room, given, message):
    with pytest.raises(Stop, match=message) as stop:
        start(**given)
    assert stop.value.status == 2


def test_check_on_a_folder_that_is_not_there(checking):
    def check(path, html, write):
        raise ValueError("There is no folder mine.")

    checking.check = check
    with pytest.raises(Stop, match="^There is no folder mine.$"):
        start("check", path="mine")
