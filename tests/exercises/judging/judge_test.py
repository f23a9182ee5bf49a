import functools
import re

import numpy as np
import pytest

from segcourse.exercises.judging.cell import MARK
from segcourse.exercises.judging.judge import (
    ExerciseError,
    Outcome,
    bind_reference,
    judge,
)
from segcourse.exercises.judging.recognise import gist, words

# What a student writes -> what is said about it. None for the mistake: a message of its own.
WRONG = {
    "missing return": (
        "def shift(row, by):\n    np.roll(row, by)",
        None,
        "returned None, .*return",
    ),
    "wrong shape": (
        "def shift(row, by):\n    return np.roll(row, by)[None]",
        None,
        r"has the shape \(1, \d+\), expected \(\d+,\)",
    ),
    "wrong dtype": (
        "def shift(row, by):\n    return np.roll(row, by).astype(int)",
        None,
        "has the dtype int64, expected float64",
    ),
    "NaN": (
        "def shift(row, by):\n    return np.roll(row, by) * np.nan",
        None,
        r"\[0\] is NaN \(not a number\), expected",
    ),
    "wrong values": (
        "def shift(row, by):\n    return np.roll(row, by) + 1",
        None,
        r"(\d+) of \1 values differ: \[0\] is .*, expected",
    ),
    "too few parameters": (
        "def shift(row):\n    return row",
        None,
        r"`shift\(row, by\)` is asked for, .*unexpected keyword argument 'by'",
    ),
    "renamed parameters": (
        "def shift(x, amount):\n    return x",
        None,
        r"`shift\(row, by\)` is asked for, ",
    ),
    "not a function": ("shift = 3", None, "`shift` is 3, not a function"),
    "changed its input": (
        "def shift(row, by):\n    row[:] = np.roll(row, by)\n    return row",
        None,
        "changed its input `row`: work on a copy",
    ),
    "exception": (
        "def shift(row, by):\n    row = row + 0\n    return row.roll(by)",
        None,
        r"line 3 of your cell, `return row.roll\(by\)`, raised AttributeError: .*'roll'",
    ),
    "exception without text": (
        "def shift(row, by):\n    assert False",
        None,
        "line 2 of your cell, `assert False`, raised AssertionError",
    ),
    "sys.exit": ("def shift(row, by):\n    sys.exit(0)", None, "left Python with `sys.exit`"),
    "endless loop": (
        "def shift(row, by):\n    while True:\n        by += 1",
        None,
        "did not come to an end within 1 s: is a loop endless\\?",
    ),
    "generator": ("def shift(row, by):\n    yield from row", None, "is a generator, expected"),
    "left, in other words": (
        "def shift(row, by):\n    return [row[(i + by) % len(row)] for i in range(len(row))]",
        "to the left",
        "values differ",
    ),
    "zeros, as a tensor": (
        "def shift(row, by):\n    return ops.pad(ops.convert_to_tensor(row), [(by, 0)])[:len(row)]",
        "filled with zeros",
        "values differ",
    ),
    "one too far, in place": (
        "def shift(row, by):\n    row[:] = np.roll(row, 1 + by)\n    return row",
        None,
        "changed its input `row`: work on a copy",
    ),
    "a list": (
        "def shift(row, by):\n    return [*row[-by:], *row[:-by]]",
        None,
        "the values are right, but a list came: return a NumPy array",
    ),
    "a tensor": (
        "def shift(row, by):\n    return ops.roll(row, by)",
        None,
        "the values are right, but a tensor came: return a NumPy array",
    ),
    "to the left, but for short rows": (
        "def shift(row, by):\n    assert len(row) > 5\n    return np.roll(row, -by)",
        "to the left",
        "raised AssertionError",
    ),
    "code above the stub's last line": (
        "def shift(row, by):\n    n = len(row)\n    raise NotImplementedError",
        None,
        "Line 3 of your cell, `raise NotImplementedError`, still ends it: delete it",
    ),
    "input": (
        "def shift(row, by):\n    return np.roll(row, int(input('by? ')))",
        None,
        "raised RuntimeError: `input` waits for somebody to type",
    ),
    "os._exit": (
        "import os\ndef shift(row, by):\n    os._exit(0)",
        None,
        "raised RuntimeError: `os._exit` would end the kernel",
    ),
    "os.fork": (
        "import os\ndef shift(row, by):\n    os.fork()",
        None,
        "raised RuntimeError: `os.fork` starts another process",
    ),
    "deep recursion": (
        "def shift(row, by):\n    sys.setrecursionlimit(10**8)\n    return shift(row, by - 1)",
        None,
        "raised RecursionError",
    ),
    "swallows everything": (
        "def shift(row, by):\n    while True:\n        try:\n            by += 1\n"
        "        except:\n            pass",
        None,
        "did not come to an end within 1 s",
    ),
    "raises the same as a mistake": (
        "def shift(row, by):\n    return np.add(row[by:], row)",
        "added first",
        "raised ValueError: operands could not be broadcast",
    ),
    "raises the same with other numbers": (
        "def shift(row, by):\n    return row[by + 1 :] + row",
        "added first",
        "raised ValueError: operands could not be broadcast",
    ),
    "raises the same type with another text": (
        "def shift(row, by):\n    a, b = row\n    return row",
        None,
        "line 2 of your cell, `a, b = row`, raised ValueError: too many values to unpack",
    ),
}


