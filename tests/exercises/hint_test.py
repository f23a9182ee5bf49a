"""`hint`: the next one, a certain one, and ids that are written in other ways."""

import pytest

import segcourse.exercises.hint as module
from segcourse import hint
from segcourse.exercises.judging import registry


@pytest.fixture(autouse=True)
def none_given(monkeypatch):
    monkeypatch.setattr(module, "_given", {})


@pytest.mark.parametrize(
    "id, name", [("4.1", "4.1"), (4.1, "4.1"), ("b.1", "B.1"), (" B.1", "B.1")]
)
def test_the_first_hint(id, name, capsys):
    hint(id)
    exercise = registry.find(name)
    assert capsys.readouterr().out.startswith(f"Hint 1 of {len(exercise.hints)}: ")


def test_a_certain_hint_does_not_count_as_the_next_one(capsys):
    first, *others = registry.find("4.1").hints
    hint("4.1", 2)
    assert others[0] in capsys.readouterr().out
    hint("4.1")
    assert first in capsys.readouterr().out
    hint("4.1", 1)
    assert first in capsys.readouterr().out
    hint("4.1")
    assert others[0] in capsys.readouterr().out


def test_after_the_last_one_the_first_can_be_had_again(capsys):
    for _ in registry.find("b.1").hints:
        hint("b.1")
    assert 'This is the last hint. One way to write it: solution("B.1")' in capsys.readouterr().out
    hint("b.1")
    assert 'hint("B.1", 1) shows the first one again' in capsys.readouterr().out
    hint("b.1", 1)
    assert capsys.readouterr().out.startswith("Hint 1 of ")


@pytest.mark.parametrize("number", [0, -1, 99, "1", 1.5])
def test_no_such_hint(number):
    total = len(registry.find("4.1").hints)
    said = f"`number` must be one of 1 to {total}. Received: number={number!r}"
    with pytest.raises(ValueError, match=said.replace(".", r"\.")):
        hint("4.1", number)


@pytest.mark.parametrize("id, near", [("4.99", '"4.1", "4.2"'), ("fuze", '"4.'), ("c.1", '"')])
def test_an_unknown_id_names_the_nearest(id, near):
    with pytest.raises(registry.UnknownExercise) as caught:
        hint(id)
    assert f"the nearest are {near}" in str(caught.value)
    assert str(caught.value).endswith(f"Received: id={id!r}")
