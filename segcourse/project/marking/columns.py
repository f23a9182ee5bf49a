"""What stands in each column of the table of marks."""

from segcourse.project.marking.rubric import ROWS, TOTAL

__all__ = ["cells", "heads", "main"]

_HEADS = ("hand-in", "data set", "mean IoU reported", "mean IoU scored", "PQ", "looks", "minutes",
          "against the bar")  # fmt: skip


def heads():
    """The heads of all columns."""
    rows = [f"{row.id} (of {row.most})" for row in ROWS]
    return [*_HEADS, *rows, "machine", "of", f"person (of {100 - TOTAL})", "remarks"]


def cells(row):
    """A `Marked` as texts, one for each column; the person's points are an empty cell."""
    given = ["person" if row.points[r.id] is None else str(row.points[r.id]) for r in ROWS]
    remarks = "; ".join(row.remarks)
    return [*main(row), *given, str(row.total), str(row.of), "", remarks]


def main(row):
    """The cells of the first columns, up to the verdict."""
    scores = [_score(value) for value in (row.reported, row.scored, row.pq)]
    looks = "" if row.looks is None else str(row.looks)
    minutes = "" if row.minutes is None else f"{row.minutes:g}"
    return [row.name, row.dataset or "", *scores, looks, minutes, row.verdict or ""]


def _score(value):
    return "" if value is None else f"{value:.4f}"
