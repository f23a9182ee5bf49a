"""The text of a function by paragraph."""

from segcourse.text_columns import text_columns
from segcourse.translation.reading.docstring import COLUMNS, translated

TEXT = """\
Turn a map into a target.

The first paragraph goes on
in a second line.

Args:
    labels: array [height, width]; 255
        is void.
    count, size: ints.

Returns:
    float: the share. It lies between 0
    and 1.

Example: one row.

>>> target(1)
array([[1]])

One row, so the shape is [1, 1]."""


def test_messages():
    found = []

    def say(message, kind):
        found.append(message)
        return message

    assert translated(TEXT, say) == TEXT
    assert found == [
        "Turn a map into a target.",
        "The first paragraph goes on in a second line.",
        "labels: array [height, width]; 255 is void.",
        "count, size: ints.",
        "float: the share. It lies between 0 and 1.",
        "Example: one row.",
        "One row, so the shape is [1, 1].",
    ]


def test_a_long_translation_is_broken_by_the_width_of_its_letters():
    said = translated(TEXT, lambda message, kind: "labels: " + "가나 다라 " * 30 + "끝")
    lines = said.split("\n")
    assert max(text_columns(line) for line in lines) <= COLUMNS
    assert lines[lines.index("Args:") + 2].startswith("        가나")  # an entry goes on deeper
    assert ">>> target(1)\narray([[1]])" in said
