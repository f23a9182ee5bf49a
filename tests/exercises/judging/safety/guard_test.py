"""What a student's function replaces, starts or sets is gone when its call is over."""

import builtins
import threading
import time
from functools import partial

import keras
import matplotlib.pyplot as plt
import numpy as np
import pytest

from segcourse.exercises.judging.judge import Outcome, judge
from segcourse.exercises.judging.safety.guard import cell_names, guarded

RIGHT = "return np.roll(row, by)"

REPLACED = {
    "np.sum": (np, "sum"),
    "np.roll": (np, "roll"),
    "np.array_equal": (np, "array_equal"),
    "np.asarray": (np, "asarray"),
    "np.random.rand": (np.random, "rand"),
    "np.linalg.norm": (np.linalg, "norm"),
    "ops.sum": (keras.ops, "sum"),
    "keras.ops.convert_to_numpy": (keras.ops, "convert_to_numpy"),
    "keras.layers.Dense": (keras.layers, "Dense"),
    "time.monotonic": (time, "monotonic"),
}


@pytest.mark.parametrize("name", REPLACED)
def test_a_replaced_function_is_put_back(shift, student, name):
    module, attribute = REPLACED[name]
    before = getattr(module, attribute)
    source = f"def shift(row, by):\n    rolled = np.roll(row, by)\n    {name} = None\n"
    verdict = judge(shift, student(source + "    return rolled"))
    assert verdict.outcome is Outcome.RIGHT, verdict.message
    assert getattr(module, attribute) is before


def test_what_judges_is_not_what_the_function_left(shift, student):
    source = "def shift(row, by):\n    np.array_equal = np.isclose = lambda *a, **k: True\n"
    source += "    row += 1\n    return row"
    assert "changed its input `row`" in judge(shift, student(source)).message


def test_builtins_are_put_back(shift, student):
    kept = dict(vars(builtins))
    source = "import builtins\ndef shift(row, by):\n    builtins.len = builtins.zip = None\n"
    assert judge(shift, student(source + "    return row")).outcome is Outcome.WRONG
    assert {name for name in kept if getattr(builtins, name) is not kept[name]} <= {"_"}


def test_new_names_in_modules_are_gone(shift, student):
    judge(shift, student("def shift(row, by):\n    np.mine = keras.ops.mine = 3\n    return row"))
    assert not hasattr(np, "mine") and not hasattr(keras.ops, "mine")


def test_a_started_thread_of_the_cell_ends(shift, student):
    source = """
        import threading
        def work():
            while True:
                time.sleep(0.01)
        def shift(row, by):
            threading.Thread(target=work, daemon=True).start()
            threading.Timer(60, work).start()
            return np.roll(row, by)
        """
    before = set(threading.enumerate())
    assert judge(shift, student(source)).outcome is Outcome.RIGHT
    assert _within(10, lambda: not set(threading.enumerate()) - before)


def _within(seconds, holds):
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.02)
    return holds()


def test_threads_of_others_run_on():
    done = threading.Event()
    with guarded(lambda: None):
        thread = threading.Thread(target=done.wait)
        thread.start()
    assert thread.is_alive()
    done.set()
    thread.join()


def test_a_figure_of_the_function_does_not_stand_below_the_check(shift, student):
    kept = plt.figure()
    source = (
        "import matplotlib.pyplot as plt\ndef shift(row, by):\n    plt.plot(row)\n    plt.figure()"
    )
    judge(shift, student(f"{source}\n    {RIGHT}"))
    assert plt.get_fignums() == [kept.number]
    plt.close(kept)


def test_the_names_a_function_sees():
    def plain():
        pass

    class Called:
        def __call__(self):
            pass

    for function in (plain, partial(plain, 1), Called(), lambda: 0):
        assert cell_names(function) is globals()
    assert cell_names(len) == {}
