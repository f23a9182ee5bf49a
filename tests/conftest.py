"""What all tests share."""

import functools
import gc
import os
import re
import subprocess
import sys

import psutil
import pytest

from segcourse.command import environment

# Compiling by XLA takes longer here than what is compiled: with less care for that, less long.
# Read when TensorFlow or JAX starts, also in processes that the tests start.
os.environ.setdefault("XLA_FLAGS", "--xla_backend_optimization_level=0")

GROWN = 3 * 2**30  # bytes, after which memory is looked through
LAST = 2000  # letters of a failure that are shown at once


def pytest_configure():
    """JAX makes a context of MLIR for each of the thousands of functions it compiles here.

    That takes a fifth of the time of all tests; one for all of them does.
    """
    if os.environ.get("KERAS_BACKEND") == "jax":
        from jax._src.interpreters import mlir

        if hasattr(mlir, "make_ir_context"):
            mlir.make_ir_context = functools.cache(mlir.make_ir_context)


ADDRESS = re.compile(r"at 0x[0-9a-f]{8,}")


def pytest_collection_modifyitems(items):
    """Processes side by side have to agree on the names of all tests: none holds an address."""
    for item in items:
        if ADDRESS.search(item.nodeid):
            raise pytest.UsageError(f"{item.nodeid}: give its values names, by `ids`")


def pytest_collection_finish():
    """What is there before the first test, stays: going through it each time takes a second.

    The rest is gone through more rarely: networks are made of many small objects.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


@pytest.hookimpl(trylast=True)
def pytest_runtest_logreport(report):
    """A failure is told when it happens: the run may be long, and may not come to its end."""
    if report.failed and "PYTEST_XDIST_WORKER" not in os.environ:
        print(f"\n{report.nodeid}, {report.when}:\n{report.longreprtext[-LAST:]}", flush=True)


@pytest.fixture(scope="session")
def built_site(tmp_path_factory):
    """The folder of the whole site, as the command writes it: built once, in about a minute."""
    folder = tmp_path_factory.mktemp("site") / "pages"
    root = environment.root()
    command = [sys.executable, "-m", "segcourse", "site", "--to", str(folder)]
    done = subprocess.run(
        command, cwd=root, env=environment.variables(root), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert f"{folder / 'index.html'}" in done.stdout
    return folder


@pytest.fixture(scope="module", autouse=True)
def memory_does_not_pile_up(size=[0]):  # noqa: B006 - from one module to the next
    """JAX keeps all it has compiled, and networks refer to themselves."""
    size[0] = size[0] or _size()
    yield
    if _size() > size[0] + GROWN:
        if "jax" in sys.modules:
            sys.modules["jax"].clear_caches()
        gc.collect()
        size[0] = _size()


def _size():
    return psutil.Process().memory_info().rss
