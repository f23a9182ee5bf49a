"""`check`, `hint` and `solution`, called from plain Python and in an IPython shell."""

import re

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from segcourse import check, hint, solution
from segcourse.exercises.judging import record
from segcourse.exercises.judging.judge import ExerciseError

STUB = 'def shift(row, by):\n    """Shifts."""\n    raise NotImplementedError'
RIGHT = (
    "def shift(row, by):\n    return np.concatenate([row[len(row) - by :], row[: len(row) - by]])"
)
LEFT = "def shift(row, by):\n    print('called')\n    return np.roll(row, -by)"
BELOW = "shift(np.arange(5), 2).tolist()"


class Plain:
    """A namespace that is no notebook."""

    def __init__(self):
        self.names = {"np": np, "check": check, "__name__": "__main__"}

    def run(self, source):
        exec(source, self.names)

    def value(self, source):
        return eval(source, self.names)


class Notebook:
    """A real IPython shell, without its history on disk."""

    def __init__(self):
        config = Config()
        config.HistoryManager.enabled = False
        self.shell = InteractiveShell.instance(config=config)
        self.run("import numpy as np\nfrom segcourse import check, failed, hint, solution")

    def run(self, source):
        self.shell.run_cell(source, store_history=True).raise_error()

    def value(self, source):
        return self.shell.run_cell(source).result


@pytest.fixture
def shell(week90, monkeypatch, tmp_path):
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    yield Notebook()
    InteractiveShell.clear_instance()


@pytest.fixture(params=["plain", "notebook"])
def notebook(request, week90):
    return Plain() if request.param == "plain" else request.getfixturevalue("shell")


def outcome():
    return record.read()["90.1"]["outcome"]


def test_untouched_says_so_and_the_reference_takes_the_name(notebook, capfd):
    notebook.run(STUB)
    notebook.run('check("90.1")')
    out, err = capfd.readouterr()
    assert "waits for you" in out and out.count("\n") <= 2 and err == ""
    assert notebook.value(BELOW) == [3, 4, 0, 1, 2]
    assert outcome() == "untouched"


def test_right_says_so_and_the_students_function_stays(notebook, capfd):
    notebook.run(RIGHT)
    own = notebook.value("shift")
    notebook.run('check("90.1")')
    assert "Exercise 90.1 (Shift a row): right." in capfd.readouterr().out
    assert notebook.value("shift") is own
    assert outcome() == "right"


def test_wrong_is_an_error_and_the_reference_takes_the_name(notebook, capfd):
    notebook.run(LEFT)
    with pytest.raises(ExerciseError, match="You shifted to the left."):
        notebook.run('check("90.1")')
    assert notebook.value(BELOW) == [3, 4, 0, 1, 2]
    assert outcome() == "wrong"


def test_untouched_is_an_error_when_strict(notebook, monkeypatch):
    monkeypatch.setenv("SEGCOURSE_STRICT", "1")
    notebook.run(STUB)
    for _ in range(2):
        with pytest.raises(ExerciseError, match="90.1"):
            notebook.run('check("90.1")')
    assert notebook.value(BELOW) == [3, 4, 0, 1, 2]
    notebook.run(RIGHT)
    notebook.run('check("90.1")')


def test_run_again_does_not_pass_the_reference_as_the_students(notebook, capfd):
    notebook.run(LEFT)
    with pytest.raises(ExerciseError):
        notebook.run('check("90.1")')
    capfd.readouterr()
    notebook.run('check("90.1")')
    assert "Run your exercise cell again" in capfd.readouterr().out
    assert record.read()["90.1"]["outcome"] == "wrong"
    assert record.read()["90.1"]["attempts"] == 1
    notebook.run(LEFT)
    with pytest.raises(ExerciseError):
        notebook.run('check("90.1")')
    notebook.run(RIGHT)
    notebook.run('check("90.1")')
    assert record.read()["90.1"]["outcome"] == "right"
    assert record.read()["90.1"]["attempts"] == 3


def test_cell_not_run(notebook):
    with pytest.raises(ExerciseError, match="no `shift`. Run the exercise cell above first"):
        notebook.run('check("90.1")')
    assert notebook.value(BELOW) == [3, 4, 0, 1, 2]


def test_returns_none(notebook):
    notebook.run(RIGHT)
    assert notebook.value('check("90.1")') is None


def test_unknown_exercise(notebook):
    with pytest.raises(ValueError, match='"90.1", "90.2".*Received: id=\'90.7\''):
        notebook.run('check("90.7")')


def test_random_numbers_below_do_not_depend_on_the_answer(notebook):
    drawn = set()
    for answer in (STUB, RIGHT, "def shift(row, by):\n    return np.random.rand(3)"):
        notebook.run("np.random.seed(1)")
        notebook.run(answer)
        try:
            notebook.run('check("90.1")')
        except ExerciseError:
            pass
        drawn.add(notebook.value("np.random.rand()"))
    assert len(drawn) == 1


def test_a_notebook_shows_the_lines_and_no_stack(shell, capfd):
    shell.run(LEFT)
    shell.shell.run_cell('check("90.1")')
    out, err = capfd.readouterr()
    lines = out.rstrip().splitlines()
    assert lines[-7] == "Exercise 90.1 is not right yet. You shifted to the left."
    assert lines[-6:-4] == [
        "shift(row=array([0., 1., 2., 3., 4.]), by=2): 5 of 5 values differ: [0] is 2, expected",
        "3.",
    ]
    assert lines[-3].endswith(': yours, inputs = failed("90.1"); yours(*inputs)')
    assert lines[-2:] == ["Your function printed:", "    called"]
    assert "Traceback" not in out and "check.py" not in out and err == ""


