"""Whatever a student's function sets, it is set as before when the call is over."""

import gc
import os
import signal
import sys
import warnings

import keras
import numpy as np
import pytest

from segcourse.exercises.judging.judge import Outcome, judge
from segcourse.exercises.judging.safety.settings import kept_settings

# What is set -> how to see it.
SET = {
    "np.seterr(all='raise')": np.geterr,
    "np.seterrcall(print)": np.geterrcall,
    "np.set_printoptions(precision=1, threshold=2)": lambda: repr(np.get_printoptions()),
    "os.environ['KERAS_BACKEND'] = 'none'": lambda: dict(os.environ),
    "os.environ.pop('PATH', None)": lambda: dict(os.environ),
    "os.chdir('/')": os.getcwd,
    "sys.path.clear()": lambda: list(sys.path),
    "sys.modules.pop('numpy', None)": lambda: "numpy" in sys.modules,
    "sys.setrecursionlimit(90)": sys.getrecursionlimit,
    "sys.setswitchinterval(1)": sys.getswitchinterval,
    "sys.setprofile(lambda *a: None)": sys.getprofile,
    "gc.disable()": gc.isenabled,
    "warnings.simplefilter('error')": lambda: list(warnings.filters),
    "warnings.filters.clear()": lambda: list(warnings.filters),
    "signal.signal(signal.SIGTERM, print)": lambda: signal.getsignal(signal.SIGTERM),
    "signal.signal(signal.SIGALRM, print)": lambda: signal.getsignal(signal.SIGALRM),
    "signal.setitimer(signal.ITIMER_REAL, 0)": lambda: signal.getitimer(signal.ITIMER_REAL)[0] > 0,
    "keras.config.set_floatx('float16')": keras.config.floatx,
    "keras.config.set_epsilon(1.0)": keras.config.epsilon,
    "keras.config.set_image_data_format('channels_first')": keras.config.image_data_format,
    "keras.config.set_dtype_policy('mixed_float16')": lambda: keras.config.dtype_policy().name,
    "keras.config.disable_traceback_filtering()": keras.config.is_traceback_filtering_enabled,
    "keras.config.disable_interactive_logging()": keras.config.is_interactive_logging_enabled,
    "keras.saving.get_custom_objects()['x'] = 3": lambda: dict(keras.saving.get_custom_objects()),
}


@pytest.mark.parametrize("setting", SET)
def test_it_is_as_before(shift, student, setting):
    before = SET[setting]()
    source = "import gc, os, signal, warnings\ndef shift(row, by):\n    rolled = np.roll(row, by)\n"
    verdict = judge(shift, student(f"{source}    {setting}\n    return rolled"))
    assert verdict.outcome is Outcome.RIGHT, verdict.message
    assert SET[setting]() == before


def test_a_setting_that_cannot_be_put_back_costs_nothing(monkeypatch):
    def fails(**options):
        raise ValueError("no such option")

    monkeypatch.setattr(np, "set_printoptions", fails)
    with kept_settings():
        os.environ["SEGCOURSE_LEFT"] = "1"
    assert "SEGCOURSE_LEFT" not in os.environ
