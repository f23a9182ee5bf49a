"""Settings of `pytest --nbval notebooks/`, and the option `--solutions`.

They are set here and not in `addopts`, which would break `pytest tests/` where nbval is missing.
"""

import os
import signal
from pathlib import Path

import pytest

CHECKOUT = str(Path(__file__).resolve().parent)
TIMEOUT = 600  # seconds a cell; nbval's own 2,000 would let an endless loop stop a run for long
PROJECT_MINUTES = "0.5"  # of the final project's training; what its cells compare holds then, too


def pytest_addoption(parser):
    parser.addoption(
        "--solutions",
        action="store_true",
        help="put the solutions into the exercise cells; an untouched exercise is an error",
    )


def pytest_configure(config):
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
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


def pytest_collectstart(collector):
    if hasattr(collector, "skip_compare"):  # a notebook
        collector.skip_compare += ("stderr",)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
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
