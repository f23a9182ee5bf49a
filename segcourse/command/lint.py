"""Check the notebooks against the rules they are written by.

Says for each problem which cell has it and what to do.
"""

import os

from segcourse.command import environment, weeks


def arguments(parser):
    parser.add_argument("weeks", nargs="*", metavar="WEEK", help="4, week4 or a path; default all")


def main(options):
    """Print the problems; return 1 where there is one."""
    os.environ.setdefault("KERAS_BACKEND", "numpy")  # signatures need no TensorFlow
    from segcourse.notebook.lint import lint

    found = 0
    for path in weeks.find(environment.root(), options.weeks):
        for problem in lint(path):
            print(f"{path.name}: {problem}")
            found += 1
    print(f"{found or 'No'} problem{'' if found == 1 else 's'}.")
    return 1 if found else 0
