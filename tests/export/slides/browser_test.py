"""The slides of all notebooks in a browser: none is too full (about 30 s of one core)."""

import json
import re
import shutil
from pathlib import Path

import nbformat
import pytest

from segcourse.export.slides import to_slides

NOTEBOOKS = sorted((Path(__file__).parents[3] / "notebooks").glob("*.ipynb"))
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
# All slides at once, one below the other: to go through them takes minutes.
ALL_AT_ONCE = """
.reveal, .reveal .slides, .reveal .slides section { display: block !important; height: auto;
  position: static !important; transform: none !important; visibility: visible !important; }
.reveal .slides section.page { height: 720px; }
aside { display: none !important; }
"""
FULL = """() => [...document.querySelectorAll("section.page")].map((page, number) => {
  const box = page.getBoundingClientRect();
  const parts = [...page.querySelectorAll(":scope > h1, :scope > h2, :scope > .piece, .piece *")];
  const shown = parts.filter((part) => !part.closest("aside"));
  const boxes = shown.map((part) => part.getBoundingClientRect());
  return [number, Math.max(...boxes.map((one) => one.bottom)) - box.top,
          Math.max(...boxes.map((one) => one.right)) - box.left];
}).filter(([number, bottom, right]) => !(bottom < 705 && right < 1265))"""


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this computer")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


def opened(browser, tmp_path, text):
    """The page, and what it asked of a network or reported."""
    file = tmp_path / "slides.html"
    file.write_text(text, encoding="utf-8")
    page, said = browser.new_page(viewport={"width": 1280, "height": 720}), []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda one: said.extend(re.findall(r"^(?!file:|data:|blob:).*", one.url)))
    page.set_default_timeout(180_000)  # a machine may be busy with other things
    page.goto(file.as_uri())
    return page, said


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_slide_is_too_full(path, browser, tmp_path):
    text = to_slides(nbformat.read(path, as_version=4), path.stem)
    page, said = opened(browser, tmp_path, text.replace("Reveal.initialize(", "void ("))
    page.add_style_tag(content=ALL_AT_ONCE)
    page.wait_for_function("[...document.images].every((image) => image.complete)")
    full = page.evaluate(FULL)
    assert page.locator("section.page").count() > 20
    page.close()
    assert full == []
    assert said == []


def test_the_measure_finds_a_full_slide(browser, tmp_path):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# A\n\nb")])
    notebook.cells[0].metadata["slideshow"] = {"slide_type": "slide"}
    text = to_slides(notebook, "a").replace("<p>b</p>", "<p>b<br></p>" * 40)
    page, _said = opened(browser, tmp_path, text.replace("Reveal.initialize(", "void ("))
    page.add_style_tag(content=ALL_AT_ONCE)
    assert len(page.evaluate(FULL)) == 1
    page.close()


def test_the_keys_lead_from_slide_to_slide(browser, tmp_path):
    path = next(path for path in NOTEBOOKS if path.stem == "final_project")
    page, said = opened(browser, tmp_path, to_slides(nbformat.read(path, as_version=4), path.stem))
    page.wait_for_function("Reveal.isReady()")
    assert page.locator("section.present h1").first.is_visible()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("Reveal.getIndices().h") == 1
    box = page.locator("section.page.present").bounding_box()
    assert json.dumps([round(box["width"]), round(box["height"])]) == "[1280, 720]"
    page.close()
    assert said == []
