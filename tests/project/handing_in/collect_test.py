"""The files of a hand-in and their list."""

import json
import shutil
import subprocess

import nbformat
import pytest

from segcourse.project.checking.sha256 import sha256
from segcourse.project.handing_in.collect import collect


@pytest.fixture
def handed_in(tmp_path, monkeypatch):
    monkeypatch.setenv("SEGCOURSE_PROGRESS_FILE", str(tmp_path / "progress.json"))
    folder = tmp_path / "kim"
    folder.mkdir()
    collect(folder, "kim", nbformat.v4.new_notebook(), "<p>\n", None, [], {"dataset": "scenes"})
    return folder


@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
def test_a_clone_that_would_change_ends_of_lines_has_the_listed_files(handed_in, tmp_path):
    def git(*words):
        given = ["-c", "core.autocrlf=true", "-c", "user.name=k", "-c", "user.email=k@example.org"]
        subprocess.run(["git", *given, *words], check=True, capture_output=True)

    git("init", str(handed_in))
    git("-C", str(handed_in), "add", ".")
    git("-C", str(handed_in), "commit", "-m", "Final project")
    git("clone", str(handed_in), str(tmp_path / "clone"))
    listed = json.loads((tmp_path / "clone/hand_in.json").read_text())["sha256"]
    assert {"final_project.ipynb", "final_project.html", "versions.txt"} < set(listed)
    for name, digest in listed.items():
        assert sha256(tmp_path / "clone" / name) == digest, name
