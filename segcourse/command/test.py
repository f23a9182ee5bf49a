"""Run the tests, then all notebooks, and compare their outputs with the stored ones.

That is `pytest tests/` and, beside it, `pytest --nbval notebooks/`, whose lines come when it has
ended. The exit status is the worse of the two. Arguments go to both: -x, -k fcn, --solutions, ...

  --lowest  with the lowest versions of the packages that the course allows, in an environment of
            its own (constraints/lowest.txt); notebooks are run, and their outputs not compared
  --quick   layers, models, metrics, data and exercises alone; no notebooks, and of the exercises
            neither the audit nor the cells below them
"""

import contextlib
import functools
import shutil
import subprocess
import sys
import tempfile

from segcourse.command import environment

NOTHING_COLLECTED = 5
QUICK = [f"tests/{room}" for room in ("layers", "models", "metrics", "data", "exercises")]
LONG = [f"tests/exercises/{name}_test.py" for name in ("audit", "right_below")]


def arguments(parser):
    parser.add_argument("--lowest", action="store_true", help="with the lowest versions")
    parser.add_argument("--quick", action="store_true", help="the quick part of the tests alone")
    parser.add_argument("arguments", nargs="*", help="passed on to pytest")


def main(given):
    """Run both; return the worse exit status."""
    passed_on = [argument for argument in given if argument not in ("--lowest", "--quick")]
    # Other versions print other digits: there a cell has to run, and that is all.
    compare = "--nbval-lax" if "--lowest" in given else "--nbval"
    quick = [*QUICK, *(f"--ignore={path}" for path in LONG)]
    runs = [quick] if "--quick" in given else [["tests/"], [compare, "notebooks/"]]
    return worst(_side_by_side([[*what, *passed_on] for what in runs]))


def _side_by_side(runs):
    """The exit statuses. Each run uses about one core; the later ones are shown when they end."""
    folder = environment.root()
    start = functools.partial(subprocess.Popen, cwd=folder, env=environment.variables(folder))
    with contextlib.ExitStack() as stack:
        started = []
        for number, what in enumerate(runs):
            log = stack.enter_context(tempfile.TemporaryFile()) if number else None
            streams = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log} if log else {}
            command = [sys.executable, "-m", "pytest", *what]
            started.append((what, log, start(command, **streams)))
            stack.callback(started[-1][-1].terminate)
        codes = []
        for what, log, process in started:
            print("$ pytest " + " ".join(what), flush=True)
            codes.append(process.wait())
            if log:
                log.seek(0)
                shutil.copyfileobj(log, sys.stdout.buffer)
                sys.stdout.flush()
        return codes


def worst(codes):
    """The worse exit status; that `-k` chose nothing in one of the two runs is no failure."""
    counted = [code for code in codes if code != NOTHING_COLLECTED] or codes
    return max(128 - code if code < 0 else code for code in counted)
