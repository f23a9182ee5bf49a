import pytest

from segcourse.project.hints import HINTS, hint, solution


def test_hints_come_one_by_one(capsys):
    for number in range(1, len(HINTS) + 1):
        hint()
        assert capsys.readouterr().out.startswith(f"Hint {number} of {len(HINTS)}: ")
    hint()
    assert "That was the last" in capsys.readouterr().out
    hint(1)
    assert HINTS[0] in capsys.readouterr().out


@pytest.mark.parametrize("wrong", [0, len(HINTS) + 1, "1", 1.0, True])
def test_no_such_hint(wrong):
    with pytest.raises(ValueError, match="`number`"):
        hint(wrong)


def test_the_solution_comes_after_the_last_hint(capsys):
    hint()
    capsys.readouterr()
    solution()
    assert f"There are {len(HINTS) - 1} hints left" in capsys.readouterr().out
    solution(anyway=True)
    shown = capsys.readouterr().out
    assert "def network(" in shown and "def recipe(" in shown
    for _ in HINTS:
        hint()
    capsys.readouterr()
    solution()
    assert capsys.readouterr().out == shown


def test_anyway_is_true_or_false():
    with pytest.raises(ValueError, match="`anyway`"):
        solution(anyway=1)
