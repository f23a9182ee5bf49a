"""What is printed and written, and what is refused."""

import json
import subprocess
import sys

import pytest

from segcourse.command import command_line, environment
from segcourse.command.environment import Stop

ENTRY = {"outcome": "wrong", "when": "2026-01-31", "attempts": 1, "met": {"off by one": 1}}


@pytest.fixture(autouse=True)
def file(tmp_path, monkeypatch):
    path = tmp_path / "progress.json"
    path.write_text(json.dumps({"4.1": ENTRY}))
    monkeypatch.setenv("SEGCOURSE_PROGRESS_FILE", str(path))
    return path


def progress(*arguments):
    return command_line.parse(["progress", *map(str, arguments)])()


def test_reads_the_record(file, capsys):
    assert progress() == 0
    said = capsys.readouterr().out
    (line,) = (line for line in said.splitlines() if line.startswith("  4.1"))
    assert "tried" in line and "2026-01-31" in line and line.endswith("off by one")
    assert str(file) in said


def test_a_damaged_record_is_named_once_and_what_can_be_read_is_shown(file, capsys):
    file.write_text(json.dumps({"4.1": ENTRY, "4.2": ENTRY})[:-40])
    assert progress() == 0
    said = capsys.readouterr().out
    assert said.startswith("Your progress file was damaged. It was set aside as progress.damaged-1")
    assert "  4.1" in said and "  4.2" not in said
    assert progress() == 0
    assert "was damaged" not in capsys.readouterr().out


def test_without_a_record_it_says_where_to_begin(file, capsys):
    file.unlink()
    assert progress() == 0
    assert "Next: Week 1." in capsys.readouterr().out and not file.exists()


def test_a_class_with_holiday_photos(tmp_path, capsys):
    folder = tmp_path / "class"
    folder.mkdir()
    (folder / "kim.json").write_text(json.dumps({"4.1": ENTRY}))
    (folder / "beach.jpg").write_bytes(b"\xff\xd8")
    page = folder / "class.html"
    for _ in range(2):  # the second time over its own page
        assert progress(folder, "--html", page) == 0
        said = capsys.readouterr().out
        assert said.startswith("Left out: beach.jpg: no progress record\n1 record: kim\n")
        assert "Stuck at 4.1" in said and said.endswith(f"Page: {page}\n")
        assert "<svg" in page.read_text("utf-8")


def test_the_record_of_somebody_else(tmp_path, capsys):
    (tmp_path / "kim.json").write_text(json.dumps({"5.1": ENTRY}))
    assert progress(tmp_path / "kim.json") == 0
    said = capsys.readouterr().out
    assert "  5.1" in said and "  4.1" not in said


def test_what_is_no_folder_and_no_record(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.pdf").touch()
    for name, said in (
        ("nowhere", "CLASS_FOLDER must be"),
        ("empty", "no progress record in"),
        ("a.pdf", "a.pdf is no progress record"),
    ):
        with pytest.raises(Stop, match=said):
            progress(tmp_path / name)


def test_another_file_is_not_written_over(tmp_path, capsys):
    page = tmp_path / "page.html"
    page.write_text("mine")
    with pytest.raises(Stop, match="--force"):
        progress("--html", page)
    assert page.read_text() == "mine"
    assert progress("--html", page, "--force") == 0
    assert "<svg" in page.read_text("utf-8")
    for name in ("progress.json", "folder.html"):
        (tmp_path / "folder.html").mkdir(exist_ok=True)
        with pytest.raises(Stop, match="--html must name a file"):
            progress("--html", tmp_path / name, "--force")


def test_where_the_page_cannot_be_written(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(Stop, match="cannot write in"):
        progress("--html", tmp_path / "file" / "page.html")


def test_it_answers_without_a_framework():
    code = (
        "import sys; from segcourse.command import command_line;"
        "command_line.parse(['progress'])();"
        "print(sorted({'keras', 'numpy', 'matplotlib', 'nbformat'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env=environment.variables(environment.root()),
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"
