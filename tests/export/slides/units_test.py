"""What is shown of a notebook, and on which slide."""

import base64
import struct

import nbformat
import pytest

from segcourse.export.slides import to_slides
from segcourse.export.slides.blocks import blocks
from segcourse.export.slides.deck import topics
from segcourse.export.slides.lead import lead
from segcourse.export.slides.paging import pages, title_height
from segcourse.export.slides.pieces import HEIGHT

COARSE = "Why? Because the map is far too coarse."
MORE = " More of it follows below, with many words" * 6 + "."


def png(width, height):
    head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height)
    return base64.b64encode(head + b"\0" * 40).decode()


def cell(source, kind, *outputs, tags=()):
    """A code cell where there are outputs, else text; `kind` is the slide type or None."""
    metadata = {"tags": list(tags)} | ({"slideshow": {"slide_type": kind}} if kind else {})
    if not outputs:
        return nbformat.v4.new_markdown_cell(source, metadata=metadata)
    made = nbformat.v4.new_code_cell(source, metadata=metadata)
    made.outputs = [one for one in outputs if one]
    return made


def printed(text):
    return nbformat.v4.new_output("stream", name="stdout", text=text)


def figure():
    data = {"image/png": png(900, 400), "text/plain": "<Figure>"}
    return nbformat.v4.new_output("display_data", data)


def shown(*cells):
    """(title, begins a column, text of the page, notes) of each slide."""
    found = topics(nbformat.v4.new_notebook(cells=list(cells)))
    return [
        (page.title, page.column, "".join(p.at(h) for p, h in page.placed), "".join(page.notes))
        for topic in found
        for page in pages(topic)
    ]


def test_slide_types_say_where_a_cell_stands():
    found = shown(
        cell("# Week", "slide"),
        cell("Text one.", "-"),
        cell("Text two.", None),
        cell("Left out.", "skip"),
        cell("Said.", "notes"),
        cell("### Below", "subslide"),
        cell("Later.", "fragment"),
        cell("## Right", "slide"),
    )
    assert [(title, column) for title, column, *_ in found] == [
        ("Week", True), ("Below", False), ("Right", True)
    ]  # fmt: skip
    _title, _column, page, notes = found[0]
    assert "Text one." in page and "Text two." in page
    assert "Said." in notes and "Said." not in page
    assert "fragment" in found[1][2] and "fragment" not in page
    assert "Left out." not in str(found)


def test_a_heading_inside_a_text_begins_a_slide():
    found = shown(cell("## One\n\nA.\n\n### Two\n\nB.\n\n## Three\n\n### Four", "slide"))
    assert [(title, column) for title, column, *_ in found] == [
        ("One", True), ("Two", False), ("Three", True), ("Four", False)
    ]  # fmt: skip


def test_the_whole_of_a_long_paragraph_is_for_the_speaker():
    (_title, _column, page, notes), *_ = shown(
        cell("## A\n\nThe first sentence of it is the claim." + MORE, "slide")
    )
    assert "is the claim." in page and "More of it" not in page
    assert "More of it" in notes


def test_pictures_and_claims_stand_without_their_code():
    found = shown(
        cell("## A", "slide"),
        cell("plots.overlay(image)", "-", figure()),
        cell("The cat is *found*. The dog is not.", "-"),
        cell("holds('x', a < b)", "-", printed("Holds: The loss falls.\n")),
        cell("print(kernel)", "-", printed("3 by 3\n")),
    )
    page, notes = "".join(one[2] for one in found), "".join(one[3] for one in found)
    assert 'alt="The cat is found."' in page and "Holds: The loss falls." in page
    assert "overlay" not in page and "overlay" in notes and "holds" not in page
    assert "kernel" in page and "3 by 3" in page


def test_a_question_is_not_answered_on_its_slide():
    asked = printed("Question 4.a. How large is it?\n  A  2 by 2\n  B  4 by 4\nYour answer: …\n")
    found = shown(
        cell("## A", "slide"),
        cell("question('4.a')", "-", asked, tags=["question:4.a"]),
        cell("print(4)", "-", printed("4\n")),
    )
    assert len(found) == 2
    assert "How large is it?" in found[0][2] and "4 by 4" in found[0][2]
    assert "print" in found[1][2]


@pytest.mark.parametrize(
    "many",
    [
        [cell(f"Paragraph {n} of a text that goes on and on." * 3, "-") for n in range(40)],
        [cell("- item\n" * 60, "-")],
        [cell("| a | b |\n|---|---|\n" + "| 1 | " + "word " * 30 + "|\n" * 30, "-")],
        [cell("x = 1\n" * 80, "-", None)],
        [cell("print()", "-", printed("a line of a table\n" * 200))],
        [cell("print()", "-", printed("w" * 5000))],
        [cell("show()", "-", figure()) for _ in range(9)],
    ],
)  # fmt: skip
def test_nothing_is_higher_than_a_slide(many):
    begin = cell("## Title", "slide")
    (topic,) = topics(nbformat.v4.new_notebook(cells=[begin, *many]))
    assert len(pages(topic)) > 1 or "x = 1" in many[0].source
    for page in pages(topic):
        used = sum(height for _piece, height in page.placed) + 8 * (len(page.placed) - 1)
        assert used <= HEIGHT - title_height("Title", 2) + 0.01


def test_blocks_are_never_cut_inside():
    source = (
        "a\nb\n\n$$\nx\n\ny\n$$\n\n```\nc\n\nd\n```\n\n1. one\n   more\n2. two\n\n|a|\n|-|\n|b|"
    )
    assert [(block.kind, block.source) for block in blocks(source)] == [
        ("text", "a\nb"), ("formula", "$$\nx\n\ny\n$$"), ("code", "```\nc\n\nd\n```"),
        ("item", "1. one\n   more"), ("item", "2. two"), ("table", "|a|\n|-|\n|b|"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("A short one. Yes.", "A short one. Yes."),
        (COARSE + MORE, COARSE),
        ("**All of this is so. And so is that one too.** Then." + MORE,
         "**All of this is so. And so is that one too.**"),
        ("The paper of J. Long and others says it first. Then." + MORE,
         "The paper of J. Long and others says it first."),
        ("One two three four five six seven $a. B$ and on." + MORE,
         "One two three four five six seven $a. B$ and on."),
    ],
)  # fmt: skip
def test_a_lead_is_never_cut_inside(text, wanted):
    assert lead(text) == wanted


def test_the_page_needs_nothing_beside_it():
    notebook = nbformat.v4.new_notebook(
        cells=[
            cell("# A\n\n[term](../docs/glossary.md#a) [site](https://example.org) $x$", "slide"),
            cell("show()", "-", figure()),
        ]
    )  # fmt: skip
    page = to_slides(notebook, "week <4>")
    assert "<title>week &lt;4&gt;</title>" in page
    assert "<math" in page and "glossary" not in page and 'href="https://example.org"' in page
    assert 'src="data:image/png;base64,' in page
    assert not [one for one in ('src="http', "<link", "@import", "url(http") if one in page]
    assert page.count("\n<script>") == 3 == page.count("</script>")
    assert "Permission is hereby granted" in page


@pytest.mark.parametrize("kind, said", [(None, "no cell has a slide type"), ("page", "'page'")])
def test_a_notebook_without_slides_is_refused(kind, said):
    with pytest.raises(ValueError, match=said):
        to_slides(nbformat.v4.new_notebook(cells=[cell("# A", kind)]), "a")
