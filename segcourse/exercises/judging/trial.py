"""One call of somebody's function, with everything around it kept safe.

The call gets fresh arguments, cannot print, cannot run for ever, cannot leave Python, and leaves
the random state of Python, NumPy and Keras and the names Keras hands out as it found them: the
notebook below a check comes out the same whatever the student's function did.
"""

import contextlib
import ctypes
import inspect
import io
import linecache
import random
import signal
import sys
import threading
import time
import traceback
import warnings
from dataclasses import dataclass

import numpy as np

from segcourse.exercises.judging.compare import plain
from segcourse.exercises.judging.example import example_cases
from segcourse.exercises.judging.exercise import Case

PRINTED = 4000  # characters of a student's prints that are kept
REARM = 1.0  # seconds until the alarm rings again, for a loop that caught it
PATIENCE = 4  # how much longer a call may take that waits, for a sleep or for the processor


class TimeLimit(BaseException):
    """A call ran for too long. No `Exception`, so that `except Exception:` does not swallow it."""


@dataclass
class Trial:
    """What came of one call.

    Attributes:
        case: the arguments, fresh ones.
        ended: `"value"`, `"error"`, `"timeout"` or `"signature"` (it cannot be called like that).
        value: what was returned.
        error: what was raised.
        line: number and text of the line of the function's own cell that raised, or None.
        stub: whether the error is the `NotImplementedError` of an exercise cell nobody has filled
            in.
        changed: name of the argument the call changed, or None.
        printed: what it printed.
    """

    case: Case
    ended: str = "value"
    value: object = None
    error: BaseException | None = None
    line: tuple[int, str] | None = None
    stub: bool = False
    changed: str | None = None
    printed: str = ""


def build_cases(exercise, seed):
    """The example and the cases of an exercise, built anew; the same seed gives the same ones."""
    return _built(seed, lambda rng: [*example_cases(exercise.right), *exercise.cases(rng)])


def draw_cases(exercise, seed, number=None):
    """Cases from all that is allowed, built anew; by default `exercise.draws` of them."""
    if exercise.space is None:
        return []
    number = exercise.draws if number is None else number
    return _built(seed, lambda rng: [exercise.space(rng) for _ in range(number)])


def _built(seed, build):
    random.seed(seed)
    np.random.seed(seed % 2**32)
    _set_keras_state(None)
    cases = build(np.random.default_rng(seed))
    return [case if isinstance(case, Case) else Case(*case) for case in cases]


def trials(exercise, function, seed, build=build_cases):
    """Calls `function` on one case after the other and yields a `Trial` for each."""
    cases, kept = build(exercise, seed), build(exercise, seed)
    for case, copy in zip(cases, kept, strict=True):
        trial = attempt(function, case, exercise.seconds)
        trial.changed = _changed(exercise, case, copy)
        trial.case = copy
        yield trial
        if trial.ended == "timeout":
            return


def attempt(function, case, seconds):
    """Calls `function` once and says what came of it. Only a user's `KeyboardInterrupt` escapes."""
    trial = Trial(case)
    try:
        inspect.signature(function).bind(*case.args, **case.kwargs)
    except TypeError as error:
        trial.ended, trial.error = "signature", error
        return trial
    except ValueError:  # a built-in function that has no signature to read
        pass
    with quiet() as printed:
        try:
            with time_limit(seconds):
                trial.value = function(*case.args, **case.kwargs)
        except TimeLimit:
            trial.ended = "timeout"
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            trial.ended, trial.error = "error", error
            trial.line, trial.stub = _place(function, error)
    trial.printed = printed.getvalue()
    return trial


def named_arguments(exercise, case):
    """The arguments of a case under the names the reference gives them, as (name, value) pairs."""
    try:
        bound = inspect.signature(exercise.right.build()).bind(*case.args, **case.kwargs)
    except TypeError:
        return [(f"argument {i}", a) for i, a in enumerate(case.args, 1)] + [*case.kwargs.items()]
    return list(bound.arguments.items())


# What is kept safe


@contextlib.contextmanager
def kept_state():
    """Random state and Keras' names as they were before, afterwards."""
    saved = random.getstate(), np.random.get_state(), _keras_state()
    try:
        yield
    finally:
        random.setstate(saved[0])
        np.random.set_state(saved[1])
        _set_keras_state(saved[2])


@contextlib.contextmanager
def quiet():
    """No prints and no warnings inside; yields the file that gets them."""
    caught = _Bounded()
    with contextlib.redirect_stdout(caught), contextlib.redirect_stderr(io.StringIO()):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield caught


class _Bounded(io.StringIO):
    """Keeps the beginning: an endless loop may print for seconds."""

    def write(self, text):
        super().write(text[: max(0, PRINTED - self.tell())])
        return len(text)


