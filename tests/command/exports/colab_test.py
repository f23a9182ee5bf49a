"""`export colab` on a copy of the course's own files."""

import shutil
from pathlib import Path

import nbformat
import pytest

from segcourse.__main__ import main
from segcourse.command import environment
from segcourse.notebook.address import in_pyproject, read
from segcourse.notebook.badge import faults

ROOT = Path(__file__).parents[3]
GITHUB = "https://github.com/kim/seg"


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    for name in ("pyproject.toml", "README.md", "requirements.txt"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    shutil.copytree(ROOT / "docs", tmp_path / "docs", ignore=shutil.ignore_patterns("*.png"))
    (tmp_path / "segcourse").mkdir()
    monkeypatch.setattr(environment, "root", lambda: tmp_path)
    monkeypatch.setattr(environment, "enter", lambda arguments: None)
    return tmp_path


def state(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def export(*arguments):
    return main(["export", "colab", *arguments])


def test_the_files_of_the_course_are_as_the_command_leaves_them(checkout):
    before = state(checkout)
    here = in_pyproject((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert export("--repository", here.url, "--branch", here.branch) == 0
    assert state(checkout) == before


def test_every_notebook_keeps_the_rule_after_it(checkout, capsys):
    address = read(GITHUB, "term")
    assert export("--repository", GITHUB, "--branch", "term") == 0
    said = capsys.readouterr().out
    notebooks = sorted((checkout / "notebooks").glob("week*.ipynb"))
    assert len(notebooks) >= 7
    for path in notebooks:
        assert f"changed: notebooks/{path.name}" in said
        cells = nbformat.read(path, as_version=4).cells
        assert list(faults(path.stem, cells, address)) == []
        assert address.colab(path.stem) in cells[0].source
    assert "git-pull?repo=https%3A%2F%2Fgithub.com%2Fkim%2Fseg" in said
    after = state(checkout)
    assert export("--repository", GITHUB + ".git", "--branch", "term") == 0
    assert state(checkout) == after and "no files changed" in capsys.readouterr().out


def test_it_says_where_colab_cannot_help(checkout, capsys):
    assert export("--repository", "https://gitlab.com/kim/seg") == 0
    assert "No badges: Colab opens notebooks from github.com only." in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ("--repository", "git@github.com:kim/seg.git"),
        ("--repository", "https://github.com/kim"),
        ("--repository", GITHUB, "--branch", "a b"),
    ],
)
def test_a_wrong_address_changes_nothing(checkout, capsys, arguments):
    before = state(checkout)
    assert export(*arguments) == 2
    assert "Received: " in capsys.readouterr().err
    assert state(checkout) == before


def test_a_damaged_notebook_changes_nothing(checkout, capsys):
    (checkout / "notebooks/week4_fcn.ipynb").write_text("{")
    before = state(checkout)
    assert export("--repository", GITHUB) == 1
    assert "week4_fcn.ipynb is no notebook" in capsys.readouterr().err
    assert state(checkout) == before
