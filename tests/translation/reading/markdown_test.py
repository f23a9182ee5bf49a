"""Markdown by paragraph: what is a message, and that all else stays to the letter."""

import json
from pathlib import Path

import pytest

from segcourse.translation.reading.markdown import translated

ROOT = Path(__file__).parents[3]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def messages(text):
    found = []

    def say(message, kind):
        found.append((kind, message))
        return message

    translated(text, say)
    return found


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_text_whose_messages_stay_is_the_same_text(path):
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "markdown":
            source = "".join(cell["source"])
            assert translated(source, lambda text, kind: text) == source, cell["id"]


def test_kinds():
    text = "# Title\n\nA text\nin two lines.\n\n- one\n- two\n  goes on\n\n1. first\n\n> Said so."
    assert messages(text) == [
        ("heading", "Title"),
        ("paragraph", "A text in two lines."),
        ("item", "one"),
        ("item", "two goes on"),
        ("item", "first"),
        ("paragraph", "Said so."),
    ]


def test_rows_of_a_table():
    text = "| week | about |\n|---|---:|\n| 1 | tasks |\n| `2` | 3 |"
    assert messages(text) == [("row", "| week | about |"), ("row", "| 1 | tasks |")]


@pytest.mark.parametrize(
    "text",
    [
        "```python\nprint('no message')\n```",
        "    python3 -m segcourse lab",
        "$$\\text{cost} = 1$$",
        "$$\n\\text{cost}\n$$",
        "<!-- a note\nin two lines -->",
        "`network` $x$ 2 × 3",
        "[![Open in Colab](https://colab.example.org/colab-badge.svg)](https://example.org/a.ipynb)",
        "[name]: https://example.org/a",
    ],
)
def test_what_is_no_message(text):
    around = f"Before.\n\n{text}\n\nAfter."
    assert messages(around) == [("paragraph", "Before."), ("paragraph", "After.")]
    assert translated(around, lambda message, kind: message) == around


def test_a_formula_in_a_line_belongs_to_its_text():
    assert messages("$$a$$ is the mean.") == [("paragraph", "$$a$$ is the mean.")]


def test_an_image_is_a_message_for_its_words():
    assert messages("![A cat](cat.png)") == [("paragraph", "![A cat](cat.png)")]


def test_a_break_that_the_author_made_stays():
    assert messages("One  \ntwo") == [("paragraph", "One  \ntwo")]


def test_words_take_their_place():
    text = "## 1 · Sky\n\n- grass,\n  tree\n\n> cat"
    said = {"1 · Sky": "가", "grass, tree": "나", "cat": "다"}
    assert translated(text, lambda message, kind: said[message]) == "## 가\n\n- 나\n\n> 다"
