"""The marks for a terminal."""

from segcourse.project.marking.columns import main
from segcourse.text_columns import text_columns

__all__ = ["text_table"]

_HEADS = ("hand-in", "data set", "reported", "scored", "PQ", "looks", "min", "bar", "machine")


def text_table(rows):
    """Lines (str): a row for each `Marked`, then the remarks."""
    table = [_HEADS, *([*main(row), f"{row.total}/{row.of}"] for row in rows)]
    wide = [max(map(text_columns, column)) for column in zip(*table, strict=True)]
    lines = [
        "  ".join(
            cell + " " * (most - text_columns(cell)) for cell, most in zip(one, wide, strict=True)
        )
        for one in table
    ]
    said = [f"{row.name}: {remark}" for row in rows for remark in row.remarks]
    return "\n".join([line.rstrip() for line in lines] + said)
