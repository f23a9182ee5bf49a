"""What JupyterLab opens first: the weeks, one's progress, what to open next.

A Markdown page beside the notebooks, so that its links open them. `lab` writes it anew as the
record grows; it is no part of the checkout.
"""

import json
import re
from pathlib import Path

from segcourse.atomic_write import atomic_write
from segcourse.exercises.judging import record
from segcourse.progress.course import course
from segcourse.progress.summary import counts, minutes, next_week, seconds
from segcourse.texts import N_, _

__all__ = ["NAME", "text", "write"]

NAME = "start.md"
MARK = "<!-- written by python3 -m segcourse lab: changes are lost -->"
#: The first heading of a notebook, as it stands in its JSON.
HEADING = re.compile(r'"# (?:[^"\\]|\\.)*"')
BEGINNING = 20_000  # bytes
HOW = (
    N_(
        "Work from top to bottom: Shift+Enter runs a cell. An exercise is a cell that ends in "
        "`raise NotImplementedError`; the cell below it checks your answer. `hint` helps on, and "
        "`question` asks what you expect before a cell shows it."
    ),
    N_(
        "This page is written anew as you work: close it and open `start.md` again to see your "
        "progress. `python3 -m segcourse progress` in a terminal says more: what was wrong, and "
        "how long it took."
    ),
)


def write(notebooks):
    """Writes the page into the folder of the notebooks.

    Returns:
        Its name, or None where there is nothing to show, a page of somebody else stands there,
        or the folder cannot be written.
    """
    target = Path(notebooks) / NAME
    try:
        if target.exists() and not target.read_text(encoding="utf-8").startswith(MARK):
            return None
        said = text(notebooks, record.read(), course())
        if said is None:
            return None
        with atomic_write(target) as part:
            part.write_text(said, encoding="utf-8", newline="\n")
    except (OSError, UnicodeDecodeError):
        return None
    return NAME


def text(notebooks, found, weeks):
    """The page as str, or None where no notebook of the course is there.

    Args:
        notebooks: path of their folder.
        found: the record.
        weeks: of `course()`.

    Example:

    >>> text("no such folder", {}, course()) is None
    True
    """
    files = {week.key: _notebook(Path(notebooks), week) for week in weeks}
    there = [week for week in weeks if files[week.key]]
    if not there:
        return None
    heads = (_("notebook"), _("exercises right"), _("questions right"), _("time"))
    lines = [MARK, "", "# " + _("Semantic segmentation in Keras 3"), ""]
    lines += [_next(next_week(found, there), files), ""]
    lines += ["| {} | {} | {} | {} |".format(*heads), "|:--|--:|--:|--:|"]
    for week in there:
        cells = [_count(counts(found, entries)) for entries in (week.exercises, week.questions)]
        spent = minutes(seconds(found, week.entries))
        link = f"[{_title(files[week.key])}]({files[week.key].name})"
        lines.append(f"| {link} | {cells[0]} | {cells[1]} | {spent} |")
    for paragraph in HOW:
        lines += ["", _(paragraph)]
    return "\n".join(lines) + "\n"


def _notebook(folder, week):
    """Its path, or None."""
    whole, begun = folder.glob(f"{week.name}.ipynb"), folder.glob(f"{week.name}_*.ipynb")
    return next(iter([*sorted(whole), *sorted(begun)]), None)


def _title(path):
    """Its first heading, otherwise its name. Notebooks are large: only their beginning is read."""
    with open(path, encoding="utf-8", errors="replace") as file:
        found = HEADING.search(file.read(BEGINNING))
    if not found:
        return path.stem
    first = json.loads(found.group(), strict=False).splitlines()[0]
    return re.sub(r"([|\[\]<*_`])", r"\\\1", first[2:].strip())


def _next(week, files):
    if week is None:
        return _("All exercises and questions are right.")
    name = files[week.key].name
    text = _("**Next:** [{title}]({name})")
    return text.format(title=_title(files[week.key]), name=name)


def _count(found):
    if not found.total:
        return "-"
    text = _("{right} of {total}").format(right=found.right, total=found.total)
    if not found.tried:
        return text
    return _("{text}, {tried} tried").format(text=text, tried=found.tried)
