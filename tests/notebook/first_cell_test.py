"""What the first cell does, with faked parts; for real in tests/export/colab/real_run_test.py."""

import importlib.util
import os
import subprocess
import sys
import types

import pytest

from segcourse.notebook.address import Address
from segcourse.notebook.first_cell import first_cell, is_first_cell
from segcourse.notebook.lint import MOST_LINES_OF_THE_FIRST_CELL

ADDRESS = Address("https://github.com/kim/other-name", "term")


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs the cell in an empty folder; gives the commands it started."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["packages"])
    started = []

    def fake(command, check):
        started.append(command)
        if command[0] == "git":
            (tmp_path / command[-1] / "notebooks").mkdir(parents=True)
            (tmp_path / command[-1] / "segcourse").mkdir()

    monkeypatch.setattr(subprocess, "run", fake)

    def go(packages=("keras",), colab=False):
        found = {name: types.SimpleNamespace() for name in packages}
        monkeypatch.setattr(importlib.util, "find_spec", found.get)
        if colab:
            monkeypatch.setitem(sys.modules, "google.colab", types.ModuleType("google.colab"))
        else:
            monkeypatch.delitem(sys.modules, "google.colab", raising=False)
        started.clear()
        exec(first_cell(ADDRESS), {})
        return list(started)

    return go


def test_in_colab_it_clones_installs_and_enters(run, tmp_path):
    clone, install = run(colab=True)
    assert clone == [
        "git", "clone", "--depth=1", "-b", "term", ADDRESS.url, "segcourse",
    ]  # fmt: skip
    assert install[1:] == ["-m", "pip", "install", "-q", "./segcourse"]
    assert os.getcwd() == str(tmp_path / "segcourse/notebooks")
    assert sys.path[0] == str(tmp_path / "segcourse")
    assert run(colab=True) == []  # once more, in the same session
    assert os.getcwd() == str(tmp_path / "segcourse/notebooks")


def test_after_a_restart_in_colab_nothing_is_cloned_twice(run, tmp_path, monkeypatch):
    run(colab=True)
    monkeypatch.chdir(tmp_path)
    (install,) = run(packages=("keras", "segcourse"), colab=True)
    assert "pip" in install
    assert os.getcwd() == str(tmp_path / "segcourse/notebooks")


def test_beside_the_checkout_it_is_found(run, tmp_path, monkeypatch):
    (tmp_path / "course/notebooks").mkdir(parents=True)
    (tmp_path / "course/segcourse").mkdir()
    monkeypatch.chdir(tmp_path / "course/notebooks")
    assert run() == []
    assert sys.path[0] == str(tmp_path / "course")


def test_installed_somewhere_it_does_nothing(run):
    assert run(packages=("keras", "segcourse")) == []
    assert sys.path == ["packages"]


@pytest.mark.parametrize("packages", [(), ("keras",)])
def test_elsewhere_it_says_what_to_run(run, packages):
    with pytest.raises(ModuleNotFoundError, match="python3 -m segcourse lab"):
        run(packages=packages)


def test_in_a_plain_jupyter_beside_the_checkout_it_says_what_to_run(run, tmp_path, monkeypatch):
    (tmp_path / "course/notebooks").mkdir(parents=True)
    (tmp_path / "course/segcourse").mkdir()
    monkeypatch.chdir(tmp_path / "course/notebooks")
    with pytest.raises(ModuleNotFoundError, match="python3 -m segcourse lab"):
        run(packages=())


def test_it_fits_into_a_cell_and_is_known_again():
    source = first_cell(Address("https://github.com/" + "o" * 20 + "/" + "n" * 20))
    assert len(source.splitlines()) <= MOST_LINES_OF_THE_FIRST_CELL
    assert is_first_cell({"cell_type": "code", "source": source.splitlines(keepends=True)})
    assert not is_first_cell({"cell_type": "markdown", "source": source})


def test_in_the_folder_of_a_language_it_goes_to_the_english_notebooks(run, tmp_path, monkeypatch):
    (tmp_path / "course/segcourse/locale").mkdir(parents=True)
    (tmp_path / "course/notebooks/ko").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "course/notebooks/ko")
    monkeypatch.delenv("SEGCOURSE_LANG", raising=False)
    assert run() == [] and run() == []  # the second time nothing moves
    assert os.getcwd() == str(tmp_path / "course/notebooks")
    assert sys.path[0] == str(tmp_path / "course")
    assert os.environ.pop("SEGCOURSE_LANG") == "ko"


def test_the_variable_of_the_reader_stays(run, tmp_path, monkeypatch):
    (tmp_path / "course/segcourse/locale").mkdir(parents=True)
    (tmp_path / "course/notebooks/ko").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "course/notebooks/ko")
    monkeypatch.setenv("SEGCOURSE_LANG", "en")
    run()
    assert os.environ["SEGCOURSE_LANG"] == "en"
