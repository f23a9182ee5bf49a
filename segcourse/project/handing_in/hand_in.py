"""From a notebook to a folder and a zip that can be handed in."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from segcourse.notebook.html import to_html, with_alternative_texts
from segcourse.project.checking.machine_paths import MachinePaths
from segcourse.project.files.place import public_name
from segcourse.project.handing_in import clean, left
from segcourse.project.handing_in.bundle import check_name, place
from segcourse.project.handing_in.collect import collect
from segcourse.project.handing_in.dead_links import without_dead_links
from segcourse.project.handing_in.rerun import read, rerun
from segcourse.project.handing_in.staging import staging, students_folder

__all__ = ["HandedIn", "Order", "hand_in"]


@dataclass(frozen=True)
class Order:
    """What is to be handed in, and how.

    Attributes:
        notebook: Path of the notebook.
        name: of the hand-in.
        to: Path of the folder it is written to.
        dataset: name of the data set that the notebook runs on.
        minutes: how long all cells may take.
        force: whether it is written although something is missing.
        env: dict, environment of the kernel and of the process that scores.
        checkout: Path of the course, which must not stand in any file.
        starting: of `segcourse.process_tree.run`.
    """

    notebook: Path
    name: str
    to: Path
    dataset: str
    minutes: float
    force: bool
    env: dict
    checkout: Path
    starting: Callable = nullcontext


@dataclass(frozen=True)
class HandedIn:
    """What came of it.

    Attributes:
        checks: list of `Check`, in the order they were made.
        folder, archive: paths of what was written, or None.
        older: name that an older hand-in has now, or None.
    """

    checks: list
    folder: Path | None = None
    archive: Path | None = None
    older: str | None = None

    @property
    def is_right(self):
        return all(check.is_right for check in self.checks)


def hand_in(order, tell, on_start=None, on_done=None):
    """Run the notebook, check what it gives, and write the hand-in.

    Args:
        order: `Order`.
        tell: called with each `Check` as soon as it is made.
        on_start, on_done: of `segcourse.notebook.execute.execute`.

    Returns:
        `HandedIn`. Nothing is written where a check is not right, unless `order.force` is set; then
        nothing is run, either, below the first cell that raises, so that it is no look. The
        notebook's file and the student's own folder stay as they are, but for the looks at the
        held-back split, which are counted on.

    Raises:
        ValueError: for a name that cannot be a folder's, and for what is no notebook.
        OSError: if it cannot be written.
    """
    check_name(order.name)
    notebook = read(order.notebook)
    students = students_folder(order.notebook)
    with staging(order.to, order.name, students) as made:
        run = rerun(
            notebook, order.notebook.parent, made.work, order.env, order.minutes * 60,
            on_start, on_done, stop=not order.force,
        )  # fmt: skip
        checks, written = [], None
        for check, written in _checks(order, run, made):  # noqa: B007 - the last one is used
            tell(check)
            checks.append(check)
        result = HandedIn(checks)
        if not (result.is_right or order.force):
            return result
        notebook, page = written
        about = {"dataset": public_name(order.dataset)}
        collect(made.files, order.name, notebook, page, made.results(), checks, about)
        return HandedIn(checks, *place(made.files, order.to, order.name))


def _checks(order, run, made):
    """Each check, with the notebook and its page as they are to be handed in."""
    stopped = run.broke and not order.force
    yield left.ran(run, stopped), None
    if stopped:
        return
    folder = made.results()
    found, problem = left.report(folder)
    scores = left.scores(folder, found, order.dataset, order.env, made.scratch, order.starting)
    for check in (left.files(folder, problem), left.time(found), scores):
        yield left.unless_broken(check, run), None
    names = {order.dataset, *([found["dataset"]] if found else [])}
    notebook, check = clean.pictures(without_dead_links(run.notebook), names)
    yield check, None
    notebook = with_alternative_texts(notebook)
    page = to_html(notebook, order.name)
    machine = MachinePaths((order.checkout, order.to, made.work.parent))
    yield clean.paths(notebook, page, folder, machine), (notebook, page)
