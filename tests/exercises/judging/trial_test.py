import random
import signal
import threading
import time

import keras
import numpy as np
import pytest

from segcourse.exercises.judging.cases import Cases, build_cases
from segcourse.exercises.judging.exercise import Case
from segcourse.exercises.judging.safety.kept import kept_state
from segcourse.exercises.judging.safety.time_limit import TimeLimit, time_limit
from segcourse.exercises.judging.trial import attempt, trials

SECONDS = 0.2


def endless():
    while True:
        pass


def catches_exceptions():
    while True:
        try:
            time.sleep(0.001)
        except Exception:
            pass


def catches_once():
    try:
        endless()
    except BaseException:
        endless()


def off_main_thread(function):
    result = []
    thread = threading.Thread(target=lambda: result.append(function()))
    thread.start()
    thread.join(10)
    return result[0]


@pytest.mark.parametrize("function", [endless, catches_exceptions, catches_once])
@pytest.mark.parametrize("where", ["main thread", "another thread"])
def test_endless_loop(function, where):
    def call():
        return attempt(function, Case(), SECONDS)

    trial = call() if where == "main thread" else off_main_thread(call)
    assert trial.ended == "timeout"


def test_endless_loop_without_an_alarm_signal(monkeypatch):
    monkeypatch.delattr(signal, "setitimer")
    assert attempt(endless, Case(), SECONDS).ended == "timeout"


def test_endless_loop_where_the_interrupt_is_ignored(monkeypatch):
    monkeypatch.delattr(signal, "setitimer")
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        assert attempt(endless, Case(), SECONDS).ended == "timeout"
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no SIGALRM here")
def test_sleep_is_broken_off():
    begun = time.monotonic()
    assert attempt(time.sleep, Case(30), SECONDS).ended == "timeout"
    assert time.monotonic() - begun < 5


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no SIGALRM here")
def test_the_alarm_that_ran_before_runs_on():
    rang = []
    handler = signal.signal(signal.SIGALRM, lambda *_: rang.append(1))
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        with time_limit(5):
            time.sleep(0.05)
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] < 0.3
        time.sleep(0.4)
        assert rang == [1]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)


def test_no_alarm_is_left_behind():
    attempt(lambda: 1, Case(), 0.05)
    off_main_thread(lambda: attempt(lambda: 1, Case(), 0.05))
    time.sleep(0.15)


def test_an_exception_is_not_a_time_limit():
    assert not issubclass(TimeLimit, Exception)


def test_the_users_own_interrupt_comes_through():
    def interrupted():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        attempt(interrupted, Case(), 5)


def test_prints_are_kept_and_bounded(capfd):
    def talk():
        print("hello")
        print("x" * 100_000)

    trial = attempt(talk, Case(), 5)
    assert trial.printed.startswith("hello\nx")
    assert len(trial.printed) <= 4000
    assert capfd.readouterr() == ("", "")


def test_random_state_and_names_are_as_before():
    keras.utils.set_random_seed(3)
    keras.random.normal((2,))

    def draws():
        layer = keras.layers.Dense(2)
        layer.build((None, 3))
        return (
            random.random(),
            np.random.rand(),
            keras.random.normal((2,)),
            layer.name,
            layer.kernel,
        )

    with kept_state():
        first = draws()
    with kept_state():
        random.seed(99)
        np.random.seed(99)
        keras.utils.set_random_seed(99)
        draws()
    second = draws()
    for a, b in zip(first, second, strict=True):
        if isinstance(a, str):
            assert a == b
        else:
            a, b = keras.ops.convert_to_numpy(a), keras.ops.convert_to_numpy(b)
            np.testing.assert_array_equal(a, b)


def test_cases_differ_from_seed_to_seed_and_not_within_one(shift):
    def arrays(seed):
        return [case.args[0] for case in build_cases(shift, seed)]

    for a, b in zip(arrays(1), arrays(1), strict=True):
        np.testing.assert_array_equal(a, b)
    assert [a.shape for a in arrays(1)] != [a.shape for a in arrays(2)]


def test_models_in_cases_are_the_same_model_each_time(shift, monkeypatch):
    def models(rng):
        return [Case(keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)]), by=1)]

    monkeypatch.setattr(shift, "cases", models)
    with kept_state():
        one, other = (build_cases(shift, 5)[1].args[0] for _ in range(2))
    assert one is not other
    assert one.layers[0].name == other.layers[0].name
    np.testing.assert_array_equal(one.get_weights()[0], other.get_weights()[0])


def test_each_trial_has_fresh_arguments_and_says_what_was_changed(shift, student):
    function = student("def shift(row, by):\n    row[0] = np.nan\n    return row")
    found = list(trials(shift, function, Cases(shift, 0)))
    assert [trial.changed for trial in found] == ["row"] * 4
    assert not any(np.isnan(trial.case.args[0]).any() for trial in found)


def test_line_of_the_students_cell(shift, student):
    function = student(
        """
        def helper(row):
            return np.stack([row, row[1:]])

        def shift(row, by):
            return helper(row)
        """
    )
    trial = next(trials(shift, function, Cases(shift, 0)))
    assert trial.ended == "error" and not trial.stub
    assert trial.line == (2, "return np.stack([row, row[1:]])")
