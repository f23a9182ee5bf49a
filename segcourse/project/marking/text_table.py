"""The marks for a terminal."""

import unicodedata

from segcourse.project.marking.columns import main

__all__ = ["text_table"]

_HEADS = ("hand-in", "data set", "reported", "scored", "PQ", "looks", "min", "bar", "machine")


def text_table(rows):
    """Lines (str): a row for each `Marked`, then the remarks."""
    table = [_HEADS, *([*main(row), f"{row.total}/{row.of}"] for row in rows)]
    wide = [max(map(_width, column)) for column in zip(*table, strict=True)]
    lines = [
        "  ".join(cell + " " * (most - _width(cell)) for cell, most in zip(one, wide, strict=True))
        for one in table
    ]
    said = [f"{row.name}: {remark}" for row in rows for remark in row.remarks]
    return "\n".join([line.rstrip() for line in lines] + said)


def _width(text):
    """Columns of a terminal: letters of Korean, Chinese and Japanese take two."""
    return sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in text)
