"""Check the notebooks against the rules they are written by.

Says for each problem which cell has it and what to do.
"""

import contextlib
import os
import sys
from importlib.util import find_spec

from segcourse.command import environment, weeks
from segcourse.command.console.quiet import quiet_import


def arguments(parser):
    parser.add_argument("weeks", nargs="*", metavar="WEEK", help="4, week4 or a path; default all")


def main(options):
    """Print the problems; return 1 where there is one."""
    from segcourse.exercises.judging import registry
    from segcourse.notebook.lint import lint

    paths = weeks.find(environment.root(), options.weeks)
    with quiet_import(), light_backend():
        exercises = {exercise.id: exercise for exercise in registry.all_exercises()}
    found = 0
    for path in paths:
        for problem in lint(path, exercises):
            print(f"{path.name}: {problem}")
            found += 1
    print(f"{found or 'No'} problem{'' if found == 1 else 's'}.")
    return 1 if found else 0


@contextlib.contextmanager
def light_backend():
    """Keras without TensorFlow inside, which takes half the time: the rules compute nothing.

    Where it has been imported already, it stays as it is.
    """
    before = os.environ.get("KERAS_BACKEND")
    if "keras" not in sys.modules and find_spec("jax"):  # which Keras' own NumPy imports
        os.environ["KERAS_BACKEND"] = "numpy"
    try:
        yield
    finally:
        os.environ.pop("KERAS_BACKEND", None)
        if before is not None:
            os.environ["KERAS_BACKEND"] = before
