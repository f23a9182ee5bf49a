"""`export slides` and `export pytest` on a command line: what they write, and what they leave."""

import json
from pathlib import Path

import pytest

from segcourse.command import command_line
from segcourse.command.environment import Stop

WEEK = Path(__file__).parents[2] / "notebooks/final_project.ipynb"


def run(*arguments):
    return command_line.parse(["export", *map(str, arguments)])()


def test_slides_replace_older_slides_alone(tmp_path, capsys):
    target = tmp_path / "slides.html"
    assert run("slides", "final_project", "--to", target) == 0
    assert " slides, " in capsys.readouterr().out
    first = target.read_text(encoding="utf-8")
    assert run("slides", WEEK, "--to", target) == 0
    assert target.read_text(encoding="utf-8") == first
    target.write_text("<p>my own page</p>", encoding="utf-8")
    for place in (target, tmp_path):
        with pytest.raises(Stop, match="--to must be a new file or older slides. Received: "):
            run("slides", WEEK, "--to", place)
    assert target.read_text(encoding="utf-8") == "<p>my own page</p>"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("text", ["", "{", "[]", json.dumps({"cells": 3, "nbformat": 4})])
def test_a_damaged_notebook_is_named(tmp_path, text):
    (tmp_path / "week4.ipynb").write_text(text, encoding="utf-8")
    with pytest.raises(Stop, match="week4.ipynb"):
        run("slides", tmp_path / "week4.ipynb", "--to", tmp_path / "a.html")
    assert [path.name for path in tmp_path.iterdir()] == ["week4.ipynb"]


def test_tests_go_into_an_empty_folder_alone(tmp_path, capsys):
    assert run("pytest", tmp_path / "tests") == 0
    assert "tests with" in capsys.readouterr().out
    with pytest.raises(Stop, match="DIR must be a new or an empty folder"):
        run("pytest", tmp_path / "tests")
