"""What the five talks say stands in the course: a line a topic, with the place that teaches it."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LISTS = sorted((ROOT / "tests" / "topics").glob("*.txt"))


def places(path):
    """The ids of the cells and the headings of a notebook."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    texts = ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    headings = {found for text in texts for found in re.findall(r"(?m)^#+ +(.+?)\s*$", text)}
    return headings | {cell["id"] for cell in cells}


def topics(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    return [tuple(part.strip() for part in line.split("|", 1)) for line in lines if line.strip()]


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_each_topic_is_taught_where_it_is_said_to_be(path):
    there = places(ROOT / "notebooks" / f"{path.stem}.ipynb")
    assert topics(path)
    missing = [line for line in topics(path) if len(line) != 2 or line[1] not in there]
    assert not missing


def test_every_notebook_of_a_week_has_a_list():
    weeks = {path.stem for path in (ROOT / "notebooks").glob("week*.ipynb")}
    assert weeks <= {path.stem for path in LISTS}
