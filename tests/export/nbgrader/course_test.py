"""What is written, for all notebooks there are. Nothing is run."""

import json
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import nbformat
import pytest

from segcourse.exercises.judging import registry
from segcourse.export.nbgrader import write_course
from segcourse.export.nbgrader.first_cell import first_cell

ROOT = Path(__file__).resolve().parents[3]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
WEEK2 = ROOT / "notebooks" / "week2_bilinear_interpolation.ipynb"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The written folder, with what nbgrader makes of it, and what `write_course` gave."""
    folder = tmp_path_factory.mktemp("grading") / "course"
    written = write_course(folder, NOTEBOOKS, ROOT)
    return folder, written


@pytest.fixture(scope="module")
def release(course):
    if not find_spec("nbgrader"):
        pytest.skip("nbgrader is not installed: requirements-dev.txt has it")
    folder, _written = course
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "generate_assignment", "--assignment=*"],
        cwd=folder,
        env={**os.environ, "JUPYTER_CONFIG_DIR": str(folder.parent), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0 and "ERROR" not in said and "WARNING" not in said, said
    return folder / "release"


def cells(path):
    return nbformat.read(path, as_version=4).cells


def entries(path):
    return [cell.metadata["nbgrader"] for cell in cells(path) if "nbgrader" in cell.metadata]


def points(path):
    return sum(entry.get("points", 0) for entry in entries(path) if entry["grade"])


def tagged(cell, kind):
    return any(tag.startswith(kind + ":") for tag in cell.metadata.get("tags", []))


def test_every_notebook_is_an_assignment_with_its_points(course):
    folder, written = course
    assert [one.notebook for one in written] == [path.name for path in NOTEBOOKS]
    assert {path.name for path in (folder / "source").iterdir()} == {one.name for one in written}
    for one, path in zip(written, NOTEBOOKS, strict=True):
        assert one.points == points(path) == points(folder / "source" / one.name / one.notebook)
    assert sum(one.points for one in written) == sum(e.points for e in registry.all_exercises())


def test_sources_hold_solutions_and_no_outputs(course):
    folder, _written = course
    marks = {"ex": "### END SOLUTION", "check": "### END HIDDEN TESTS"}
    for path in (folder / "source").glob("*/*.ipynb"):
        for cell in cells(path):
            assert not cell.get("outputs")
            for kind, mark in marks.items():
                id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
                assert (mark in cell.source) == id.startswith(kind + "-"), cell.source


def test_what_students_get_is_the_course(release):
    """To the letter, but for the first cell and the places of files."""
    assert len(list(release.glob("*/*.ipynb"))) == len(NOTEBOOKS)
    for path in release.glob("*/*.ipynb"):
        for cell, own in zip(cells(path), cells(ROOT / "notebooks" / path.name), strict=True):
            if tagged(own, "exercise") or tagged(own, "check") or "../" not in own.source:
                assert cell.source in (own.source, first_cell())


def test_no_solution_leaks(release):
    for path in release.glob("*/*.ipynb"):
        text = path.read_text("utf-8")
        assert "SOLUTION" not in text and "HIDDEN" not in text
        source = "\n".join(cell.source for cell in cells(path))
        for exercise in registry.all_exercises():
            body = exercise.right.source.rpartition('"""')[2].strip("\n")
            assert body not in source, exercise.id


def test_metadata_is_what_nbgrader_knows(release):
    from nbgrader.nbgraderformat import MetadataValidator

    for path in release.glob("*/*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        MetadataValidator().validate_nb(notebook)
        found = entries(path)
        kinds = [(entry["grade"], entry["solution"], entry["locked"]) for entry in found]
        exercises = sum(tagged(cell, "exercise") for cell in cells(ROOT / "notebooks" / path.name))
        assert kinds.count((True, False, True)) == kinds.count((False, True, False)) == exercises
        assert [entry["grade_id"] for entry in found[:2]] == ["set-up-1", "set-up-2"]
        assert len(found) == 2 * exercises + 2, "questions and all other cells are free"
        assert points(path) == points(ROOT / "notebooks" / path.name)


def test_what_is_linked_and_read_is_there(course):
    folder, _written = course
    for path in (folder / "source").rglob("*"):
        if path.suffix == ".ipynb":
            text = "\n".join(cell.source for cell in cells(path))
        elif path.suffix == ".md":
            text = path.read_text("utf-8")
        else:
            continue
        links = re.findall(r"\]\(((?![a-z]+:|#)[\w./-]+\.(?:md|ipynb|png|svg))", text)
        links += re.findall(r'"(data/[\w./-]+)"', text)
        missing = [link for link in links if not (path.parent / link).exists()]
        assert not missing, f"{path}: {missing}"
    assert (folder / "source" / "week2" / "data" / "photos" / "tower.jpg").is_file()
    assert (folder / "source" / "own_pictures" / "data" / "leaves" / "faulty").is_dir()


def test_the_leaders_page_names_what_there_is(course):
    folder, written = course
    page = (folder / "README.md").read_text("utf-8")
    for one in written:
        assert f"| {one.name} | `{one.notebook}` | {one.points} |" in page
    for words in ("nbgrader autograde week1", "cannot prevent", "--network none"):
        assert words in page
    assert "{" not in page.replace("{print", "")


def test_one_week_links_to_no_other(tmp_path):
    write_course(tmp_path / "c", [WEEK2], ROOT)
    words = (tmp_path / "c" / "source" / "week2" / "docs" / "glossary.md").read_text("utf-8")
    assert set(re.findall(r"[\w./]+\.ipynb", words)) == {f"../../week2/{WEEK2.name}"}


def damaged(path):
    path.write_text("{no notebook")


def foreign(path):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("print(1)")])
    nbformat.write(notebook, path)


def unknown_exercise(path):
    path.write_text(WEEK2.read_text("utf-8").replace('"exercise:2.1"', '"exercise:2.99"'), "utf-8")


def no_cells(path):
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}}))


@pytest.mark.parametrize(
    "make, words",
    [
        (damaged, "week9_x.ipynb is not a notebook"),
        (no_cells, "week9_x.ipynb is not a notebook"),
        (foreign, "week9_x.ipynb is not a notebook of the course"),
        (unknown_exercise, "2.99"),
        (lambda path: None, "week9_x.ipynb cannot be read"),
    ],
)
def test_a_bad_notebook_is_named_and_nothing_is_written(tmp_path, make, words):
    make(tmp_path / "week9_x.ipynb")
    before = sorted(os.listdir(tmp_path))
    with pytest.raises(ValueError, match=words):
        write_course(tmp_path / "c", [WEEK2, tmp_path / "week9_x.ipynb"], ROOT)
    assert sorted(os.listdir(tmp_path)) == before


def test_two_notebooks_of_one_name_are_refused(tmp_path):
    with pytest.raises(ValueError, match="a second one for week2"):
        write_course(tmp_path / "c", [WEEK2, tmp_path / "week2_other.ipynb"], ROOT)
