"""An endless loop ends, whatever it swallows, and no alarm goes off later."""

import contextlib
import ctypes
import gc
import signal
import sys
import textwrap
import threading
import time
import warnings

import pytest

from segcourse.exercises.judging.safety.time_limit import TimeLimit, _Signal, time_limit

ENDLESS = {
    "a loop": "while True: pass",
    "a sleep": "time.sleep(60)",
    "except Exception": """
        while True:
            try: time.sleep(0.001)
            except Exception: pass
        """,
    "a bare except": """
        while True:
            try: time.sleep(0.001)
            except: pass
        """,
    "a bare except that goes on": """
        n = 0
        while True:
            try:
                n += 1
            except BaseException as error:
                kept = error
                continue
        """,
    "a bare except in a bare except": """
        def inner():
            try:
                time.sleep(0.001)
            except:
                pass
        while True:
            try:
                inner()
            except:
                pass
        """,
    "a loop in finally": """
        try:
            while True: pass
        finally:
            while True: pass
        """,
}

has_alarm = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no SIGALRM here")


def made(body):
    names = {"time": time}
    exec("def endless():\n" + textwrap.indent(textwrap.dedent(body), "    "), names)
    return names["endless"]


@has_alarm
@pytest.mark.parametrize("body", ENDLESS.values(), ids=ENDLESS)
def test_it_ends_and_leaves_nothing_behind(body):
    endless, traced, begun = made(body), sys.gettrace(), time.monotonic()
    handler, runs = signal.getsignal(signal.SIGALRM), signal.getitimer(signal.ITIMER_REAL)[0] > 0
    with pytest.raises(TimeLimit):
        with time_limit(0.2):
            endless()
    assert time.monotonic() - begun < 20
    assert (signal.getitimer(signal.ITIMER_REAL)[0] > 0) is runs
    assert signal.getsignal(signal.SIGALRM) is handler
    assert sys.gettrace() is traced


@has_alarm
def test_an_alarm_that_rings_while_it_is_stopped_sets_no_new_one(monkeypatch):
    """It was sent before the timer ended, and is heard after."""
    alarms = []
    stop = _Signal.stop
    monkeypatch.setattr(_Signal, "stop", lambda self: (stop(self), alarms.append(self)))
    left = signal.getitimer(signal.ITIMER_REAL)[0]
    with pytest.raises(TimeLimit):
        with time_limit(0.05):
            made(ENDLESS["a bare except"])()
    assert alarms[0].swallowed
    alarms[0]._ring(signal.SIGALRM, sys._getframe())
    assert bool(signal.getitimer(signal.ITIMER_REAL)[0]) is bool(left)


@has_alarm
def test_an_alarm_that_rings_while_it_rings_is_one():
    alarm = _Signal(0.0)
    rang = []

    def due():
        rang.append(1)
        alarm._ring(signal.SIGALRM, sys._getframe())
        return False

    alarm.due = due
    alarm._ring(signal.SIGALRM, sys._getframe())
    alarm._ring(signal.SIGALRM, sys._getframe())
    assert len(rang) == 2


@has_alarm
@pytest.mark.timeout(60, method="thread")
def test_it_ends_beside_a_blocked_thread_to_which_an_error_was_sent():
    """Where a trace was set then, Python 3.11 never came out of the next call."""
    lock = threading.Lock()
    lock.acquire()
    blocked = threading.Thread(target=lock.acquire, daemon=True)
    blocked.start()
    send = ctypes.pythonapi.PyThreadState_SetAsyncExc
    assert send(ctypes.c_ulong(blocked.ident), ctypes.py_object(SystemExit))
    try:
        with pytest.raises(TimeLimit):
            with time_limit(0.2):
                made(ENDLESS["a bare except"])()
    finally:
        lock.release()
        blocked.join()


@has_alarm
def test_it_is_wound_at_the_end_of_a_ring_alone():
    """Where a ring takes longer than the time to the next, none stands on another."""
    alarm = _Signal(0.01)
    alarm.start()
    try:
        alarm.due = lambda: time.sleep(0.05)
        wound = []
        for _ in range(3):
            time.sleep(0.02)
            wound.append(signal.getitimer(signal.ITIMER_REAL))
        assert all(left <= 0.01 and not interval for left, interval in wound)
    finally:
        alarm.stop()


@has_alarm
def test_what_python_would_drop_is_not_raised():
    """In a callback of the garbage collector an error is a warning, and the loop went on."""
    slow = [True]

    def callback(phase, info):
        end = time.monotonic() + 0.4
        while slow and time.monotonic() < end:
            pass
        slow.clear()

    gc.collect()  # what other tests have left must not speak in between
    gc.callbacks.append(callback)
    try:
        with warnings.catch_warnings(), pytest.raises(TimeLimit):
            warnings.simplefilter("error")
            with time_limit(0.1):
                gc.collect()
                made(ENDLESS["a loop"])()
    finally:
        gc.callbacks.remove(callback)
    assert not slow


@pytest.mark.parametrize("name", [name for name in ENDLESS if name != "a sleep"])
def test_it_ends_without_an_alarm_signal(name, monkeypatch):
    """As on Windows, where a second thread interrupts; it cannot break off a sleep."""
    monkeypatch.delattr(signal, "setitimer", raising=False)
    handler, traced = signal.getsignal(signal.SIGINT), sys.gettrace()
    with pytest.raises(TimeLimit):
        with time_limit(0.2):
            made(ENDLESS[name])()
    assert signal.getsignal(signal.SIGINT) is handler and sys.gettrace() is traced


def test_the_readers_interrupt_is_heard_without_an_alarm_signal(monkeypatch):
    monkeypatch.delattr(signal, "setitimer", raising=False)
    with pytest.raises(KeyboardInterrupt):
        with time_limit(30):
            signal.raise_signal(signal.SIGINT)


def test_a_trace_that_was_there_is_there_again():
    def trace(frame, event, argument):
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        with pytest.raises(TimeLimit):
            with time_limit(0.2):
                made(ENDLESS["a bare except in a bare except"])()
        assert sys.gettrace() is trace
    finally:
        sys.settrace(before)


@has_alarm
def test_one_limit_within_another():
    with time_limit(30):
        with pytest.raises(TimeLimit):
            with time_limit(0.1):
                made("while True: pass")()
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 20


def test_many_short_calls_are_never_hit():
    for _ in range(300):
        with time_limit(0.05):
            with contextlib.suppress(ValueError):
                int("x")
    time.sleep(0.1)
