"""What all tests share."""

import gc

import keras
import pytest


@pytest.fixture(scope="module", autouse=True)
def compiled_functions_do_not_pile_up():
    """JAX keeps all it has compiled: without this a process of the whole suite takes 10 GiB."""
    yield
    if keras.config.backend() == "jax":
        import jax

        jax.clear_caches()
        gc.collect()
