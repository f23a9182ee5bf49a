"""Students who answer, and the exercises of fixtures/week90/ for them, with no record of it."""

import linecache
import re
import textwrap
from pathlib import Path

import keras  # before the tests begin: TensorFlow's first words on stderr are of no test
import matplotlib.pyplot as plt
import pytest

import segcourse.exercises
from segcourse.exercises import failed, hint
from segcourse.exercises.judging import record, registry
from segcourse.exercises.judging.judge import Outcome, judge
from segcourse.exercises.judging.stub import signature
from tests.exercises.backend import needs_no_backend
from tests.thorough import sample

FIXTURES = Path(__file__).parent / "fixtures"


def pytest_ignore_collect(collection_path):
    """After a change what needs no backend is asked on TensorFlow alone."""
    left_out = keras.backend.backend() != "tensorflow" and needs_no_backend(collection_path)
    return sample(True, all=None) if left_out else None


@pytest.fixture
def week90(monkeypatch, tmp_path):
    monkeypatch.setattr(
        segcourse.exercises, "__path__", [*segcourse.exercises.__path__, str(FIXTURES)]
    )
    monkeypatch.setenv("SEGCOURSE_PROGRESS_FILE", str(tmp_path / "progress.json"))
    monkeypatch.delenv("SEGCOURSE_QUIET", raising=False)
    monkeypatch.delenv("SEGCOURSE_STRICT", raising=False)
    monkeypatch.setattr(record, "_warned", False)
    monkeypatch.setattr(hint, "_given", {})
    monkeypatch.setattr(failed, "_last", {})
    return [registry.find("90.1"), registry.find("90.2")]


@pytest.fixture
def shift(week90):
    return week90[0]


@pytest.fixture
def student():
    """Runs source the way a notebook's cell is run, with the names a notebook has."""

    def run(source, name="shift"):
        source = textwrap.dedent(source).lstrip("\n")
        filename = "<the student's cell>"
        linecache.cache[filename] = (len(source), None, source.splitlines(True), filename)
        namespace = {"__name__": "__main__"}
        exec("import time, sys\nimport numpy as np\nimport keras\nfrom keras import ops", namespace)
        exec(compile(source, filename, "exec"), namespace)
        return namespace[name]

    return run


@pytest.fixture
def recognised(student):
    """Says whether an answer of a student gets the message of one mistake, or of none, and a
    sentence somewhere in the message."""

    def check(exercise, body, mistake, said):
        source = f"{signature(exercise.right.source)}:\n{textwrap.indent(body, '    ')}"
        messages = {m.name: m.message for m in exercise.mistakes}
        for seed in (0, 1):
            verdict = judge(exercise, student(source, exercise.function), seed)
            assert verdict.outcome is Outcome.WRONG
            assert verdict.mistake == mistake, verdict.message
            assert re.search(said, verdict.message), verdict.message
            help = verdict.message.splitlines()[0].partition("is not right yet.")[2].strip()
            none = ("", f'hint("{exercise.id}") may help.')
            assert help == messages[mistake] if mistake else help in none, verdict.message

    return check


@pytest.fixture
def drawn():
    """The picture a student sees after a wrong answer."""

    def draw(exercise, mistake):
        wrong = next(answer for answer in exercise.mistakes if answer.name == mistake)
        return exercise.picture(*judge(exercise, wrong.build(), seed=0).picture)

    yield draw
    plt.close("all")
