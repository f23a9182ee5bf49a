"""Real pytest on students' notebooks, each answer and each damage once."""

import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as xml
from pathlib import Path

import nbformat

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


def run(tests, notebooks, *more):
    """What pytest said, and its report.

    On Keras' own NumPy, which a process has loaded in half the time of TensorFlow.
    """
    report = notebooks / "points.xml"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", f"--junitxml={report}", *more],
        cwd=tests,
        env={
            **os.environ, "PYTHONPATH": str(ROOT), "SEGCOURSE_NOTEBOOKS": str(notebooks),
            "KERAS_BACKEND": "numpy",
        },
        capture_output=True,
        text=True,
    )  # fmt: skip
    return done, xml.parse(report)


def graded(tests, notebooks, *more):
    """What pytest said, and (failure or None, properties) of each function."""
    done, report = run(tests, notebooks, *more)
    found = {}
    for case in report.iter("testcase"):
        failure = case.find("failure")
        properties = {one.get("name"): one.get("value") for one in case.iter("property")}
        name = re.sub(r"^test_\w+?_\d+_", "", case.get("name"))
        found[name] = (failure.get("message") if failure is not None else None), properties
    return done, found


def test_each_answer_gets_its_verdict(tmp_path):
    write_tests([WEEK2], tmp_path / "tests")
    notebook = nbformat.read(WEEK2, as_version=4)
    help = answered(notebook)
    nbformat.write(notebook, tmp_path / WEEK2.name)
    # The one that --seconds stops, in a run of its own: all others have all the time they need.
    done, found = graded(tmp_path / "tests", tmp_path, "-k", "not max_pool")
    stopped, last = graded(
        tmp_path / "tests", tmp_path, "-k", "max_pool or max_unpool", "--seconds=4"
    )
    assert found["max_unpool"] == last["max_unpool"], "the process before it was replaced"
    found |= last
    said = {name: message for name, (message, _properties) in found.items()}
    assert set(said) == set(NUMBERS), done.stdout
    assert said["linear"] is None, "right"
    assert said["bed_of_nails"] is None, "right, with what it needs from above"
    assert help in said["sample"], "wrong, and recognised"
    assert "waits for you" in said["resize"], "its check cell was tampered with"
    assert "Exercise 2.4 is not right yet" in said["resize_mask"]
    assert "stopped after 4 seconds" in said["max_pool"]
    assert "cell is missing" in said["max_unpool"]
    assert all("\n" not in (message or "") for message in said.values())
    points = {name: registry.find(number).points for name, number in NUMBERS.items()}
    for name, (message, properties) in found.items():
        assert properties["points_possible"] == str(points[name])
        assert properties["points"] == str(0 if message else points[name])
    reached = points["linear"] + points["bed_of_nails"]
    possible = sum(points.values()) - points["max_pool"]
    assert f"{WEEK2.stem}: {reached} of {possible} points" in done.stdout
    possible = points["max_pool"] + points["max_unpool"]
    assert f"{WEEK2.stem}: 0 of {possible} points" in stopped.stdout
    assert done.returncode == stopped.returncode == 1


DAMAGED = ('{"cells": [', json.dumps({"cells": [{"source": 3}], "nbformat": 4}), "")


def test_a_notebook_that_is_missing_or_damaged_fails_every_test(tmp_path):
    """Four notebooks of one content are handed out; none of them comes back whole."""
    handed_out = [tmp_path / "course" / f"{name}.ipynb" for name in ("missing", "a", "b", "c")]
    handed_out[0].parent.mkdir()
    for path in handed_out:
        shutil.copy(WEEK2, path)
    write_tests(handed_out, tmp_path / "tests")
    (tmp_path / "back").mkdir()
    for path, damaged in zip(handed_out[1:], DAMAGED, strict=True):
        (tmp_path / "back" / path.name).write_text(damaged, encoding="utf-8")
    done, report = run(tmp_path / "tests", tmp_path / "back")
    said = {path.stem: [] for path in handed_out}
    for case in report.iter("testcase"):
        notebook = case.get("classname").rpartition(".test_")[2] or case.get("classname")
        said[notebook.removeprefix("test_")].append(case.find("failure").get("message"))
    assert {len(messages) for messages in said.values()} == {len(NUMBERS)}
    assert all("is missing. Looked for" in message for message in said.pop("missing"))
    for messages in said.values():
        assert all("is not a notebook" in message for message in messages), done.stdout
    points = sum(registry.find(number).points for number in NUMBERS.values())
    for path in handed_out:
        assert f"{path.stem}: 0 of {points} points" in done.stdout
