"""Random state and the names Keras hands out, kept over a check.

The notebook below a check comes out the same whatever the student's function did.
"""

import contextlib
import random
import sys

import numpy as np

__all__ = ["kept_state", "set_keras_state"]


@contextlib.contextmanager
def kept_state():
    """Random state and Keras' names as they were before, afterwards."""
    saved = random.getstate(), np.random.get_state(), _keras_state()
    try:
        yield
    finally:
        random.setstate(saved[0])
        np.random.set_state(saved[1])
        set_keras_state(saved[2])


# Keras keeps its global seed generator and the counters of automatic names ("dense_3") in one
# place. There is no public way to save it; without Keras, or with one that moved it, nothing is
# saved.
_KERAS = ("global_seed_generator", "global_random_seed", "object_name_uids")


def _global_state():
    if "keras" not in sys.modules:
        return None
    try:
        from keras.src.backend.common import global_state
    except ImportError:
        return None
    return global_state


def _keras_state():
    place = _global_state()
    if place is None:
        return None
    generator, seed, names = (place.get_global_attribute(name) for name in _KERAS)
    return {
        "global_seed_generator": generator,
        "global_random_seed": seed,
        "object_name_uids": None if names is None else names.copy(),
        "state": None if generator is None else _numpy(generator.state),
    }


def _numpy(tensor):
    from keras import ops

    return ops.convert_to_numpy(tensor)


def set_keras_state(saved):
    """Puts a saved state back; None sets all of it to what it is in a new process."""
    place = _global_state()
    if place is None:
        return
    for name in _KERAS:
        place.set_global_attribute(name, None if saved is None else saved[name])
    if saved is not None and saved["state"] is not None:
        saved["global_seed_generator"].state.assign(saved["state"])
