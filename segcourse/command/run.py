"""Run notebooks from top to bottom and write them as HTML pages to build/.

A failing cell does not stop the later ones; the exit status tells. Prints the outputs of the cells
tagged "report", such as the mean IoU that was reached. With SEGCOURSE_LANG=ko the notebooks in
Korean are run, and their pages go to build/ko/.
"""

import copy
import os
import subprocess
import sys
import time

from segcourse.command import environment, weeks
from segcourse.command.console.signals import held_back, interrupt, interruptible, own_session
from segcourse.command.data import check_name
from segcourse.command.environment import Stop
from segcourse.data import catalogue
from segcourse.texts import language
from segcourse.translation.language import VARIABLE, of_folder

# The data set of the stored outputs.
STORED = "scenes"


def arguments(parser):
    parser.add_argument(
        "weeks", nargs="*", metavar="WEEK", help="4, week4, week4_fcn or a path; default all"
    )
    parser.add_argument(
        "--dataset", metavar="NAME", help=f"train on NAME or folder:PATH (default {STORED})"
    )
    parser.add_argument(
        "--save", action="store_true", help="write the outputs into the notebooks as well"
    )
    parser.add_argument(
        "--solutions", action="store_true", help="with the solutions in the exercise cells"
    )


def main(options):
    """Run the notebooks; return 1 where a cell failed."""
    folder = environment.root()
    paths = weeks.find(folder, options.weeks, language())
    dataset = chosen(options.dataset)
    if options.save and dataset != STORED:
        raise Stop(f"--save stores what {STORED} gives. Received: {dataset} as data set", 2)
    if options.save and options.solutions:
        raise Stop("--save stores notebooks as students get them: leave out --solutions", 2)
    if options.save and any(of_folder(path.parent) for path in paths):
        raise Stop("--save stores the outputs of the English notebooks: others take them", 2)
    env = kernel_environment(folder, dataset)
    with interruptible():
        if dataset != STORED and (status := load(dataset, folder)):
            return status  # the reason has been said
        failed = [run_one(folder, path, env, options, dataset) for path in paths]
    return 1 if any(failed) else 0


def chosen(option):
    """The data set to run on: the option's, else the environment's, else the stored one."""
    if option is not None:
        check_name(option, "--dataset")
        return catalogue.absolute(option)
    name = os.environ.get("SEGCOURSE_DATASET") or STORED
    check_name(name, "SEGCOURSE_DATASET")
    return catalogue.absolute(name)


def kernel_environment(folder, dataset):
    """Variables of the kernels: this checkout first, no progress bars, the data set."""
    return {
        **environment.variables(folder),
        "SEGCOURSE_QUIET": "1",
        "SEGCOURSE_DATASET": dataset,
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }


def load(name, folder):
    """Exit status of `data NAME`, which says before any notebook starts what there is of it.

    It is a process of its own, so that this one stays free of TensorFlow.
    """
    sys.stdout.flush()
    child = None
    try:
        with held_back():
            child = subprocess.Popen(
                [sys.executable, "-m", "segcourse", "data", name],
                env=environment.variables(folder),
                **own_session(),
            )
        return child.wait()
    except KeyboardInterrupt:
        if child is not None:
            interrupt(child)
            child.wait()  # until it has taken away what is half done
        raise


def fill_in(notebook):
    """Put the solutions into a notebook, in place."""
    from segcourse.command.console.quiet import quiet_import

    with quiet_import():
        from segcourse.command.solutions import put_solution

        for cell in notebook.cells:
            put_solution(cell)


def run_one(folder, path, env, options, dataset):
    """Run one notebook and write its results; return whether a cell failed."""
    import nbformat

    from segcourse.command.console.bar import CellBar
    from segcourse.notebook.execute import execute, normalised, reports
    from segcourse.notebook.files import write_atomically
    from segcourse.notebook.html import to_html
    from segcourse.notebook.kept_pictures import keep_pictures

    name = path.stem if dataset == STORED else f"{path.stem} on {dataset}"
    start = time.monotonic()
    try:
        notebook = nbformat.read(path, as_version=4)
    except (nbformat.reader.NotJSONError, nbformat.ValidationError, OSError) as error:
        raise Stop(f"{path.name} is not a notebook: {str(error).splitlines()[0][:200]}") from None
    if options.solutions:
        fill_in(notebook)
    stored = copy.deepcopy(notebook)
    env = {**env, VARIABLE: of_folder(path.parent) or "en"}
    cells = sum(cell.cell_type == "code" and bool(cell.source) for cell in notebook.cells)
    with CellBar(name, cells) as bar:
        failures = execute(notebook, path.parent, env, on_start=bar.start, on_done=bar.done)
    notebook = normalised(notebook)
    keep_pictures(notebook, stored)
    report = reports(notebook)
    if report:
        print(report)
    page = folder / "build" / of_folder(path.parent) / f"{path.stem}.html"
    try:
        write_atomically(page, to_html(notebook, path.stem))
        if options.save and not failures:
            write_atomically(path, nbformat.writes(notebook) + "\n")
    except OSError as error:
        raise Stop(environment.cannot_write(error, page.parent)) from None
    minutes = (time.monotonic() - start) / 60
    print(f"{name}: {len(failures) or 'no'} failed, {minutes:.1f} minutes, {page}", flush=True)
    for failure in failures:
        print(f"{name}: {failure}", file=sys.stderr)
    if options.save and failures:
        print(f"{path.name} was not changed, as a cell failed.", file=sys.stderr)
    return bool(failures)
