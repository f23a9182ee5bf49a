"""Settings of Python, NumPy, Keras and matplotlib, as they were before somebody's code ran."""

import contextlib
import gc
import os
import signal
import sys
import threading

import numpy as np

from segcourse.exercises.judging.safety.forbidden import DEEPEST

__all__ = ["kept_settings"]

KERAS = ("floatx", "epsilon", "image_data_format", "dtype_policy")
SWITCHES = (("is_traceback_filtering_enabled", "traceback_filtering"),)
SWITCHES += (("is_interactive_logging_enabled", "interactive_logging"),)


@contextlib.contextmanager
def kept_settings():
    """All as before, afterwards; inside, calls may stand in one another no deeper than usual."""
    kept = [*_python(), *_numpy(), *_keras(), *_figures()]
    if sys.getrecursionlimit() > DEEPEST:
        with contextlib.suppress(RecursionError):  # it is as deep as that already
            sys.setrecursionlimit(DEEPEST)
    try:
        yield
    finally:
        for put, saved in kept:
            with contextlib.suppress(Exception):
                put(saved)


# Each gives pairs: a function, and the value it is to be called with afterwards.


def _python():
    yield sys.setrecursionlimit, sys.getrecursionlimit()
    yield sys.setswitchinterval, sys.getswitchinterval()
    yield sys.settrace, sys.gettrace()
    yield sys.setprofile, sys.getprofile()
    yield _call, gc.enable if gc.isenabled() else gc.disable
    yield _set_environment, dict(os.environ)
    yield _set_folder, _folder()
    yield _set_path, list(sys.path)
    yield _set_modules, dict(sys.modules)
    if threading.current_thread() is threading.main_thread():
        yield _set_signals, _signals()


def _numpy():
    yield lambda saved: np.seterr(**saved), np.geterr()
    yield np.seterrcall, np.geterrcall()
    yield lambda saved: np.set_printoptions(**saved), np.get_printoptions()


def _keras():
    if "tensorflow" in sys.modules:
        config = sys.modules["tensorflow"].config
        yield config.run_functions_eagerly, config.functions_run_eagerly()
    keras = sys.modules.get("keras")
    if hasattr(keras, "config"):  # it is being imported, otherwise
        for name in KERAS:
            yield getattr(keras.config, f"set_{name}"), getattr(keras.config, name)()
        for asks, name in SWITCHES:
            on = "enable" if getattr(keras.config, asks)() else "disable"
            yield _call, getattr(keras.config, f"{on}_{name}")
        names = keras.saving.get_custom_objects()
        yield _set_names(names), dict(names)


def _figures():
    """Those a function draws would stand below the check."""
    if "matplotlib.pyplot" in sys.modules:
        pyplot = sys.modules["matplotlib.pyplot"]
        yield lambda saved: _close_but(pyplot, saved), pyplot.get_fignums()


def _call(function):
    function()


def _set_names(names):
    def put(saved):
        names.clear()
        names.update(saved)

    return put


def _set_environment(saved):
    if dict(os.environ) != saved:
        for name in set(os.environ) - set(saved):
            del os.environ[name]
        os.environ.update(saved)


def _folder():
    try:
        return os.getcwd()
    except OSError:
        return None


def _set_folder(saved):
    if saved is not None and _folder() != saved:
        os.chdir(saved)


def _set_path(saved):
    if sys.path != saved:
        sys.path[:] = saved


def _set_modules(saved):
    """What was loaded is loaded; what has been loaded meanwhile stays."""
    sys.modules.update(saved)


def _signals():
    return {number: signal.getsignal(number) for number in signal.valid_signals()}


def _set_signals(saved):
    for number, handler in saved.items():
        if handler is not None and signal.getsignal(number) is not handler:
            signal.signal(number, handler)


def _close_but(pyplot, saved):
    for number in set(pyplot.get_fignums()) - set(saved):
        pyplot.close(number)
