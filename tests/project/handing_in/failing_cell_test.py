"""Where a notebook broke, in words."""

import nbformat
import pytest

from segcourse.notebook.execute import Failure
from segcourse.project.handing_in.failing_cell import failing_cells


@pytest.fixture
def notebook():
    new = nbformat.v4
    cells = [
        new.new_code_cell("1"),
        new.new_markdown_cell("# Title\n\ntext\n\n## 2 · Look"),
        new.new_code_cell("2"),
        new.new_markdown_cell("no heading"),
        new.new_code_cell("3"),
    ]
    return new.new_notebook(cells=cells)


def test_the_first_one_with_its_heading_and_the_number_of_the_others(notebook):
    failures = [Failure(2, "a", "NameError: x"), Failure(4, "b", "NameError: y")]
    assert failing_cells(notebook, failures) == [
        "Cell 3 of 5, below the heading “2 · Look”: NameError: x",
        "1 more cell failed. Mend the first one first.",
    ]
    assert failing_cells(notebook, failures[1:]) == [
        "Cell 5 of 5, below the heading “2 · Look”: NameError: y"
    ]


def test_an_error_comes_before_a_warning_above_it(notebook):
    failures = [Failure(0, "a", "warns: old", warns=True), Failure(4, "b", "no")]
    assert failing_cells(notebook, failures)[0].endswith("no")


def test_above_all_headings_and_nothing(notebook):
    assert failing_cells(notebook, [Failure(0, "a", "no")]) == ["Cell 1 of 5: no"]
    assert failing_cells(notebook, []) == []
