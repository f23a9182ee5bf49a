"""What pytest calls: options, the student's notebook, and the points.

The `conftest.py` of the exported tests imports these names; pytest knows them by name.
"""

import os
from pathlib import Path

import pytest

from segcourse.export.pytest_files.grader import Grader
from segcourse.export.pytest_files.submission import find, request
from segcourse.export.pytest_files.write import SECONDS

REACHED, POSSIBLE, NOTEBOOK = "points", "points_possible", "notebook"


def pytest_addoption(parser):
    group = parser.getgroup("segcourse")
    group.addoption("--notebooks", metavar="PATH", help="a student's notebook, or its folder")
    group.addoption(
        "--seconds", type=float, default=SECONDS, help=f"for each exercise; default {SECONDS}"
    )


@pytest.fixture(scope="module")
def submission(request):
    """The student's notebook that belongs to a file of tests."""
    config, module = request.config, request.module
    wanted = config.getoption("--notebooks", None) or os.environ.get("SEGCOURSE_NOTEBOOKS")
    found = Submission(
        module.NOTEBOOK, wanted, Path(module.__file__).parent,
        config.getoption("--seconds", SECONDS),
    )  # fmt: skip
    yield found
    found.close()


class Submission:
    """A student's notebook under test."""

    def __init__(self, name, wanted, beside, seconds):
        self._place = name, wanted, beside
        self._seconds = seconds
        self._grader = None

    def check(self, id, function):
        """Fail with the message of the check, unless the answer is right."""
        __tracebackhide__ = True
        try:
            path = find(*self._place)
            asked = request(path, id, function)
        except ValueError as error:
            pytest.fail(str(error), pytrace=False)
        if self._grader is None:
            self._grader = Grader(path.parent, self._seconds)
        verdict = self._grader.judge(asked)
        if not verdict.passed:
            pytest.fail(verdict.message, pytrace=False)

    def close(self):
        if self._grader is not None:
            self._grader.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    marker = item.get_closest_marker("points")
    if marker is not None and call.when == "call":
        points = marker.args[0]
        item.user_properties.append((REACHED, 0 if call.excinfo else points))
        item.user_properties.append((POSSIBLE, points))
        item.user_properties.append((NOTEBOOK, Path(item.module.NOTEBOOK).stem))
    return (yield)


def pytest_terminal_summary(terminalreporter):
    marks = {}
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, []):
            found = dict(getattr(report, "user_properties", ()))
            if POSSIBLE in found:
                reached, possible = marks.get(found[NOTEBOOK], (0, 0))
                marks[found[NOTEBOOK]] = reached + found[REACHED], possible + found[POSSIBLE]
    if not marks:
        return
    terminalreporter.section("points")
    for notebook, (reached, possible) in sorted(marks.items()):
        terminalreporter.write_line(f"{notebook}: {reached} of {possible} points")
    if len(marks) > 1:
        reached, possible = (sum(numbers) for numbers in zip(*marks.values(), strict=True))
        terminalreporter.write_line(f"all: {reached} of {possible} points")
