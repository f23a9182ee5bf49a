"""What the audit found, as text."""

__all__ = ["details", "put_into", "row", "table"]

COLUMNS = (
    "exercise", "right answers", "wrong answers", "mutants", "accepted wrong", "refused right",
)  # fmt: skip


def row(one):
    """The numbers of one exercise, as a line of the table."""
    return _row((f"{one.id} `{one.function}`", *_numbers(one)))


def table(found):
    """The numbers of all exercises that were looked at, as a table in Markdown."""
    totals = [sum(numbers) for numbers in zip(*map(_numbers, found), strict=True)]
    ends = _row((f"all {len(found)}", *totals))
    return "\n".join([_row(COLUMNS), _row(["---", *["---:"] * 5]), *map(row, found), ends])


def put_into(page, table):
    """The text of a page with the table in the place of the one that stands there."""
    lines = page.splitlines()
    rows = [i for i, line in enumerate(lines) if line.startswith("|")]
    return "\n".join([*lines[: rows[0]], table, *lines[rows[-1] + 1 :]]) + "\n"


def _numbers(one):
    return one.right, one.wrong, one.mutants, one.accepted_wrong, len(one.refused)


def _row(cells):
    return "| " + " | ".join(map(str, cells)) + " |"


def details(found):
    """Below the table: what passes and must not, with a call that shows it; exercise by exercise.

    Mutants that agreed with the reference on all draws stand as lines for `unchanged/`.
    """
    return "\n".join(line for one in found for line in _details(one))


def _details(one):
    yield f"\n## {one.id} {one.function}"
    if not one.drawn:
        yield "no `space`: nothing is drawn, and mutants are compared on the cases alone"
    for name in one.lost:
        yield f"ended its process, so it was not tried: {name}"
    for name, call in one.refused.items():
        yield f"refused, but right: {name}\n    {call}"
    for name in one.mistakes:
        yield f"accepted, but a catalogued mistake: {name}"
    for name, what in one.stale.items():
        yield f"wrong in unchanged/: {name!r}: {what}"
    for name, call in one.holes.items():
        yield f"accepted, but wrong: {name}\n    {call}"
    for name, call in one.accepted.items():
        if call:
            yield f"accepted, but it differs: {name}\n    {call}"
    alike = [name for name, call in one.accepted.items() if not call]
    if not one.accepted_wrong and not one.refused:
        yield "nothing wrong passes, nothing right is refused"
    if alike:
        yield "accepted, and no draw tells them apart: find an input that does, or say why not:"
        yield from (f"        {_quoted(name)}: '...'," for name in alike)


def _quoted(name):
    return "'" + name.replace("'", "\\'") + "'" if '"' in name else f'"{name}"'
