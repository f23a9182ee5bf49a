"""What the pages for readers point to is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "data/README.md"]
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
# In backquotes, a path from the top of the checkout. Capitals and dots stand for other names.
PATH = re.compile(r"`((?:segcourse|tests|notebooks|docs|benchmarks|data)/[a-z0-9_/]+(?:\.\w+|/))`")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    text = page.read_text(encoding="utf-8")
    for target in LINK.findall(text):
        assert "://" in target or (page.parent / target).exists(), f"{page.name}: {target}"
    for path in PATH.findall(text):
        assert (ROOT / path).exists(), f"{page.name}: {path}"


def test_the_page_on_the_house_names_every_room():
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    rooms = [path.parent for path in (ROOT / "segcourse").glob("*/__init__.py")]
    assert len(rooms) >= 8
    assert not [room.name for room in rooms if f"segcourse/{room.name}/" not in text]
