"""What must not be handed in."""

import json
import zipfile

import nbformat

from segcourse.project.checking.machine_paths import MachinePaths
from segcourse.project.handing_in import clean


def notebook(source="1", id="one"):
    cell = nbformat.v4.new_code_cell(source)
    cell.id = id
    return nbformat.v4.new_notebook(cells=[cell])


def test_pictures_of_others_are_taken_out_and_said_so():
    given = notebook()
    data = {"image/png": "AAAA"}
    given.cells[0].outputs = [nbformat.v4.new_output("display_data", data=data) for _ in "ab"]
    cleaned, check = clean.pictures(given, {"camvid"})
    assert check.is_right and "2 pictures were taken out" in check.said[0]
    assert "AAAA" not in str(cleaned)
    kept, check = clean.pictures(given, {"scenes"})
    assert kept is given and check.said == ()


def test_paths_are_named_with_file_and_cell(tmp_path):
    (tmp_path / "model_card.md").write_text("kept in /home/kim/m")
    escaped = json.dumps({"note": "/home/lee/x"}).replace("/", "\\u002f")
    (tmp_path / "report.json").write_text(escaped)
    with zipfile.ZipFile(tmp_path / "model.keras", "w") as archive:
        archive.writestr("config.json", json.dumps({"checkpoint": "C:\\Users\\kim\\x"}))
    given = notebook("path = '/Users/kim/a'")
    check = clean.paths(given, "<p>/Users/kim/a /home/other/b</p>", tmp_path, MachinePaths())
    assert not check.is_right
    assert check.said == (
        "final_project.ipynb, cell 1: /Users/kim/a",
        "final_project.html: /home/other/b",
        "model_card.md: /home/kim/m",
        "report.json: /home/lee/x",
        "model.keras: C:\\\\Users\\\\kim\\\\x",
    )


def test_nothing_there_is_nothing_wrong(tmp_path):
    (tmp_path / "model.keras").write_text("no zip")
    for folder in (None, tmp_path):
        assert clean.paths(notebook(), "<p></p>", folder, MachinePaths()).is_right


def test_many_paths_are_counted():
    source = " ".join(f"/home/kim{number}/x" for number in range(20))
    check = clean.paths(notebook(source), "", None, MachinePaths())
    assert len(check.said) == 9 and check.said[-1] == "… and 12 more."
