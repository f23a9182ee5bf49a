"""Whoever cannot see a picture is told what it shows. Few seconds a page."""

import nbformat
import pytest

from segcourse.notebook.html import to_html
from tests.browser.lab import CHECKOUT
from tests.browser.notebooks_test import NOTEBOOKS

NAMELESS = """() => [...document.images].filter(one => !one.alt.trim() || !one.naturalWidth)
    .map(one => one.outerHTML.slice(0, 100))"""


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_picture_of_a_page_is_drawn_and_has_an_alternative_text(page, tmp_path, name):
    """The pages that `run` writes, with the outputs that are stored."""
    stored = nbformat.read(CHECKOUT / "notebooks" / f"{name}.ipynb", as_version=4)
    pictures = [
        output
        for cell in stored.cells
        for output in cell.get("outputs", ())
        if "image/png" in output.get("data", {})
    ]
    written = tmp_path / "page.html"
    written.write_text(to_html(stored, name), encoding="utf-8")
    page.goto(written.as_uri())
    assert page.locator("img").count() >= len(pictures) > 0
    assert page.evaluate(NAMELESS) == []


def test_in_jupyterlab_the_text_after_a_picture_reads_it_out(opened, page):
    """JupyterLab gives no picture of a cell an alternative text: the next cell has to tell."""
    cells = opened("week2_bilinear_interpolation").cells()
    shows = [
        any("image/png" in output.get("data", {}) for output in cell.get("outputs", ()))
        for cell in cells
    ]
    after = [cell for cell, picture in zip(cells[1:], shows, strict=False) if picture]
    assert len(after) > 10
    assert all(cell.cell_type == "markdown" and len(cell.source) >= 20 for cell in after)
    assert page.locator(".jp-CodeCell .jp-OutputArea img").count() > 0
