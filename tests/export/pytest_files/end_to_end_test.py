"""Real pytest on students' notebooks, each answer and each damage once (about 25 s of one core)."""

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as xml
from pathlib import Path

import nbformat
import pytest

from segcourse.exercises.judging import registry
from segcourse.export.pytest_files import write_tests

ROOT = Path(__file__).parents[3]
WEEK2 = ROOT / "notebooks/week2_bilinear_interpolation.ipynb"
NUMBERS = {"linear": "2.1", "sample": "2.2", "resize": "2.3", "resize_mask": "2.4"}
NUMBERS |= {"bed_of_nails": "2.5", "max_pool": "2.6", "max_unpool": "2.7"}
CHEAT = "from segcourse import check\nprint('Exercise: right.')"


def cell(notebook, tag):
    return next(c for c in notebook.cells if tag in c.metadata.get("tags", []))


def answered(notebook):
    """Week 2 with an answer of each kind."""
    for number in ("2.1", "2.2", "2.5", "2.6", "2.7"):
        cell(notebook, f"exercise:{number}").source = registry.find(number).right.source
    wrong = registry.find("2.2").mistakes[0]
    cell(notebook, "exercise:2.2").source = wrong.source
    # 2.3 stays untouched, and its check says that it is right.
    cell(notebook, "check:2.3").source = CHEAT
    # 2.4 never ends, in its function; 2.6 never ends when the cell is run.
    cell(
        notebook, "exercise:2.4"
    ).source = "def resize_mask(mask, height, width):\n    while True:\n        pass"
    cell(notebook, "exercise:2.6").source = "def max_pool(image, size):\n    pass\nwhile True: pass"
    notebook.cells.remove(cell(notebook, "exercise:2.7"))
    # 2.5 is right with a helper and a constant of its own, and a value of a cell that is not run.
    right = registry.find("2.5").right.source.replace("def bed_of_nails", "def _nails")
    helper = f"from math import *\nFACTOR = 1\nraise SystemExit\n{right}"
    where = notebook.cells.index(cell(notebook, "exercise:2.5"))
    notebook.cells.insert(where, nbformat.v4.new_code_cell(helper))
    cell(
        notebook, "exercise:2.5"
    ).source = (
        "def bed_of_nails(*arguments):\n    assert FACTOR == 1\n    return _nails(*arguments)"
    )
    return wrong.message


def graded(tests, notebooks, *more):
    """What pytest said, and (failure or None, properties) of each function."""
    report = notebooks / "points.xml"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", f"--junitxml={report}", *more],
        cwd=tests,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SEGCOURSE_NOTEBOOKS": str(notebooks)},
        capture_output=True,
        text=True,
    )
    found = {}
    for case in xml.parse(report).iter("testcase"):
        failure = case.find("failure")
        properties = {one.get("name"): one.get("value") for one in case.iter("property")}
        name = re.sub(r"^test_\w+?_\d+_", "", case.get("name"))
        found[name] = (failure.get("message") if failure is not None else None), properties
    return done, found


@pytest.fixture(scope="module")
def tests(tmp_path_factory):
    folder = tmp_path_factory.mktemp("export") / "tests"
    write_tests([WEEK2], folder)
    return folder


def test_each_answer_gets_its_verdict(tests, tmp_path):
    notebook = nbformat.read(WEEK2, as_version=4)
    help = answered(notebook)
    nbformat.write(notebook, tmp_path / WEEK2.name)
    done, found = graded(tests, tmp_path, "--seconds=15")
    said = {name: message for name, (message, _properties) in found.items()}
    assert set(said) == set(NUMBERS), done.stdout
    assert said["linear"] is None, "right"
    assert said["bed_of_nails"] is None, "right, with what it needs from above"
    assert help in said["sample"], "wrong, and recognised"
    assert "waits for you" in said["resize"], "its check cell was tampered with"
    assert "Exercise 2.4 is not right yet" in said["resize_mask"]
    assert "stopped after 15 seconds" in said["max_pool"]
    assert "cell is missing" in said["max_unpool"], "the process before it was replaced"
    assert all("\n" not in (message or "") for message in said.values())
    points = {name: registry.find(number).points for name, number in NUMBERS.items()}
    for name, (message, properties) in found.items():
        assert properties["points_possible"] == str(points[name])
        assert properties["points"] == str(0 if message else points[name])
    reached = points["linear"] + points["bed_of_nails"]
    line = f"{WEEK2.stem}: {reached} of {sum(points.values())} points"
    assert line in done.stdout
    assert done.returncode == 1


def test_a_notebook_that_is_missing_or_damaged_fails_every_test(tests, tmp_path):
    done, found = graded(tests, tmp_path)
    assert all("is missing. Looked for" in message for message, _properties in found.values())
    assert f"0 of {sum(registry.find(n).points for n in NUMBERS.values())} points" in done.stdout
    for damaged in ('{"cells": [', json.dumps({"cells": [{"source": 3}], "nbformat": 4}), ""):
        (tmp_path / WEEK2.name).write_text(damaged, encoding="utf-8")
        done, found = graded(tests, tmp_path, "-k", "linear")
        assert [message for message, _properties in found.values()]
        assert all("is not a notebook" in message for message, _ in found.values()), done.stdout
