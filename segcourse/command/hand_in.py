"""Check the final project and write it into one folder and one zip, to hand in.

Runs the notebook from top to bottom in a fresh kernel, which trains anew, and has another process
score the model file. Pictures of data sets that may not be passed on are taken out. Says what is
missing; then it writes nothing, unless --force is given. Takes as long as the notebook, and counts
as a look at the held-back images. The notebook itself stays as it is.
"""

import errno
import os
from pathlib import Path

from segcourse.command import environment, run, weeks
from segcourse.command.console.signals import held_back, interruptible
from segcourse.command.environment import Stop
from segcourse.texts import _, language
from segcourse.translation.language import VARIABLE, in_language, of_folder

NOTEBOOK = "notebooks/final_project.ipynb"
FOLDER = "hand_in"
# Minutes that the notebook may take: so many times the budget, and so many more.
TIMES, MORE = 3, 10


def arguments(parser):
    parser.add_argument("notebook", nargs="?", metavar="NOTEBOOK", help=f"path; default {NOTEBOOK}")
    parser.add_argument(
        "--name", metavar="NAME", help="name of the folder and the zip; default: the notebook's"
    )
    parser.add_argument("--to", metavar="FOLDER", help=f"where to write them; default {FOLDER}/")
    parser.add_argument(
        "--dataset", metavar="NAME", help=f"run on NAME or folder:PATH (default {run.STORED})"
    )
    parser.add_argument(
        "--limit", metavar="MINUTES", type=float,
        help=f"for the whole notebook; default {TIMES} times the budget and {MORE} minutes",
    )  # fmt: skip
    parser.add_argument(
        "--force", action="store_true", help="write it even if something is missing"
    )


def main(options):
    """Run, check, write; return 1 where something is missing."""
    checkout = environment.root()
    dataset = run.chosen(options.dataset)
    home = weeks.home_of(checkout, language())
    notebook = Path(options.notebook) if options.notebook else home / Path(NOTEBOOK).name
    if not notebook.is_file():
        raise Stop(f"NOTEBOOK must be the path of a notebook. There is no {notebook}", 2)
    if options.limit is not None and not 0 < options.limit < float("inf"):
        raise Stop(f"--limit must be minutes above 0. Received: {options.limit:g}", 2)
    name = notebook.stem if options.name is None else options.name
    to = Path(options.to or checkout / FOLDER).absolute()
    _check(name, to)
    spoken = of_folder(notebook.resolve().parent) or language()
    with interruptible(), in_language(spoken):
        if dataset != run.STORED and (status := run.load(dataset, checkout)):
            return status  # the reason has been said
        return _hand_in(options, checkout, notebook.resolve(), name, to, dataset)


def _check(name, to):
    """What can be known before anything is fetched or run."""
    from segcourse.project.handing_in.bundle import check_name
    from segcourse.project.handing_in.room import check_room

    try:
        check_name(name)
        check_room(to)
    except ValueError as error:
        raise Stop(str(error).replace("`name`", "--name"), 2) from None
    except OSError as error:
        raise Stop(_cannot_write(error, to)) from None


def _cannot_write(error, to):
    """The sentence for an OSError; that of the set-up speaks of another room on the disk."""
    if error.errno != errno.ENOSPC:
        return environment.cannot_write(error, to)
    return f"no room in {to}: {error.strerror}. Make room and run the same command again."


def _hand_in(options, checkout, notebook, name, to, dataset):
    from segcourse.command.console.bar import CellBar
    from segcourse.project.handing_in.hand_in import Order, hand_in
    from segcourse.project.handing_in.push import push
    from segcourse.project.handing_in.rerun import read

    order = Order(
        notebook=notebook,
        name=name,
        to=to,
        dataset=dataset,
        minutes=options.limit or _limit(dataset),
        force=options.force,
        env=run.kernel_environment(checkout, dataset) | {VARIABLE: language() or "en"},
        checkout=checkout,
        starting=held_back,
    )
    try:
        cells = sum(c.cell_type == "code" and bool(c.source) for c in read(notebook).cells)
        print(f"Running {notebook.name}: at most {order.minutes:g} minutes.", flush=True)
        with CellBar(notebook.stem, cells) as bar:
            done = hand_in(order, _tell(bar), bar.start, bar.done)
    except ValueError as error:
        raise Stop(str(error), 2) from None
    except OSError as error:
        raise Stop(_cannot_write(error, order.to)) from None
    _say_outcome(done)
    if done.folder:
        print(push(_shown(done.folder)), end="")
    return 0 if done.is_right else 1


def _tell(bar):
    """Prints each check as it is made, below the bar."""

    def tell(check):
        bar.end()
        print(check, flush=True)

    return tell


def _say_outcome(done):
    from segcourse.project.handing_in.check import WRONG

    missing = [check for check in done.checks if check.outcome == WRONG]
    if missing:
        print(_("Missing:"))
        for check in missing:
            print(f"  - {check.title}")
    if done.older:
        print(_("The older hand-in is {name} now.").format(name=done.older))
    if done.folder:
        text = _("Written: {folder} and {archive}")
        print(text.format(folder=_shown(done.folder), archive=_shown(done.archive)))
    else:
        print(_("Nothing was written. Mend this, or write it all the same with --force."))


def _shown(path):
    """A path as it is shortest from here."""
    try:
        return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else path
    except OSError:
        return path


def _limit(dataset):
    from segcourse.project.budget import budget

    return TIMES * budget(dataset) + MORE
