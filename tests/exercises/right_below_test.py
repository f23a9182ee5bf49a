"""What a check accepts runs in every later cell that uses it, and shows what the reference shows.

The cells that train a network for long, and what needs their networks, are left out. All others
train for a few steps only: whether networks get good is asked by other tests. On JAX no exercise
and no form is tried that has nothing of the backend in it. After a change each exercise is tried
with one right answer in other words and one form, its neighbour with others.
"""

import functools
import json
from pathlib import Path

import keras
import numpy as np
import pytest

from segcourse.exercises.judging.judge import Outcome, judge
from segcourse.exercises.judging.registry import all_exercises
from tests.exercises.backend import touches_backend
from tests.exercises.below.cells import below, cells_of, names
from tests.exercises.below.forms import forms, in_form
from tests.exercises.below.texts import same
from tests.exercises.below.walk import Run, walk
from tests.thorough import sample

JAX = keras.backend.backend() == "jax"
EXERCISES = [e for e in all_exercises() if not JAX or touches_backend(e)]
NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


def runs_of(exercise):
    """All that the check is known to accept, but for the reference; a sample is one of a kind."""
    first = EXERCISES.index(exercise)
    also = sample([exercise.also[first % len(exercise.also)]], all=exercise.also)
    stored = [Run(exercise, answer.name, answer.build) for answer in also]
    tried = {name: form for name, form in forms().items() if not JAX or "tensors" in name}
    one = list(tried)[first % len(tried)]
    tried = sample({one: tried[one]}, all=tried)
    accepted = {name: form for name, form in tried.items() if accepts(exercise, form)}
    return stored + [
        Run(exercise, name, lambda namespace, f=form: in_form(exercise.right.build(namespace), f))
        for name, form in accepted.items()
    ]


def accepts(exercise, form):
    """Whether the check takes the reference's results in a form; not if that is theirs already."""
    function = in_form(exercise.right.build(), form)
    right = judge(exercise, function, seed=0).outcome is Outcome.RIGHT
    return right and function.differs


@functools.cache
def walked(path):
    """The runs of a notebook at its end, and the numbers of the cells left out, by exercise."""
    ids = [cell.tagged("exercise") for cell in cells_of(path)]
    runs = [run for e in EXERCISES if e.id in ids for run in runs_of(e)]
    return runs, walk(path, runs, short=True)


@functools.cache
def notebooks():
    """The notebook of each exercise, by id."""
    return {
        cell.tagged("exercise"): path
        for path in sorted(NOTEBOOKS.glob("*.ipynb"))
        for cell in cells_of(path)
    }


def assert_same_below(exercise, runs):
    faults = [f"{exercise.id}, {run.name}: {run.fault}" for run in runs if run.fault]
    assert not faults, "\n\n".join(faults)


@pytest.mark.timeout(600)
@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # Keras'
@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_what_is_accepted_shows_the_same_below(exercise):
    runs, left_out = walked(notebooks()[exercise.id])
    mine = [run for run in runs if run.exercise is exercise]
    assert_same_below(exercise, mine)
    assert all(run.cells for run in mine), f"no cell was run; left out: {left_out[exercise.id]}"


# The walk itself


@pytest.fixture
def below_shift(tmp_path, shift):
    """Walks down a notebook that has these cells below the exercise; gives its runs by name."""

    def go(*sources, tags=()):
        cells = ["import numpy as np\nrow = np.arange(4.0)", "", *sources]
        all_tags = [[], ["exercise:90.1"], *([*tags] for _ in sources)]
        found = [
            {"cell_type": "code", "source": [source], "metadata": {"tags": t}}
            for source, t in zip(cells, all_tags, strict=True)
        ]
        found[1]["source"] = ["def shift(row, by):\n    raise NotImplementedError"]
        path = tmp_path / "made_up.ipynb"
        path.write_text(json.dumps({"cells": found}))
        as_list = forms()["arrays as lists"]
        build = shift.right.build
        runs = [Run(shift, answer.name, answer.build) for answer in shift.also]
        runs.append(Run(shift, "a list", lambda namespace: in_form(build(namespace), as_list)))
        left_out = walk(path, runs)
        return {run.name: run for run in runs}, left_out["90.1"]

    return go


def test_an_answer_that_fails_below_is_found(below_shift, shift):
    runs, _ = below_shift("moved = shift(row, 1)", "print(moved.sum())", "print(moved[0])")
    assert runs["also right 1"].fault is None and runs["also right 1"].cells == 1
    assert runs["a list"].fault.startswith("cell 3 fails:\nAttributeError in line 1: 'list'")
    with pytest.raises(AssertionError, match=r"90\.1, a list: cell 3 fails"):
        assert_same_below(shift, runs.values())


def test_another_text_is_found(below_shift):
    runs, _ = below_shift("print(shift(row, 1) * 2)")
    assert runs["also right 1"].fault is None
    assert "[3.0, 0.0, 1.0, 2.0, 3.0" in runs["a list"].fault
    assert "and with the reference\n[6. 0. 2. 4.]" in runs["a list"].fault


