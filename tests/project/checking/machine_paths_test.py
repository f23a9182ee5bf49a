"""Paths of the machine in texts."""

import getpass
import tempfile
from pathlib import Path

import nbformat
import pytest

from segcourse.project.checking.machine_paths import MachinePaths


@pytest.mark.parametrize(
    "path",
    [
        "/home/kim/a.keras", "/Users/minji/course", "/tmp/segcourse-x1/m", "/var/folders/zz/T/a",
        r"C:\Users\kim\course", r"C:\\Users\\kim\\m.keras", "d:/Users/kim", "/mnt/c/Users/kim/x",
    ],
)  # fmt: skip
def test_paths_of_any_machine(path):
    for text in (
        f"saved in {path}.",
        f'"{path}"',
        f"FileNotFoundError: '{path}'",
        f"file://{path}",
    ):
        (found,) = MachinePaths().found(text)
        assert path.startswith(found.rstrip(".")) and len(found) > 5


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/home/kim/course", "[a](https://x.org/Users/kim)", "my_project/scenes",
        "the ratio a/b and/or c", "notebooks/home/x", "data:image/png;base64,AAAA/tmp/xx/home/kim",
        "C: the carbon", "~/course", "git@example.org:kim/course.git", "</td></tr>", "",
    ],
)  # fmt: skip
def test_what_is_none(text):
    assert MachinePaths().found(text) == []


def test_what_follows_a_picture_is_seen():
    assert MachinePaths().found("data:image/png;base64,AAAA see /home/kim/x") == ["/home/kim/x"]


def test_folders_and_names_of_this_machine(tmp_path, monkeypatch):
    monkeypatch.setattr(getpass, "getuser", lambda: "minji")
    paths = MachinePaths([Path("/srv/courses/seg")])
    assert paths.found("in /srv/courses/seg/notebooks/a") == ["/srv/courses/seg/notebooks/a"]
    assert paths.found("in /srv/courses/segment") == []
    assert paths.found("E:\\work\\minji\\a.png") == ["E:\\work\\minji\\a.png"]
    assert paths.found("by minji, and minji/a") == []
    assert paths.found(f"{Path.home()}/x") and paths.found(f"{tempfile.gettempdir()}/x")


@pytest.mark.parametrize("user", ["root", "me", "jovyan"])
def test_names_that_everybody_has_are_none(monkeypatch, user):
    monkeypatch.setattr(getpass, "getuser", lambda: user)
    assert MachinePaths().found(f"a/{user}/b") == []


def test_a_user_without_a_name_is_no_error(monkeypatch):
    def fails():
        raise KeyError("uid")

    monkeypatch.setattr(getpass, "getuser", fails)
    assert MachinePaths().found("/home/kim") == ["/home/kim"]


def test_cells_are_named():
    code = nbformat.v4.new_code_cell("1")
    code.outputs = [
        nbformat.v4.new_output("stream", text="saved in /home/kim/m.keras\n"),
        nbformat.v4.new_output("display_data", data={"image/png": "AA/tmp/xxx/home/kim/"}),
        nbformat.v4.new_output("error", ename="E", evalue="/tmp/a/b", traceback=["x"]),
    ]
    cells = [nbformat.v4.new_markdown_cell("See /Users/kim/x."), code]
    found = list(MachinePaths().in_notebook(nbformat.v4.new_notebook(cells=cells)))
    assert found == [(0, "/Users/kim/x."), (1, "/home/kim/m.keras"), (1, "/tmp/a/b")]
