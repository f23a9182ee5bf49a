"""What all tests share."""

import gc
import sys

import pytest


@pytest.fixture(scope="module", autouse=True)
def compiled_functions_do_not_pile_up():
    """JAX keeps all it has compiled: some 5 GiB a process after half of the tests."""
    yield
    if "jax" in sys.modules:
        sys.modules["jax"].clear_caches()
        gc.collect()
