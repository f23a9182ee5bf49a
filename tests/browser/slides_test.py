"""The slides of week 2 in a browser, without a network: every slide fits. Half a minute."""

import subprocess
import sys

import pytest

from segcourse.command import environment

# Slides are scaled as a whole; their height before that is what the page gives them.
NEXT = "() => { const last = Reveal.isLastSlide(); if (!last) Reveal.next(); return !last; }"
OVERFLOW = """() => {
    const slide = Reveal.getCurrentSlide(), scale = Reveal.getScale();
    const config = Reveal.getConfig(), box = slide.getBoundingClientRect();
    return {
        title: slide.textContent.trim().slice(0, 60),
        below: Math.max(slide.scrollHeight, box.height / scale) - config.height,
        beside: Math.max(slide.scrollWidth, box.width / scale) - config.width,
        broken: [...slide.querySelectorAll('img')].filter(one => !one.naturalWidth).length,
    }; }"""


@pytest.fixture(scope="session")
def slides(browser, tmp_path_factory):
    """The file of week 2, made once."""
    del browser
    file = tmp_path_factory.mktemp("slides") / "slides.html"
    root = environment.root()
    command = [sys.executable, "-m", "segcourse", "export", "slides", "week2", "--to", str(file)]
    subprocess.run(command, cwd=root, env=environment.variables(root), check=True)
    return file


def test_no_slide_overflows_and_no_network_is_asked(slides, page):
    asked = []
    page.route(
        lambda address: not address.startswith(("file:", "data:", "blob:")),
        lambda route: (asked.append(route.request.url), route.abort()),
    )
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(slides.as_uri())
    page.wait_for_function("() => window.Reveal?.isReady()")
    page.evaluate("() => Reveal.configure({transition: 'none'})")
    seen = [page.evaluate(OVERFLOW)]
    while page.evaluate(NEXT):
        seen.append(page.evaluate(OVERFLOW))
    assert len({slide["title"] for slide in seen}) > 5
    tolerated = 1  # pixel; heights are rounded
    faulty = [
        slide
        for slide in seen
        if slide["broken"] or max(slide["below"], slide["beside"]) > tolerated
    ]
    assert faulty == []
    assert asked == []