@contextlib.contextmanager
def time_limit(seconds):
    """Raises `TimeLimit` inside when it takes longer, and each second while it is caught there."""
    on_main = threading.current_thread() is threading.main_thread()
    alarm = _Signal if on_main and hasattr(signal, "setitimer") else _Watcher
    alarm = alarm(seconds)
    try:
        try:
            alarm.start()
            yield
        finally:
            alarm.stop()
    except TimeLimit:
        alarm.stop()
        raise
    except KeyboardInterrupt:
        if not alarm.rang:
            raise
        raise TimeLimit from None


class _Clock:
    """When a call has had its time: `seconds` of the processor, or a few times as much of waiting.

    On a computer that is busy with other things a right answer must not fail.
    """

    def __init__(self, seconds):
        self.seconds, self.rang = seconds, False
        self.begun, self.used = time.monotonic(), time.process_time()

    def due(self):
        self.rang = (
            time.process_time() - self.used >= 0.9 * self.seconds
            or time.monotonic() - self.begun >= PATIENCE * self.seconds
        )
        return self.rang


class _Signal(_Clock):
    """An alarm by SIGALRM, which also breaks off a `time.sleep`."""

    def start(self):
        self.handler = signal.signal(signal.SIGALRM, self._ring)
        self.timer = signal.setitimer(signal.ITIMER_REAL, self.seconds, min(REARM, self.seconds))

    def stop(self):
        """Puts back the alarm that ran before, if one did (once; a second call changes nothing)."""
        if self.timer is None:
            return
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self.handler or signal.SIG_DFL)
        (left, interval), self.timer = self.timer, None
        if left:
            left = max(left - (time.monotonic() - self.begun), 0.01)
            signal.setitimer(signal.ITIMER_REAL, left, interval)

    def _ring(self, number, frame):
        if self.due():
            raise TimeLimit


class _Watcher(_Clock):
    """An alarm by a second thread, where SIGALRM is none: on Windows, and off the main thread."""

    def __init__(self, seconds):
        super().__init__(seconds)
        self.done = False
        self.thread = threading.get_ident()
        on_main = threading.current_thread() is threading.main_thread()
        # A process that a shell started in the background ignores the interrupt.
        self.interrupts = on_main and callable(signal.getsignal(signal.SIGINT))
        self.lock = threading.Lock()

    def start(self):
        self._wait(self.seconds)

    def stop(self):
        with self.lock:
            self.done = True
            self.timer.cancel()
            self._raise(None)  # what has been sent and has not arrived yet

    def _wait(self, seconds):
        self.timer = threading.Timer(seconds, self._ring)
        self.timer.daemon = True
        self.timer.start()

    def _ring(self):
        with self.lock:
            if self.done:
                return
            if self.due():
                self._raise(TimeLimit)
            self._wait(min(REARM, self.seconds))

    def _raise(self, error):
        if self.interrupts:
            if error:
                import _thread

                _thread.interrupt_main()
        else:
            error = ctypes.py_object(error) if error else None
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self.thread), error)


# Details


def _place(function, error):
    """The last line of the function's own cell in the traceback; and whether it is a stub's."""
    cell = getattr(getattr(inspect.unwrap(function), "__code__", None), "co_filename", None)
    frames = traceback.extract_tb(error.__traceback__, limit=-200)
    own = [frame for frame in frames if frame.filename == cell]
    if not own:
        return None, False
    line = own[-1].lineno, linecache.getline(cell, own[-1].lineno).strip()
    stub = isinstance(error, NotImplementedError) and frames[-1] is own[-1]
    return line, stub


def _changed(exercise, case, copy):
    pairs = zip(named_arguments(exercise, case), named_arguments(exercise, copy), strict=True)
    return next((name for (name, now), (_, then) in pairs if not _same(now, then)), None)


def _same(now, then):
    """Whether an argument is what it was. Layers are not looked into: some answers set weights."""
    now, then = plain(now), plain(then)
    if type(now) is not type(then):
        return False
    if isinstance(now, dict):
        return list(now) == list(then) and all(_same(now[key], then[key]) for key in then)
    if isinstance(now, list):
        return len(now) == len(then) and all(map(_same, now, then))
    if isinstance(now, np.ndarray):
        return now.dtype == then.dtype and _equal_arrays(now, then)
    return True


def _equal_arrays(now, then):
    if now.dtype.kind in "fc":
        return np.array_equal(now, then, equal_nan=True)
    return np.array_equal(now, then)


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


def _set_keras_state(saved):
    """Puts a saved state back; None sets all of it to what it is in a new process."""
    place = _global_state()
    if place is None:
        return
    for name in _KERAS:
        place.set_global_attribute(name, None if saved is None else saved[name])
    if saved is not None and saved["state"] is not None:
        saved["global_seed_generator"].state.assign(saved["state"])
