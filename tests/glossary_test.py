"""The glossary: in order, each term with its week and its Korean word, and linked from there."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GLOSSARY = ROOT / "docs" / "glossary.md"
ENTRY = re.compile(
    r"### (?P<term>.+)\n\n(?P<text>.+)\n\n"
    r"\[(?P<week>.+)\]\(\.\./notebooks/(?P<file>\w+\.ipynb)\) · (?P<korean>.*[가-힣].*)\n"
)
LINK = re.compile(r"\]\(\.\./docs/glossary\.md#([^)]*)\)")


def anchor(term):
    """As GitHub and Jupyter make it of a heading, but in small letters."""
    return re.sub(r"[^\w\- ]", "", term.lower()).replace(" ", "-")


def entries():
    return list(ENTRY.finditer(GLOSSARY.read_text(encoding="utf-8")))


def markdown(name):
    cells = json.loads((ROOT / "notebooks" / name).read_text(encoding="utf-8"))["cells"]
    return "\n\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")


def test_every_heading_is_an_entry_and_they_are_in_order():
    headings = re.findall(r"(?m)^### (.+)$", GLOSSARY.read_text(encoding="utf-8"))
    terms = [entry["term"] for entry in entries()]
    assert headings == terms
    assert [term.lower() for term in terms] == sorted({term.lower() for term in terms})


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda p: p.stem)
def test_links_lead_to_an_entry(path):
    known = {anchor(entry["term"]) for entry in entries()}
    linked = set(LINK.findall(markdown(path.name)))
    assert linked <= known


def test_each_term_is_linked_where_it_is_first_said():
    missing = [
        entry["term"]
        for entry in entries()
        if f"#{anchor(entry['term'])})" not in markdown(entry["file"])
    ]
    assert not missing
