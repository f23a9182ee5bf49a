"""The folder of tests: a file a notebook, a test an exercise."""

from pathlib import Path

from segcourse.export.pytest_files.new_folder import new_folder
from segcourse.export.pytest_files.tasks import tasks

CONFTEST = '''\
"""What the tests share: the student's notebook, and the points. Written with the tests."""

from segcourse.export.pytest_files.plugin import (  # noqa: F401
    pytest_addoption,
    pytest_runtest_makereport,
    pytest_terminal_summary,
    submission,
)
'''

# So that this folder is the root, wherever pytest is called.
INI = """\
[pytest]
markers =
    points(number): what the exercise is worth
"""

HEAD = '''\
"""The exercises of {notebook}.ipynb: one test an exercise.

Written by `python3 -m segcourse export pytest`.
"""

import pytest

NOTEBOOK = "{notebook}.ipynb"
'''

TEST = """

@pytest.mark.points({points})
def test_{number}_{function}(submission):
    submission.check("{id}", "{function}")
"""

README = """\
# Tests of the exercises

Written by `python3 -m segcourse export pytest`. Each file has the exercises of one notebook, each
test is one exercise. They need the package `segcourse`, and no other set-up.

    pytest test_week4_fcn.py                       # week4_fcn.ipynb beside it, or in ../notebooks
    pytest test_week4_fcn.py --notebooks PATH      # a notebook, or the folder it lies in
    pytest test_week4_fcn.py -k test_4_1           # one exercise
    pytest test_week4_fcn.py --junitxml points.xml # the points of each test, as properties

`SEGCOURSE_NOTEBOOKS=PATH` does the same as the option. pytest knows the option only where
this folder is the current one, or is named on the command line.

A test takes the exercise cell out of the notebook, and from the cells above it the imports and the
functions that it uses. No other cell runs, so nothing is trained. The check is that of the package:
the notebook's own check cells are not used. The test fails with the message of the check: also for
an exercise that nobody has touched, a cell that was deleted, and a notebook that is missing or
damaged. An endless loop ends after the time limit of the check, or after the one for the cell
(`--seconds`, {seconds} unless it says otherwise).

The last lines of the output are the points. In the junit file each test has the properties
`points`, `points_possible` and `notebook`.

**GitHub Classroom and other CI.** Copy the folder into the repository, and let a job run pytest as
above. **Otter and Gradescope.** Call pytest from the script that grades, and read the junit file.
Take these files from a place that students cannot write to. A student's code runs in a process of
its own, with the rights of the job: what it does there, no test prevents. Grade people whom you do
not trust in a container that is thrown away.

| test | exercise | points |
|---|---|---|
{rows}
"""
SECONDS = 120


def write_tests(paths, folder):
    """Write the tests of some notebooks of the course.

    Args:
        paths: of the notebooks; those without an exercise get no file.
        folder: a new folder, or an empty one.

    Returns:
        list of `Task`, one for each test.

    Raises:
        NotEmpty: something is in the folder. Nothing was changed.
        ValueError: a notebook cannot be read. Nothing was written.
    """
    with new_folder(folder) as part:
        found = {Path(path).stem: tasks(path) for path in paths}
        for notebook, some in found.items():
            if some:
                _write(part / f"test_{notebook}.py", _file(notebook, some))
        all_tasks = [task for some in found.values() for task in some]
        _write(part / "conftest.py", CONFTEST)
        _write(part / "pytest.ini", INI)
        rows = "\n".join(_row(task) for task in all_tasks)
        _write(part / "README.md", README.format(rows=rows, seconds=SECONDS))
    return all_tasks


def _file(notebook, some):
    tests = [
        TEST.format(points=t.points, number=_number(t), function=t.function, id=t.id) for t in some
    ]
    return HEAD.format(notebook=notebook) + "".join(tests)


def _row(task):
    test = f"test_{task.notebook}.py::test_{_number(task)}_{task.function}"
    return f"| `{test}` | {task.id} | {task.points} |"


def _number(task):
    return task.id.replace(".", "_").lower()


def _write(path, text):
    path.write_text(text, encoding="utf-8", newline="\n")
