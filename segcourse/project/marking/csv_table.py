"""The marks as a file for a spreadsheet."""

import csv
import io

from segcourse.project.marking.columns import cells, heads

__all__ = ["csv_table"]

# A spreadsheet takes what begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def csv_table(rows):
    """The text of a CSV file, a line for each `Marked`; no cell is a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(heads())
    writer.writerows([harmless(cell) for cell in cells(row)] for row in rows)
    return text.getvalue()


def harmless(cell):
    """A cell that a spreadsheet shows as it is.

    >>> harmless("=1+1"), harmless("kim")
    ("'=1+1", 'kim')
    """
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) else cell
