"""The exercises of fixtures/week90.py, a student to answer them, and no record of it."""

import linecache
import textwrap
from pathlib import Path

import keras  # noqa: F401 - before the tests begin: TensorFlow's first words on stderr are of no test
import pytest

import segcourse.exercises
from segcourse.exercises import hint, record, registry

FIXTURES = Path(__file__).parent / "fixtures"


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