def test_a_function_further_up_uses_the_answer_and_so_does_what_is_drawn(below_shift):
    show = "import matplotlib.pyplot as plt\n\ndef show(n):\n    plt.title(str(shift(row, n)))"
    runs, _ = below_shift(show, "show(1)")
    assert "text [3.0, 0.0, 1.0, 2.0]" in runs["a list"].fault
    assert "text [3. 0. 1. 2.]" in runs["a list"].fault


def test_a_cell_that_says_times_need_only_say_the_same_words(below_shift):
    timed = "import time\nshift(row, 1)\nprint('took', time.perf_counter(), 's')"
    assert below_shift(timed)[0]["also right 1"].fault
    assert below_shift(timed, tags=["nbval-ignore-output"])[0]["also right 1"].fault is None


def test_what_changes_where_it_stands_is_as_before_for_the_next(below_shift):
    runs, _ = below_shift(
        "seen, rng = [], np.random.default_rng(0)",
        "seen.append(float(shift(row, 1)[0]))\nprint(seen, rng.integers(100))",
        "print(len(seen), seen + [float(shift(row, 2)[0])], rng.integers(100))",
    )
    assert [run.fault for run in runs.values()] == [None, None]
    assert [run.cells for run in runs.values()] == [2, 2]


def test_what_draws_draws_the_same_with_every_answer(below_shift):
    runs, _ = below_shift(
        "rng = np.random.default_rng(0)\nplain = shift(row, 1)\nprint(rng.integers(100))",
        "x = rng.integers(100)",
        "print(rng.integers(100), plain[0])",
    )
    assert [run.fault for run in runs.values()] == [None, None]


def test_long_training_and_what_needs_it_is_left_out(below_shift):
    cells = "net = fit(shift(row, 1))", "print(net)", "print(np.sum(shift(row, 2)))"
    runs, left_out = below_shift(*cells, tags=["nbval-ignore-output"])
    assert left_out == {2, 3}
    assert [run.cells for run in runs.values()] == [1, 1]


# Its parts


@pytest.mark.parametrize(
    "source, takes, assigns",
    [
        ("a = b\nc = a", {"b"}, {"a", "c"}),
        ("a += 1", {"a"}, {"a"}),
        ("for i in range(n):\n    print(i)", {"n"}, {"i"}),
        ("import x.y as z\nz.f(w)", {"w"}, {"z"}),
        ("def f(a, *b, c=d):\n    e = a\n    return e + g", {"d", "g"}, {"f"}),
        ("f = lambda a: a + b", {"b"}, {"f"}),
        ("a = [x for x in y if x]", {"y"}, {"a"}),
        ("a[0] = b", {"a", "b"}, set()),
        ("class A(B):\n    def f(self):\n        return c", {"B", "c"}, {"A"}),
        ("with f() as g:\n    g()", {"f"}, {"g"}),
    ],
)
def test_names_that_a_cell_takes_and_assigns(source, takes, assigns):
    assert names(source)[:2] == (takes, assigns)


def test_a_name_that_gets_a_new_value_is_followed_no_further(tmp_path):
    sources = ["a = f(1); b = 2", "c = b", "d = a", "a = 3", "e = a"]
    cells = [{"cell_type": "code", "source": [s], "metadata": {}} for s in sources]
    (tmp_path / "n.ipynb").write_text(json.dumps({"cells": cells}))
    reached, left_out = below(cells_of(tmp_path / "n.ipynb"), {"f"})
    assert [cell.number for cell in reached] == [0, 2] and not left_out


@pytest.mark.parametrize(
    "one, other, agree",
    [
        ("mean 0.123, 5 rows", "mean 0.124, 5 rows", True),
        ("mean 0.123", "mean 0.125", False),
        ("5 rows", "6 rows", False),
        ("12,345 weights", "12,346 weights", False),
        ("off by 5.9e-08", "off by 0.0", True),
        ("[0.5 1. ]", "[0.5  1.]", True),
        ("(1, 2)", "[1, 2]", False),
        ("1", "1.0", True),
        ("<f at 0x7f01>", "<f at 0x7f02>", True),
    ],
)
def test_texts_agree_up_to_the_last_digit(one, other, agree):
    assert same(one, other) is agree


@pytest.mark.parametrize(
    "form, came, there",
    [
        ("arrays as lists", (np.zeros(2), 3), ([0.0, 0.0], 3)),
        ("arrays in the widest dtype", {"a": np.uint8([1])}, {"a": np.int64([1])}),
        ("tuples as lists", (1, (2, 3)), [1, [2, 3]]),
        ("numbers as Python's", [np.float64(0.5)], [0.5]),
        ("numbers as NumPy's", (True, 2), (np.True_, np.int64(2))),
    ],
)
def test_forms(form, came, there):
    function = in_form(lambda: came, forms()[form])
    assert repr(function()) == repr(there)
    assert function.differs
    again = in_form(lambda: there, forms()[form])
    assert repr(again()) == repr(there)
    assert not again.differs