@pytest.mark.parametrize("source, mistake, said", WRONG.values(), ids=WRONG)
def test_wrong(shift, student, source, mistake, said):
    verdict = judge(shift, student(source))
    assert verdict.outcome is Outcome.WRONG
    assert verdict.mistake == mistake, verdict.message
    first, what, stands_in, *again = verdict.message.splitlines()
    assert re.search(said, what), what
    messages = {m.name: m.message for m in shift.mistakes}
    help = first.removeprefix("Exercise 90.1 is not right yet.").strip()
    assert help == messages.get(mistake) or help in ("", 'hint("90.1") may help.')
    assert stands_in == "Until you run your cell again, the reference stands in for `shift`."
    own = 'Your own function with this input: yours, inputs = failed("90.1"); yours(*inputs)'
    assert again == ([own] if verdict.failing else [])


RIGHT = {
    "as the reference": "def shift(row, by):\n    return np.roll(row, by)",
    "float64": "def shift(row, by):\n    return np.roll(row.astype('float64'), by)",
    "more parameters": "def shift(row, by, axis=0):\n    return np.roll(row, by, axis)",
    "a lambda": "shift = lambda row, by: np.roll(row, by)",
    "an object": (
        "class Shift:\n    def __call__(self, row, by):\n        return np.roll(row, by)\n"
        "shift = Shift()"
    ),
    "prints and warns": (
        "import warnings\ndef shift(row, by):\n    print(row); warnings.warn('x')\n"
        "    print('y', file=sys.stderr)\n    return np.roll(row, by)"
    ),
}


@pytest.mark.parametrize("source", RIGHT.values(), ids=RIGHT)
def test_right(shift, student, source, capfd):
    verdict = judge(shift, student(source))
    assert verdict.outcome is Outcome.RIGHT, verdict.message
    assert capfd.readouterr() == ("", "")


UNTOUCHED = {
    "stub": 'def shift(row, by):\n    """Text."""\n    raise NotImplementedError',
    "stub with words": "def shift(row, by):\n    raise NotImplementedError('to do')",
    "stub in a helper": (
        "def helper():\n    raise NotImplementedError\ndef shift(row, by):\n    return helper()"
    ),
}


@pytest.mark.parametrize("source", UNTOUCHED.values(), ids=UNTOUCHED)
def test_untouched(shift, student, source):
    verdict = judge(shift, student(source))
    assert verdict.outcome is Outcome.UNTOUCHED
    assert 'hint("90.1")' in verdict.message


def test_not_implemented_elsewhere_is_wrong(shift, student):
    function = student("def shift(row, by):\n    return _missing(row)")
    function.__globals__["_missing"] = _missing
    verdict = judge(shift, function)
    assert verdict.outcome is Outcome.WRONG
    assert "raised NotImplementedError: not on this backend" in verdict.message


def _missing(row):
    raise NotImplementedError("not on this backend")


def test_not_implemented_on_a_later_case_is_wrong(shift, student):
    function = student(
        """
        seen = []
        def shift(row, by):
            seen.append(row)
            if len(seen) > 1:
                raise NotImplementedError
            return np.roll(row, by)
        """
    )
    assert judge(shift, function).outcome is Outcome.WRONG


def test_an_answer_cannot_be_typed_in(shift, student):
    def typed_in(row, by):
        return np.array([3.0, 4.0, 0.0, 1.0, 2.0])

    first, second = judge(shift, typed_in), judge(shift, typed_in)
    assert first.outcome is second.outcome is Outcome.WRONG
    assert first.message != second.message


def test_slip_of_the_same_type_as_a_mistake_is_not_that_mistake(week90, student):
    half = week90[1]
    half_mistakes = list(half.mistakes)
    try:
        half.mistake("adds text", "Do not add text.")(_adds_text())
        said = judge(half, student("def half(n):\n    return len(n)", "half"))
        assert said.mistake is None and "object of type 'int' has no len" in said.message
        said = judge(half, student("def half(n):\n    return n + 'a'", "half"))
        assert said.mistake == "adds text"
    finally:
        half.mistakes[:] = half_mistakes


def _adds_text():
    def half(n):
        return n + ""

    return half


def error(text, kind=ValueError):
    return kind(text)


