"""Rows of texts as a table to print."""


def table(rows, right):
    """Rows of texts as lines; the columns with the numbers `right` are flush right.

    Example:

    >>> print(table([("cat", "0.5"), ("pavement", "0.25")], right=(1,)))
    cat        0.5
    pavement  0.25
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(
            text.rjust(width) if place in right else text.ljust(width)
            for place, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    return "\n".join(lines)