def test_line_number_in_the_cell(shell):
    shell.run("# one\ndef shift(row, by):\n    return row.missing")
    with pytest.raises(ExerciseError, match="line 3 of your cell, `return row.missing`, raised"):
        shell.run('check("90.1")')


def test_picture_is_shown_when_values_are_wrong(shell, monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    shell.run(LEFT)
    with pytest.raises(ExerciseError):
        shell.run('check("90.1")')
    assert len(shown) == 1
    for other in (RIGHT, STUB):
        shell.run(other)
        shell.run('check("90.1")')
    shell.run("def shift(row, by):\n    return 1 / 0")
    with pytest.raises(ExerciseError):
        shell.run('check("90.1")')
    assert len(shown) == 1


def test_picture_that_fails_costs_nothing(shell, shift, monkeypatch):
    monkeypatch.setattr(shift, "picture", lambda *arguments: 1 / 0)
    shell.run(LEFT)
    with pytest.raises(ExerciseError, match="to the left"):
        shell.run('check("90.1")')


def test_the_students_interrupt(shell):
    shell.run("def shift(row, by):\n    raise KeyboardInterrupt")
    with pytest.raises(KeyboardInterrupt):
        shell.run('check("90.1")')


def test_hints_one_after_the_other(week90, capfd):
    hint("90.1")
    assert capfd.readouterr().out == "Hint 1 of 2: Which value comes first?\n"
    hint("90.2")
    assert capfd.readouterr().out == "Hint 1 of 2: Divide.\n"
    hint("90.1")
    out = capfd.readouterr().out
    assert out.startswith("Hint 2 of 2: `np.roll` shifts.\n") and 'solution("90.1")' in out
    hint("90.1")
    out = capfd.readouterr().out
    assert "last of 2 hints" in out and 'solution("90.1")' in out
    hint("90.1", 1)
    assert capfd.readouterr().out == "Hint 1 of 2: Which value comes first?\n"
    hint(90.1, 2)
    assert "`np.roll` shifts." in capfd.readouterr().out
    with pytest.raises(ValueError, match="`number` must be one of 1 to 2. Received: number=3"):
        hint("90.1", 3)
    with pytest.raises(ValueError, match="Received: id='90.7'"):
        hint("90.7")


def test_solution_is_the_source(week90, capfd):
    solution("90.1")
    out = capfd.readouterr().out
    assert re.match(r"def shift\(row, by\):\n    \"\"\"", out)
    namespace = {"np": np}
    exec(out, namespace)
    assert namespace["shift"](np.arange(3), 1).tolist() == [2, 0, 1]
    with pytest.raises(ValueError, match="Received: id='90.7'"):
        solution("90.7")


def test_the_own_function_and_the_failing_input_can_be_had_again(notebook):
    notebook.run("from segcourse import failed")
    notebook.run(LEFT)
    with pytest.raises(ExerciseError, match=r"yours, inputs = failed\(\"90.1\"\); yours\(\*inputs"):
        notebook.run('check("90.1")')
    notebook.run('yours, inputs = failed("90.1")\ncame = yours(*inputs)')
    assert notebook.value("inputs[0].tolist()") == [0, 1, 2, 3, 4]
    assert notebook.value("came.tolist()") == [2, 3, 4, 0, 1]
    assert notebook.value("shift(*inputs).tolist()") == [3, 4, 0, 1, 2]
    notebook.run("inputs[0][:] = 0")
    assert notebook.value('failed("90.1")[1][0].tolist()') == [0, 1, 2, 3, 4]
    notebook.run(RIGHT)
    notebook.run('check("90.1")')
    with pytest.raises(
        ValueError, match="last check was wrong for some input. Received: id='90.1'"
    ):
        notebook.run('failed("90.1")')


@pytest.mark.parametrize("before", [LEFT, RIGHT, STUB, ""])
@pytest.mark.parametrize(
    "cell, said",
    [
        (
            "def shitf(row, by):\n    'Shifts a row of numbers to the right, around the end.'",
            "shitf",
        ),
        ("def shift(row, by)\n    return row", r"Your cell is not Python \(line 1: expected ':'"),
        ("def shift(row, by=missing):\n    return row", "stopped with an error before it had"),
    ],
)
def test_what_stands_in_the_cell_now_is_what_counts(shell, before, cell, said):
    if before:
        shell.run(before)
        shell.shell.run_cell('check("90.1")')
    shell.shell.run_cell(cell, store_history=True)
    if not before and "missing" in cell:
        said = "There is no `shift`"
    with pytest.raises(ExerciseError, match=said):
        shell.run('check("90.1")')
    shell.run(RIGHT)
    shell.run('check("90.1")')
    assert outcome() == "right"


def test_a_function_made_in_other_ways_is_no_stale_one(shell):
    shell.run("from functools import partial\ndef roll(by, row):\n    return np.roll(row, by)")
    shell.run("def shift(row, by):\n    return roll(by, row)")
    shell.run("shift = lambda row, by: np.roll(row, by)")
    shell.run('check("90.1")')
    assert outcome() == "right"
