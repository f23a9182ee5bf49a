"""Settings of `pytest --nbval notebooks/`, and the options `--solutions` and `--both`.

Notebooks in other languages, `notebooks/ko/`, are run where they are named. They are stored without
outputs, so that nbval compares none: each cell has to run, and what it says of its results to hold.

They are set here and not in `addopts`, which would break `pytest tests/` where nbval is missing.
"""

import json
import os
import signal
from pathlib import Path

import pytest

SECONDS = Path(__file__).with_name("benchmarks") / "results" / "notebooks.json"
CHECKOUT = str(Path(__file__).resolve().parent)
TIMEOUT = 600  # seconds a cell; nbval's own 2,000 would let an endless loop stop a run for long
PROJECT_MINUTES = "0.5"  # of the final project's training; what its cells compare holds then, too


def pytest_addoption(parser):
    parser.addoption(
        "--solutions",
        action="store_true",
        help="put the solutions into the exercise cells; an untouched exercise is an error",
    )

    parser.addoption(
        "--both",
        action="store_true",
        help="before each check as it is stored, the same check with the solution in its cell",
    )


def pytest_configure(config):
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    # Tests compare English sentences; a notebook says itself which language it is in.
    os.environ.pop("SEGCOURSE_LANG", None)
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # So it is where a shell started pytest in the background, and so every child inherits it:
        # the tests of Ctrl-C would wait for ever.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    option = config.option
    if not (getattr(option, "nbval", False) or getattr(option, "nbval_lax", False)):
        return
    if option.nbval_kernel_name is None:
        option.nbval_current_env = True
    if option.nbval_cell_timeout == 2000:
        option.nbval_cell_timeout = TIMEOUT
    # The kernels inherit the environment: they import this checkout and draw into the notebook.
    path = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = CHECKOUT + (os.pathsep + path if path else "")
    os.environ["SEGCOURSE_QUIET"] = "1"
    os.environ.setdefault("SEGCOURSE_PROJECT_MINUTES", PROJECT_MINUTES)
    os.environ.pop("MPLBACKEND", None)
    if option.solutions:
        os.environ["SEGCOURSE_STRICT"] = "1"
    if int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", 0)) >= (os.cpu_count() or 1):
        # Each kernel has a core of its own: threads that wait for each other cost a tenth more.
        os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "1")
    option.loadscopereorder = False  # pytest-xdist's order is that of the number of cells


def pytest_collection_modifyitems(items):
    """In processes side by side the longest notebooks come first: none is left at the end alone."""
    if "PYTEST_XDIST_WORKER" in os.environ and SECONDS.is_file():
        rows = json.loads(SECONDS.read_text("utf-8"))
        seconds = {name: row["values"].get("processor seconds", 0) for name, row in rows.items()}
        # Stable: the cells of a notebook stay in their order.
        items.sort(key=lambda item: -seconds.get(item.path.stem, float("inf")))


def pytest_ignore_collect(collection_path, config):
    """Leaves out the notebooks of a language, unless its folder or one of them is named."""
    home = Path(CHECKOUT) / "notebooks"
    if collection_path.parent != home or not collection_path.is_dir():
        return None
    here = config.invocation_params.dir
    named = [(here / argument.partition("::")[0]).resolve() for argument in config.args]
    return None if any(path.is_relative_to(collection_path) for path in named) else True


def pytest_collectstart(collector):
    if hasattr(collector, "skip_compare"):  # a notebook
        collector.skip_compare += ("stderr",)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    if item.config.option.both and hasattr(item, "cell"):
        check_solution(item)
    result = yield
    for output in getattr(item, "test_outputs", None) or ():
        if output.get("name") == "stderr":
            from segcourse.notebook.stderr import warned

            said = warned(output.text)
            assert not said, f"The cell warns, and the reader sees it:\n{said}"
    return result


def pytest_itemcollected(item):
    if item.config.option.solutions and hasattr(item, "cell"):
        from segcourse.command.solutions import put_solution

        put_solution(item.cell)


STRICT = """import os as _os
_os.environ["SEGCOURSE_STRICT"] = "1"
try:
    get_ipython().run_cell({check!r}).raise_error()
finally:
    del _os.environ["SEGCOURSE_STRICT"], _os"""


def check_solution(item):
    """Where the cell is a check: that it passes, strictly, with the solution in its place.

    The exercise cell is run again after that, so that all goes on as it is stored.
    """
    cells = [cell for cell in item.parent.nb.cells if exercise_of(cell, "exercise")]
    stubs = {exercise_of(cell, "exercise"): cell for cell in cells}
    id = exercise_of(item.cell, "check")
    if id not in stubs:
        return
    from segcourse.command.solutions import put_solution

    solved = {**stubs[id]}
    put_solution(solved)
    for source in (solved["source"], STRICT.format(check=item.cell.source), stubs[id].source):
        error = ran(item, source)
        if error:
            item.raise_cell_error("The solution of the exercise does not pass", error)


def exercise_of(cell, kind):
    """The id in a cell's tag `exercise:4.1` or `check:4.1`, or None."""
    tags = [tag.partition(":") for tag in cell.metadata.get("tags", [])]
    return next((id for word, _, id in tags if word == kind), None)


def ran(item, source):
    """What the kernel of a cell says of an error in more code, or None."""
    kernel, timeout = item.parent.kernel, item.config.option.nbval_cell_timeout
    number = kernel.execute_cell_input(source, allow_stdin=False)
    kernel.await_reply(number, timeout=timeout)
    error = None
    while True:
        message = kernel.get_message("iopub", timeout=timeout)
        if message["parent_header"].get("msg_id") != number:
            continue
        if message["msg_type"] == "error":
            error = "\n".join(message["content"]["traceback"])
        if message["content"].get("execution_state") == "idle":
            return error
