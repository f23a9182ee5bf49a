"""Random state, the names Keras hands out and those of the notebook, kept over a check.

The notebook below a check comes out the same whatever the student's function did.
"""

import contextlib
import random
import sys

import numpy as np

__all__ = ["kept_names", "kept_state", "set_keras_state"]


@contextlib.contextmanager
def kept_state():
    """Random state and Keras' names as they were before, afterwards."""
    saved = random.getstate(), np.random.get_state(), _keras_state(), _tensorflow_state()
    try:
        yield
    finally:
        random.setstate(saved[0])
        np.random.set_state(saved[1])
        set_keras_state(saved[2])
        _set_tensorflow_state(saved[3])


@contextlib.contextmanager
def kept_names(names):
    """A notebook's names stand for what they stood for before, afterwards."""
    saved = dict(names)
    try:
        yield
    finally:
        for name in set(names) - set(saved):
            del names[name]
        for name, value in saved.items():
            if name not in names or names[name] is not value:
                names[name] = value


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


# TensorFlow's own seed, which `keras.utils.set_random_seed` sets as well. What draws without a seed
# of its own takes the next one from it. It has no public way out, either.


def _tensorflow_context():
    module = sys.modules.get("tensorflow.python.eager.context")
    return module and module.context()


def _tensorflow_state():
    context = _tensorflow_context()
    if not hasattr(context, "_rng") or not hasattr(context, "_seed"):
        return None
    return context._seed, context._rng, context._rng and context._rng.getstate()


def _set_tensorflow_state(saved):
    if saved is None:
        return
    context = _tensorflow_context()
    context._seed, context._rng, state = saved
    if context._rng is not None:
        context._rng.setstate(state)
