"""Run the tests, then all notebooks, and compare their outputs with the stored ones.

That is `pytest tests/`, then `pytest --nbval notebooks/ --both`, each in several processes at once
(`-n 2`; `-n 0` for one alone, as --pdb needs it). A file stays in one process. The exit status is
the worse of the two. Arguments go to both: -x, -k fcn, ...

  --lowest  with the lowest versions of the packages that the course allows, in an environment of
            its own (constraints/lowest.txt); notebooks are run, and their outputs not compared
  --quick   layers, models, metrics, data and exercises alone; no notebooks, and of the exercises
            neither the audit nor the cells below them
"""

import os
import subprocess
import sys

from segcourse.command import environment

NOTHING_COLLECTED = 5
# Each takes about 1.5 GB, and TensorFlow uses a second core by itself at times.
MOST_PROCESSES = 4
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
    runs = [quick] if "--quick" in given else [["tests/"], [compare, "notebooks/", "--both"]]
    return worst([_run([*what, *in_processes(), *passed_on]) for what in runs])


def in_processes():
    """The arguments that have pytest use the cores there are."""
    return ["-n", str(min(os.cpu_count() or 1, MOST_PROCESSES)), "--dist", "loadfile"]


def _run(what):
    folder = environment.root()
    print("$ pytest " + " ".join(what), flush=True)
    command = [sys.executable, "-m", "pytest", *what]
    return subprocess.run(command, cwd=folder, env=environment.variables(folder)).returncode


def worst(codes):
    """The worse exit status; that `-k` chose nothing in one of the two runs is no failure."""
    counted = [code for code in codes if code != NOTHING_COLLECTED] or codes
    return max(128 - code if code < 0 else code for code in counted)
