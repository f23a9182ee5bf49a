import sys
from types import ModuleType, SimpleNamespace

import pytest

import segcourse
from segcourse.command import data
from segcourse.command.environment import Stop


@pytest.fixture
def room(monkeypatch):
    """A data room that knows one set."""
    module = ModuleType("segcourse.data")
    dataset = SimpleNamespace(
        name="tiny", splits=("train",), train=[1, 2, 3], classes=("a", "b"), num_classes=2,
        source="a folder",
    )  # fmt: skip

    def prepare(name):
        if name != "tiny":
            raise ValueError("`name` must be one of tiny. Received: name='huge'")
        return "here"

    module.prepare, module.load = prepare, lambda name: dataset
    monkeypatch.setitem(sys.modules, "segcourse.data", module)
    monkeypatch.setattr(segcourse, "data", module, raising=False)


def test_says_place_splits_and_classes(room, capsys):
    assert data.main(SimpleNamespace(name="tiny")) == 0
    said = capsys.readouterr().out
    for part in ("tiny: here", "a folder", "train:     3 pictures", "2 classes: a, b"):
        assert part in said


def test_an_unknown_name_is_one_message(room):
    with pytest.raises(Stop, match="must be one of tiny"):
        data.main(SimpleNamespace(name="huge"))
