"""A notebook, gone through once from the top, with the references and all that is accepted.

Everything happens in one namespace. Before a cell is run with an answer, the answer's function and
what has come of it so far are put there; afterwards the namespace is what it was. So a function
that a cell further up has defined finds the answer, too.
"""

import ast
import contextlib
import io
import traceback
import warnings
from dataclasses import dataclass, field

import matplotlib.pyplot as plt
import numpy as np

from segcourse.exercises.judging import registry
from segcourse.exercises.judging.exercise import Exercise
from segcourse.exercises.judging.safety.kept import kept_state
from tests.exercises.below import texts
from tests.exercises.below.cells import below, cells_of, needed
from tests.exercises.below.short import short_training
from tests.exercises.below.values import copied, same, weights_kept

__all__ = ["Run", "walk"]


@dataclass
class Run:
    """An answer on its way down.

    Attributes:
        exercise: its exercise.
        name: what the answer is called.
        build: `build(namespace)` gives its function.
        names: what it has left under the notebook's names, where that is not the reference's.
        cells: how many cells were run with it.
        fault: what went wrong, and where: a text, or None. With a fault it goes no further.
    """

    exercise: Exercise
    name: str
    build: object
    names: dict = field(default_factory=dict)
    cells: int = 0
    fault: str | None = None


def walk(path, runs, short=False):
    """Goes down a notebook and fills its runs.

    Args:
        path: of the notebook.
        runs: list of `Run`.
        short: whether trainings are cut short (`short_training`).

    Returns:
        The numbers of the cells that are left out below each exercise, a dict of id -> set: they
        train for long, or they need what such a cell gives.
    """
    cells = cells_of(path)
    reached, left_out = _plan(cells, {run.exercise.id for run in runs})
    numbers = set().union(*reached.values())
    chosen = needed(cells, [cell for cell in cells if cell.number in numbers])
    namespace = {"__name__": "__main__"}
    plt.switch_backend("agg")
    training = short_training() if short else contextlib.nullcontext()
    with kept_state(), contextlib.chdir(path.parent), training:
        for cell in chosen:
            id = cell.tagged("exercise")
            if id in reached:
                _start([run for run in runs if run.exercise.id == id], namespace)
            elif id:
                registry.find(id).right.build(namespace)
            else:
                possible = [run for run in runs if cell.number in reached[run.exercise.id]]
                _step(cell, possible, runs, namespace)
    return left_out


def _plan(cells, ids):
    """The numbers of the cells that each exercise's function reaches, and of those left out."""
    reached, left_out = {}, {}
    for start, cell in enumerate(cells):
        id = cell.tagged("exercise")
        if id in ids:
            found = below(cells[start + 1 :], cell.assigns)
            reached[id], left_out[id] = ({cell.number for cell in part} for part in found)
    return reached, left_out


def _start(runs, namespace):
    """At the exercise's cell: each answer's function, and the reference for the namespace."""
    exercise = runs[0].exercise
    for run in runs:
        with _kept(namespace):
            run.names[exercise.function] = run.build(namespace)
    exercise.right.build(namespace)


def _step(cell, possible, runs, namespace):
    """One cell, with the answers that reach it, then with the reference.

    The `possible` ones are the runs that may reach it. One whose results so far are the very ones
    of the reference does not.
    """
    reached = [run for run in possible if not run.fault and run.names.keys() & cell.takes]
    shown = [_with(run, cell, namespace) for run in reached]
    expected, error = _execute(cell, namespace)
    if error:
        raise AssertionError(f"with the references, cell {cell.number}: {error}")
    numbers = "nbval-ignore-output" not in cell.tags
    for run, (text, error) in zip(reached, shown, strict=True):
        if error:
            run.fault = f"cell {cell.number} fails:\n{error}"
        elif not texts.same(text, expected, numbers):
            run.fault = f"cell {cell.number} shows\n{text}\nand with the reference\n{expected}"
    for run in runs:
        _forget(run, set() if run in reached else cell.assigns, namespace)


def _with(run, cell, namespace):
    """What a cell shows, and its error, when it is run with an answer."""
    values = {**namespace, **run.names}
    changed = cell.changes | {name for name in cell.takes if _draws(values.get(name))}
    own = {name: copied(values.get(name)) for name in changed}
    taken = [values.get(name) for name in cell.takes]
    with _kept(namespace), kept_state(), weights_kept(taken):
        namespace.update({**run.names, **own})
        before = dict(namespace)
        shown = _execute(cell, namespace)
        new = {name: value for name, value in namespace.items() if before.get(name) is not value}
    # What draws random numbers stays the reference's: it has drawn as many with other answers.
    run.names = {k: v for k, v in {**run.names, **own, **new}.items() if not _draws(v)}
    run.cells += 1
    return shown


def _draws(value):
    return isinstance(value, np.random.Generator)


def _forget(run, given, namespace):
    """Drops the names that hold what the reference's do: they are `given` anew, or the same."""
    run.names = {
        name: value
        for name, value in run.names.items()
        if name == run.exercise.function
        or (name not in given and not same(value, namespace.get(name)))
    }


@contextlib.contextmanager
def _kept(namespace):
    """The names as they were before, afterwards."""
    saved = dict(namespace)
    try:
        yield
    finally:
        namespace.clear()
        namespace.update(saved)


def _execute(cell, namespace):
    """Runs a cell. Gives what it prints and draws, and the last lines of its error or None."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            _exec(cell, namespace)
            error = None
        except Exception as raised:
            own = [f for f in traceback.extract_tb(raised.__traceback__) if "cell " in f.filename]
            line = own[-1].lineno if own else "?"
            error = f"{type(raised).__name__} in line {line}: {raised}"
        return printed.getvalue() + texts.figures(), error


def _exec(cell, namespace):
    """As a notebook does it: the value of the last line is shown."""
    tree, name = ast.parse(cell.source), f"<cell {cell.number}>"
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, name, "exec"), namespace)
    if last is not None:
        value = eval(compile(ast.Expression(last.value), name, "eval"), namespace)
        if value is not None:
            print(repr(value))
