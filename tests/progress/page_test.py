"""The page: whole in itself, readable in light and dark, nothing of a record as HTML."""

import re
from xml.etree import ElementTree

import pytest

from segcourse.progress import page
from segcourse.progress.chart import STYLE, chart
from segcourse.progress.summary import Counts

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(params=["own", "class"])
def text(request, kim, lee, weeks):
    if request.param == "own":
        return page.own_page(kim, weeks)
    return page.class_page({"kim": kim, "<i>lee": lee}, weeks)


def test_it_needs_no_network_and_no_script(text):
    assert not re.search(r"https?://|<script|src=|@import|url\(", text)


def test_what_others_wrote_is_escaped(text):
    assert "<b>None" not in text and "<i>lee" not in text
    assert "&lt;b&gt;None&lt;/b&gt;" in text and "Box &amp; mask" in text


def test_it_has_one_picture_with_words_for_those_who_do_not_see_it(text):
    (svg,) = re.findall(r"<svg.*?</svg>", text, re.S)
    tree = ElementTree.fromstring(svg)
    title, said = tree.find("title"), tree.find("desc")
    assert tree.get("aria-labelledby").split() == [title.get("id"), said.get("id")]
    assert tree.get("role") == "img" and title.text and said.text


def test_a_class_without_anything_done_has_a_page(weeks):
    assert "Nobody is stuck." in page.class_page({"kim": {}}, weeks)


def test_bars_are_as_long_as_their_numbers():
    tree = ElementTree.fromstring(chart([("A & B", Counts(3, 1, 0))], "t", "d"))
    widths = {r.get("class"): float(r.get("width")) + 2 for r in tree.findall("rect")[3:]}
    assert widths["right"] == pytest.approx(3 * widths["tried"], abs=0.3)
    assert "untouched" not in widths
    assert [t.text for t in tree.findall("text") if "in" in (t.get("class") or "")] == ["3", "1"]


def luminance(colour):
    colour = colour if len(colour) == 6 else "".join(2 * digit for digit in colour)
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    "front, back",
    [("ink", "paper"), ("link", "paper"), ("on-untouched", "untouched"), ("111", "right"),
     ("111", "tried")],
)  # fmt: skip
def test_text_stands_out_in_light_and_dark(front, back, dark):
    """At least 4.5 to 1, as WCAG 2 asks."""
    found = re.findall(r"--([\w-]+):#(\w+)", STYLE)
    half = len(found) // 2
    colours = dict(found[half:] if dark else found[:half])
    bright, dim = sorted(
        (luminance(colours.get(front, front)), luminance(colours[back])), reverse=True
    )
    assert (bright + 0.05) / (dim + 0.05) >= 4.5


def test_a_page_of_ours_is_known_and_no_other(tmp_path, weeks):
    path = tmp_path / "new" / "page.html"
    assert not page.is_ours(path)
    page.write(path, page.own_page({}, weeks))
    assert page.is_ours(path)
    path.write_text("<html>")
    assert not page.is_ours(path)
