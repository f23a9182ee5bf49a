"""Run the tests, then all notebooks, and compare their outputs with the stored ones.

That is `pytest tests/`, then `pytest --nbval notebooks/`. Both run in any case; the exit status is
the worse of the two. Arguments go to both: -x, -k fcn, --solutions, ...
"""

import subprocess
import sys

from segcourse.command import environment

NOTHING_COLLECTED = 5


def arguments(parser):
    parser.add_argument("arguments", nargs="*", help="passed on to pytest")


def main(passed_on):
    """Run both; return the worse exit status."""
    folder = environment.root()
    codes = []
    for what in (["tests/"], ["--nbval", "notebooks/"]):
        command = [sys.executable, "-m", "pytest", *what, *passed_on]
        print("$ pytest " + " ".join(command[3:]), flush=True)
        codes.append(subprocess.call(command, cwd=folder, env=environment.variables(folder)))
    return worst(codes)


def worst(codes):
    """The worse exit status; that `-k` chose nothing in one of the two runs is no failure."""
    counted = [code for code in codes if code != NOTHING_COLLECTED] or codes
    return max(128 - code if code < 0 else code for code in counted)
