"""What all tests share."""

import gc
import os
import re
import sys

import psutil
import pytest

# Compiling by XLA takes longer here than what is compiled: with less care for that, less long.
# Read when TensorFlow or JAX starts, also in processes that the tests start.
os.environ.setdefault("XLA_FLAGS", "--xla_backend_optimization_level=0")

GROWN = 2**30  # bytes, after which memory is looked through
LAST = 2000  # letters of a failure that are shown at once


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
