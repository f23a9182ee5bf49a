"""What JupyterLab opens first."""

import nbformat
import pytest

from segcourse.command import environment
from segcourse.progress import start_page
from segcourse.progress.course import course


def notebook(folder, name, heading):
    cells = [nbformat.v4.new_markdown_cell(heading)] if heading else []
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / name)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("SEGCOURSE_PROGRESS_FILE", str(tmp_path / "progress.json"))
    there = tmp_path / "notebooks"
    there.mkdir()
    notebook(there, "week1_boxes.ipynb", "Week 1")
    notebook(there, "bonus.ipynb", '# Bonus · "Holes" | *more*\n\n# Another')
    return there


def test_links_titles_and_numbers(folder, kim, weeks):
    said = start_page.text(folder, kim, weeks)
    assert "**Next:** [week1_boxes](week1_boxes.ipynb)" in said  # it has no heading
    assert "| [week1_boxes](week1_boxes.ipynb) | 1 of 2, 1 tried | - | 30 min |" in said
    assert '| [Bonus · "Holes" \\| \\*more\\*](bonus.ipynb) | 0 of 1 | 0 of 1 | 1 min |' in said


def test_notebooks_that_are_missing_are_left_out(folder, weeks):
    (folder / "week1_boxes.ipynb").unlink()
    said = start_page.text(folder, {}, weeks)
    assert "week1" not in said and "**Next:** [Bonus" in said
    (folder / "bonus.ipynb").unlink()
    assert start_page.text(folder, {}, weeks) is None and start_page.write(folder) is None


def test_it_is_written_anew_but_not_over_a_page_of_the_reader(folder):
    page = folder / start_page.NAME
    assert start_page.write(folder) == start_page.NAME
    page.write_text(page.read_text("utf-8") + "x", "utf-8")
    assert start_page.write(folder) == start_page.NAME
    assert not page.read_text("utf-8").endswith("x")
    page.write_text("mine")
    assert start_page.write(folder) is None and page.read_text() == "mine"


def test_where_it_cannot_be_written_there_is_none(folder):
    (folder / start_page.NAME).mkdir()
    assert start_page.write(folder) is None


def test_every_notebook_of_the_course_has_its_row():
    notebooks = environment.root() / "notebooks"
    said = start_page.text(notebooks, {}, course())
    there = {path.name for path in notebooks.glob("*.ipynb")}
    assert {name for name in there if f"]({name}) |" in said} == there
    assert "[Week 6 · U-Net](week6_unet.ipynb)" in said
