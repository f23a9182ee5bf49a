"""Run notebooks from top to bottom and write them as HTML pages to build/.

A failing cell does not stop the later ones; the exit status tells. Prints the outputs of the cells
tagged "report", such as the mean IU that was reached.
"""

import os
import signal
import subprocess
import sys
import time

from segcourse.command import environment, weeks
from segcourse.command.environment import Stop

# The data set of the stored outputs.
STORED = "scenes"


def arguments(parser):
    parser.add_argument(
        "weeks", nargs="*", metavar="WEEK", help="4, week4, week4_fcn or a path; default all"
    )
    parser.add_argument("--dataset", metavar="NAME", help=f"train on NAME (default {STORED})")
    parser.add_argument(
        "--save", action="store_true", help="write the outputs into the notebooks as well"
    )


def main(options):
    """Run the notebooks; return 1 where a cell failed."""
    folder = environment.root()
    paths = weeks.find(folder, options.weeks)
    dataset = options.dataset or os.environ.get("SEGCOURSE_DATASET") or STORED
    if options.save and dataset != STORED:
        raise Stop(f"--save stores what {STORED} gives. Received: {dataset} as data set", 2)
    env = kernel_environment(folder, dataset)
    if options.dataset:
        require_dataset(dataset, env)
    # As in lab: Ctrl-C and a polite kill both end the kernel first.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    failed = [run_one(folder, path, env, options.save, dataset) for path in paths]
    return 1 if any(failed) else 0


def kernel_environment(folder, dataset):
    """Variables of the kernels: this checkout first, no progress bars, the data set."""
    return {
        **environment.variables(folder),
        "SEGCOURSE_QUIET": "1",
        "SEGCOURSE_DATASET": dataset,
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }


def require_dataset(name, env):
    """Stop with the reason, before any notebook starts, where a data set cannot be had."""
    command = [sys.executable, "-m", "segcourse", "data", name]
    print(f"Preparing {name}.", file=sys.stderr, flush=True)
    status = subprocess.run(command, env=env, stdout=subprocess.DEVNULL).returncode
    if status:
        raise Stop(f"nothing was run: {name} is not there.", status)


def run_one(folder, path, env, save, dataset):
    """Run one notebook and write its results; return whether a cell failed."""
    import nbformat
    from tqdm import tqdm

    from segcourse.notebook.execute import execute, normalised, reports
    from segcourse.notebook.files import write_atomically
    from segcourse.notebook.html import to_html

    name = path.stem if dataset == STORED else f"{path.stem} on {dataset}"
    start = time.monotonic()
    try:
        notebook = nbformat.read(path, as_version=4)
    except (nbformat.reader.NotJSONError, nbformat.ValidationError, OSError) as error:
        raise Stop(f"{path.name} is not a notebook: {str(error).splitlines()[0][:200]}") from None
    cells = sum(cell.cell_type == "code" for cell in notebook.cells)
    with tqdm(total=cells, desc=name, unit="cell", file=sys.stderr) as bar:
        failures = execute(notebook, path.parent, env, on_cell=bar.update)
    notebook = normalised(notebook)
    report = reports(notebook)
    if report:
        print(report)
    page = folder / "build" / f"{path.stem}.html"
    try:
        write_atomically(page, to_html(notebook, path.stem))
        if save and not failures:
            write_atomically(path, nbformat.writes(notebook) + "\n")
    except OSError as error:
        raise Stop(environment.cannot_write(error, page.parent)) from None
    minutes = (time.monotonic() - start) / 60
    print(f"{name}: {len(failures) or 'no'} failed, {minutes:.1f} minutes, {page}", flush=True)
    for failure in failures:
        print(f"{name}: {failure}", file=sys.stderr)
    if save and failures:
        print(f"{path.name} was not changed, as a cell failed.", file=sys.stderr)
    return bool(failures)
