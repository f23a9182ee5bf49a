"""Mark hand-ins of the final project: a row for each in one table.

Every hand-in, a folder or a zip, is opened and scored by processes of its own, with limits on time
and memory. No code of a student is run. Writes marks.csv and marks.html; what the points are for,
and what a person has to mark, says docs/final_project_rubric.md.
"""

import subprocess
import sys
from pathlib import Path

from segcourse.command import environment, run
from segcourse.command.console.signals import held_back, interruptible
from segcourse.command.environment import Stop

FILE = "marks.csv"
MINUTES, MEMORY = 5.0, 4.0


def arguments(parser):
    parser.add_argument(
        "folders", nargs="+", metavar="FOLDER", help="a hand-in, its zip, or a folder of some"
    )
    parser.add_argument("--to", metavar="FILE", default=FILE, help=f"the table; default {FILE}")
    parser.add_argument(
        "--minutes", metavar="N", type=float, default=MINUTES,
        help=f"for each hand-in; default {MINUTES:g}",
    )  # fmt: skip
    parser.add_argument(
        "--memory", metavar="GB", type=float, default=MEMORY,
        help=f"for each hand-in; default {MEMORY:g}",
    )  # fmt: skip


def main(options):
    """Mark, write the table, print it; return 0 whatever the hand-ins are worth."""
    for name in ("minutes", "memory"):
        value = getattr(options, name)
        if not 0 < value < float("inf"):
            raise Stop(f"--{name} must be a number above 0. Received: {value:g}", 2)
    target = Path(options.to)
    if not target.absolute().parent.is_dir():
        raise Stop(f"--to must lie in a folder that is there. Received: {options.to}", 2)
    with interruptible():
        rows = _mark_all(options)
    return _write(rows, target)


def _mark_all(options):
    from segcourse.project.marking.found import found, labels
    from segcourse.project.marking.mark import Limits, mark, with_twins

    try:
        sources = found(options.folders)
    except ValueError as error:
        raise Stop(str(error), 2) from None
    env = run.kernel_environment(environment.root(), run.STORED)
    limits = Limits(options.minutes, options.memory, env, _Available(env), held_back)
    rows = []
    for number, (source, label) in enumerate(zip(sources, labels(sources), strict=True), start=1):
        place = f"{number}/{len(sources)}"
        _say(f"{place} {_named(source)}: opening and scoring")
        rows.append(mark(source, limits, label))
        _say(f"{place} {rows[-1].name}: {rows[-1].total} of {rows[-1].of} points of the machine")
    return with_twins(rows)


def _write(rows, target):
    from segcourse.notebook.files import write_atomically
    from segcourse.project.marking.csv_table import csv_table
    from segcourse.project.marking.html_table import html_table
    from segcourse.project.marking.text_table import text_table

    page, sheet = target.with_suffix(".html"), target.with_suffix(".csv")
    print(text_table(rows), flush=True)
    try:
        # The mark at the beginning tells Excel that it is UTF-8.
        write_atomically(sheet, "\ufeff" + csv_table(rows))
        write_atomically(page, html_table(rows))
    except OSError as error:
        raise Stop(environment.cannot_write(error, target.parent)) from None
    print(f"Written: {sheet} and {page}")
    return 0


class _Available:
    """Whether a data set is on this machine; each is looked for once, in another process."""

    def __init__(self, env):
        self._env = env
        self._known = {run.STORED: True}

    def __call__(self, name):
        if name not in self._known:
            from segcourse import process_tree

            _say(f"Looking for the data set {name}")
            command = [sys.executable, "-m", "segcourse", "data", name]
            nothing = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
            ended = process_tree.run(command, 600, 2**36, held_back, env=self._env, **nothing)
            self._known[name] = ended.reason is None and ended.status == 0
        return self._known[name]


def _named(source):
    from segcourse.project.checking.plain import plain

    return plain(source.name, 60)


def _say(text):
    """Progress, on stderr: the table on stdout stays its own."""
    print(text, file=sys.stderr, flush=True)
