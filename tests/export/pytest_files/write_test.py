"""The folder of tests: the exercises and points of the notebooks' metadata."""

import ast
import json
from pathlib import Path

import pytest

from segcourse.exercises.judging import registry
from segcourse.export.pytest_files import write_tests
from segcourse.export.pytest_files.tasks import tasks

NOTEBOOKS = sorted((Path(__file__).parents[3] / "notebooks").glob("*.ipynb"))


def test_every_exercise_has_a_test_with_its_points(tmp_path):
    found = write_tests(NOTEBOOKS, tmp_path / "tests")
    wanted = {(one.id, one.function, one.points) for one in registry.all_exercises()}
    assert {(task.id, task.function, task.points) for task in found} == wanted
    functions = [
        node.name
        for path in (tmp_path / "tests").glob("test_*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    ]
    assert len(functions) == len(set(functions)) == len(wanted)
    readme = (tmp_path / "tests/README.md").read_text(encoding="utf-8")
    assert all(f"::{name}`" in readme for name in functions)
    assert not (tmp_path / "tests/test_final_project.py").exists(), "it has no exercise"


def test_a_check_without_points_stops_the_export(tmp_path):
    notebook = json.loads(NOTEBOOKS[-1].read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["metadata"].get("nbgrader", {}).pop("points", None)
    broken = tmp_path / "week7.ipynb"
    broken.write_text(json.dumps(notebook), encoding="utf-8")
    with pytest.raises(ValueError, match="week7.ipynb: exercise 7.1 has .* no points"):
        tasks(broken)
    with pytest.raises(ValueError):
        write_tests([broken], tmp_path / "tests")
    assert [path.name for path in tmp_path.iterdir()] == ["week7.ipynb"]
