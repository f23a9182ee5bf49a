"""The commands of git, tried out."""

import os
import re
import shutil
import subprocess

import pytest

from segcourse.project.handing_in.push import ADDRESS, push
from segcourse.project.handing_in.versions import versions


@pytest.mark.skipif(os.name == "nt" or not shutil.which("git"), reason="runs git in a shell")
def test_the_commands_push_the_folder(tmp_path):
    folder = tmp_path / "kim's hand-in"
    folder.mkdir()
    (folder / "report.json").write_text("{}")
    subprocess.run(["git", "init", "-q", "--bare", tmp_path / "there.git"], check=True)
    commands = re.findall(r"^    (.+)$", push(folder), re.MULTILINE)
    script = "\n".join(["set -e", *commands]).replace(ADDRESS, str(tmp_path / "there.git"))
    names = {
        f"GIT_{who}_{what}": "kim" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    env = {**os.environ, **names}
    subprocess.run(["sh", "-c", script], check=True, env=env, capture_output=True)
    show = ["git", "-C", tmp_path / "there.git", "ls-tree", "--name-only", "main"]
    listed = subprocess.run(show, check=True, capture_output=True, text=True)
    assert listed.stdout.split() == ["report.json"]


def test_where_a_repository_is_it_is_pushed_to_again(tmp_path):
    (tmp_path / ".git").mkdir()
    said = push(tmp_path)
    assert "git push\n" in said and "git init" not in said and ADDRESS not in said


def test_versions_name_the_course_and_no_machine():
    text = versions()
    assert re.search(r"^segcourse \d", text, re.MULTILINE) and "/" not in text