def test_two_errors_say_the_same_words_in_any_order():
    one = "operands could not be broadcast together with shapes (1,3) (4,5)"
    assert words(error(one)) == words(error(one.replace("(1,3) (4,5)", "(4,5) (1,3)")))
    assert words(error(one)) != words(error(one.replace("5", "6")))
    assert words(error("bad operand for +: 'int'")) != words(error("bad operand for -: 'int'"))


@pytest.mark.parametrize(
    "one, other",
    [
        ("with shapes (1,3) (4,5)", "with shapes (2,) (4,5,6)"),
        ("too many values to unpack (expected 2)", "too many values to unpack (expected 3, got 4)"),
        ("Layer 'dense_3' got shape=(None, (2, 3))", 'Layer "conv" got shape=(None, 7)'),
        (
            "{{function_node __wrapped__AddV2}} Incompatible shapes: [1,3] vs. [4] [Op:AddV2]",
            "Incompatible shapes: [1,2,3] vs. [9]",
        ),
        ("index 255 is out of bounds for axis 2", "index -1.5 is out of bounds for axis 0"),
    ],
)
def test_errors_of_one_gist(one, other):
    assert gist(error(one)) == gist(error(other))
    assert gist(error(one)) != gist(error("something else " + other))


def test_names_count_in_the_gist_of_a_slip():
    texts = "name 'widht' is not defined", "name 'x' is not defined"
    assert len({str(gist(error(text, NameError))) for text in texts}) == 2


def test_between_two_mistakes_of_one_gist_there_is_no_guess(week90, student):
    half = week90[1]
    half_mistakes = list(half.mistakes)
    try:
        for name, length in (("two", 2), ("three", 3)):
            source = f"def half(n):\n    return np.zeros({length}) + np.zeros(7)\n"
            half.mistakes.append(type(half.right)("half", source, name, f"Not {name}."))
        for length, mistake in ((2, "two"), (3, "three"), (4, None)):
            source = f"def half(n):\n    return np.zeros(7) + np.zeros({length})"
            assert judge(half, student(source, "half")).mistake == mistake
    finally:
        half.mistakes[:] = half_mistakes


def test_reference_in_place_is_not_an_answer(shift):
    namespace = {}
    bind_reference(shift, namespace)
    np.testing.assert_array_equal(namespace["shift"](np.arange(3), 1), [2, 0, 1])
    verdict = judge(shift, namespace["shift"])
    assert verdict.outcome is Outcome.UNTOUCHED and verdict.standing
    wrapped = functools.wraps(namespace["shift"])(lambda row, by: namespace["shift"](row, by))
    assert judge(shift, wrapped).standing
    assert hasattr(namespace["shift"], MARK)


def test_prints_of_the_case_that_went_wrong(shift, student):
    verdict = judge(shift, student("def shift(row, by):\n    print('by is', by)\n    return row"))
    assert re.fullmatch(r"by is \d\n", verdict.printed)
    lines = ExerciseError(verdict.message, verdict.printed)._render_traceback_()
    *said, head, printed = lines
    assert " ".join(said) == " ".join(verdict.message.splitlines())
    assert [head, printed] == ["Your function printed:", "    " + verdict.printed.strip()]


def test_a_notebook_shows_lines_that_need_no_breaking_and_break_no_word():
    long = "word " * 50 + "x" * 120 + " end"
    lines = ExerciseError(f"{long}\n\nnext")._render_traceback_()
    assert " ".join(lines).split() == [*long.split(), "next"] and lines[-2:] == ["", "next"]
    assert all(len(line) <= 88 or line == "x" * 120 for line in lines)
    lines = ExerciseError("연습 문제는 아직 맞지 않았습니다. " * 9)._render_traceback_()
    assert all(
        10 < len(line) <= 60 and line.endswith((".", "는", "직", "지", "제")) for line in lines[:-1]
    )
    printed = "y " * 45
    assert ExerciseError("no", printed)._render_traceback_()[-1] == "    " + printed.rstrip()


def test_values_for_a_picture(shift, student):
    case, got, expected = judge(shift, student("def shift(row, by):\n    return row")).picture
    np.testing.assert_array_equal(got, case.args[0])
    np.testing.assert_array_equal(expected, np.roll(case.args[0], case.kwargs["by"]))
    assert judge(shift, student("def shift(row, by):\n    return 1 / 0")).picture is None


def test_a_comparison_that_fails_is_said(shift, monkeypatch):
    def fails(got, expected):
        return got.layers

    monkeypatch.setattr(shift, "compare", fails)
    assert "cannot be compared (AttributeError" in judge(shift, lambda row, by: row).message


def test_a_reference_that_fails_is_our_defect(shift, monkeypatch):
    def no_cases(rng):
        return [(None, 1)]

    monkeypatch.setattr(shift, "cases", no_cases)
    monkeypatch.setattr(shift, "right", shift.mistakes[2])
    with pytest.raises(RuntimeError, match="reference of exercise 90.1 fails on its own case"):
        judge(shift, lambda row, by: row)
