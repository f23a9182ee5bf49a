import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from segcourse.export.nbgrader.first_cell import first_cell
from segcourse.notebook.address import of_course


@pytest.fixture
def without_course(monkeypatch, tmp_path):
    found = importlib.util.find_spec
    hide = lambda name, *rest: None if name == "segcourse" else found(name, *rest)  # noqa: E731
    monkeypatch.setattr(importlib.util, "find_spec", hide)
    monkeypatch.delitem(sys.modules, "google.colab", raising=False)
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.chdir(tmp_path)


def test_nothing_happens_where_the_course_is_found(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    before = list(sys.path)
    exec(first_cell(), {})
    assert sys.path == before and Path.cwd() == tmp_path.resolve()


def test_elsewhere_it_says_what_to_do(without_course):
    with pytest.raises(ModuleNotFoundError, match="python3 -m segcourse lab"):
        exec(first_cell(), {})


def test_in_colab_it_ends_where_the_files_lie(without_course, monkeypatch, tmp_path):
    ran = []

    def run(command, check):
        ran.append(command)
        if command[0] == "git":
            (tmp_path / "segcourse" / "data").mkdir(parents=True)

    monkeypatch.setitem(sys.modules, "google.colab", object())
    monkeypatch.setattr(subprocess, "run", run)
    exec(first_cell(), {})
    assert ran[0][-1] == of_course().url
    assert os.path.isdir("data") and sys.path[0] == os.getcwd()
