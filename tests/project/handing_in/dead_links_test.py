"""Links that lead nowhere from a hand-in."""

from pathlib import Path

import nbformat
import pytest

from segcourse.project.handing_in.dead_links import without_dead_links

NOTEBOOK = Path(__file__).parents[3] / "notebooks" / "final_project.ipynb"


def changed(text):
    cell = nbformat.v4.new_markdown_cell(text)
    return without_dead_links(nbformat.v4.new_notebook(cells=[cell])).cells[0].source


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("[a *b*](../docs/x.md#y), [c](z.md)", "a *b*, c"),
        ('[a](x.md "title")', "a"),
        ("![what is seen](x.png)", "what is seen"),
        ("[a [b]](x.md)", "a [b]"),
    ],
)
def test_dead_ones_are_words(text, wanted):
    assert changed(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "[a](https://keras.io/x_(y)) [b](#part) [c](mailto:a@example.org) [d](//x.org/e)",
        "[the card](model_card.md)",
        "![p](attachment:p.png)",
        "`[a](b)` and ```\n[a](b)\n``` and\n~~~\n[a](b)\n~~~",
        "x[0](1 + 2) is code, and [1] (so) is none",
    ],
)
def test_others_stay(text):
    assert changed(text) == text


def test_code_stays_and_the_notebook_given_too():
    given = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("a[b](c)")])
    given.cells.append(nbformat.v4.new_markdown_cell("[a](b)"))
    assert without_dead_links(given).cells[0].source == "a[b](c)"
    assert given.cells[1].source == "[a](b)"


def test_the_notebook_of_the_project_has_none_left():
    given = nbformat.read(NOTEBOOK, as_version=4)
    before = "".join(cell.source for cell in given.cells)
    after = "".join(cell.source for cell in without_dead_links(given).cells)
    assert "](../" in before and "](../" not in after
    assert before.count("](https://") == after.count("](https://") > 5
