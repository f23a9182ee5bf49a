"""One call of somebody's function, with everything around it kept safe.

The call gets fresh arguments, cannot print, cannot run for ever and cannot leave Python. `guarded`
around it and `kept_state` around all of them see to it that the notebook below a check comes out
the same whatever it did.
"""

import inspect
import linecache
import numbers
import time
import traceback
from dataclasses import dataclass

import numpy as np

from segcourse.exercises.judging.compare import plain
from segcourse.exercises.judging.exercise import Case
from segcourse.exercises.judging.safety.quiet import quiet
from segcourse.exercises.judging.safety.time_limit import TimeLimit, time_limit

__all__ = ["Trial", "attempt", "trials"]


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
        seconds: how long it took.
    """

    case: Case
    ended: str = "value"
    value: object = None
    error: BaseException | None = None
    line: tuple[int, str] | None = None
    stub: bool = False
    changed: str | None = None
    printed: str = ""
    seconds: float = 0.0


def trials(exercise, function, cases, after=lambda: None):
    """Calls `function` on one of the `Cases` after the other and yields a `Trial` for each.

    Args:
        exercise: an `Exercise`.
        function: somebody's.
        cases: the `Cases`.
        after: is called after each call, before anything else is.
    """
    for case, copy in zip(cases.fresh(), cases.kept, strict=True):
        trial = attempt(function, case, exercise.seconds, after)
        trial.changed = _changed(exercise, case, copy)
        trial.case = copy
        yield trial
        if trial.ended == "timeout":
            return


def attempt(function, case, seconds, after=lambda: None):
    """Calls `function` once and says what came of it. Only a user's `KeyboardInterrupt` escapes."""
    trial = Trial(case)
    try:
        inspect.signature(function).bind(*case.args, **case.kwargs)
    except TypeError as error:
        trial.ended, trial.error = "signature", error
        return trial
    except ValueError:  # a built-in function that has no signature to read
        pass
    begun = time.monotonic()
    with quiet() as printed:
        try:
            try:
                with time_limit(seconds):
                    trial.value = function(*case.args, **case.kwargs)
            finally:
                after()
        except TimeLimit:
            trial.ended = "timeout"
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            trial.ended, trial.error = "error", error
            trial.line, trial.stub = _place(function, error)
    trial.printed, trial.seconds = printed.getvalue(), time.monotonic() - begun
    return trial


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
    function = exercise.right.once
    pairs = zip(case.named(function), copy.named(function), strict=True)
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
    if isinstance(now, (numbers.Number, np.generic, str, bytes)):
        return bool(now == then or (now != now and then != then))
    return True


def _equal_arrays(now, then):
    if now.dtype.kind in "fc":
        return np.array_equal(now, then, equal_nan=True)
    return np.array_equal(now, then)
