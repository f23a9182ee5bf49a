"""A limit of time for code that nobody can trust to end."""

import _thread
import contextlib
import ctypes
import gc
import signal
import sys
import threading
from time import monotonic, process_time

__all__ = ["TimeLimit", "time_limit"]

REARM = 1.0  # seconds until the alarm rings again, for a loop that caught it
AGAIN = 0.02  # the same, for one that has caught it twice
LINES = 12  # so many lines later at most
PATIENCE = 4  # how much longer a call may take that waits, for a sleep or for the processor


class TimeLimit(BaseException):
    """A call ran for too long. No `Exception`, so that `except Exception:` does not swallow it."""


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


class _Clock:
    """When a call has had its time: `seconds` of the processor, or a few times as much of waiting.

    On a computer that is busy with other things a right answer must not fail.
    """

    def __init__(self, seconds):
        self.seconds, self.rang = seconds, False
        self.begun, self.used = monotonic(), process_time()

    def due(self):
        self.rang = (
            process_time() - self.used >= 0.9 * self.seconds
            or monotonic() - self.begun >= PATIENCE * self.seconds
        )
        return self.rang


class _Raising(_Clock):
    """A clock that raises `TimeLimit` from the handler of a signal, until nothing catches it."""

    def __init__(self, seconds):
        super().__init__(seconds)
        self.traced, self.frames = sys.gettrace(), {}
        self.swallowed, self.lines = 0, 0
        self.caller = sys._getframe()
        while _is_ours(self.caller):
            self.caller = self.caller.f_back

    def raise_in(self, frame):
        """Raises it in the code that runs, unless that is the alarm itself or would lose it."""
        if _is_ours(frame) or _is_collecting(frame):
            return
        if self.swallowed:
            self._trace(frame)
        self.swallowed += 1
        raise TimeLimit

    def interval(self):
        """Seconds until it rings again."""
        return AGAIN if self.swallowed > 1 else min(REARM, self.seconds)

    def untrace(self):
        if self.swallowed:
            sys.settrace(self.traced)
        for frame, traced in self.frames.items():
            frame.f_trace = traced
        self.frames.clear()
        self.caller = None

    def _trace(self, frame):
        """Something caught it, as `except:` in a loop does: it is raised once more a line later.

        The next line is that of the `except`, and an error there leaves the loop. Where a loop
        around it catches that as well, it is the next but one, and so on, until none does.
        """
        self.lines = (self.swallowed - 1) % LINES
        _hear_what_is_pending()
        sys.settrace(self._at_each_line)
        while frame is not None and frame is not self.caller:
            if not _is_ours(frame):
                self.frames.setdefault(frame, frame.f_trace)
                frame.f_trace = self._at_each_line
            frame = frame.f_back

    def _at_each_line(self, frame, event, argument):
        if _is_ours(frame):
            return None
        if event == "line":
            self.lines -= 1
            if self.lines < 0:
                raise TimeLimit  # and Python stops tracing
        return self._at_each_line


class _Heard(BaseException):
    """Sent to this thread by itself."""


def _hear_what_is_pending():
    """Ends the state in which Python 3.11 never enters a traced function.

    An error that was sent to another thread, and waits there because that thread is blocked, keeps
    every thread looking for one; with a trace it looks again and again. An error that arrives here
    ends the looking.
    """
    with contextlib.suppress(_Heard):
        _send(threading.get_ident(), _Heard)
        while True:
            pass


def _send(thread, error):
    """Has an error raised in a thread; None takes back what has not arrived yet."""
    error = ctypes.py_object(error) if error else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), error)


def _is_ours(frame):
    """Whether a frame belongs to the alarm: nothing may be raised while it is set or stopped."""
    return frame.f_code.co_filename in (__file__, contextlib.__file__)


def _is_collecting(frame):
    """Whether Python's garbage collector calls it, which drops every error with a warning."""
    callbacks = {getattr(callback, "__code__", None) for callback in gc.callbacks}
    while frame is not None and frame.f_code not in callbacks:
        frame = frame.f_back
    return frame is not None


class _Signal(_Raising):
    """An alarm by SIGALRM, which also breaks off a `time.sleep`."""

    timer, stopped, ringing = None, False, False

    def start(self):
        self.handler = signal.signal(signal.SIGALRM, self._ring)
        self.timer = signal.setitimer(signal.ITIMER_REAL, self.seconds)

    def stop(self):
        """Puts back the alarm that ran before, if one did (once; a second call changes nothing)."""
        self.stopped = True  # what rings from here on does nothing, and is not wound again
        if self.timer is None:
            return
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self.handler or signal.SIG_DFL)
        self.untrace()
        (left, interval), self.timer = self.timer, None
        if left:
            left = max(left - (monotonic() - self.begun), 0.01)
            signal.setitimer(signal.ITIMER_REAL, left, interval)

    def _ring(self, number, frame):
        """Rings once, and is wound at its end alone: two never stand on one another for long."""
        if self.stopped or self.ringing:
            return
        self.ringing = True
        try:
            if self.due():
                self.raise_in(frame)
        finally:
            self.ringing = False
            if not self.stopped:
                signal.setitimer(signal.ITIMER_REAL, self.interval())


class _Watcher(_Raising):
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
        if self.interrupts:
            self.handler = signal.signal(signal.SIGINT, self._interrupted)
        self._wait()

    def stop(self):
        with self.lock:
            if self.done:
                return
            self.done = True
            self.timer.cancel()
            if not self.interrupts:
                _send(self.thread, None)  # what has been sent and has not arrived yet
        if self.interrupts:
            signal.signal(signal.SIGINT, self.handler)
        self.untrace()

    def _wait(self):
        self.timer = threading.Timer(self.interval(), self._ring)
        self.timer.daemon = True
        self.timer.start()

    def _ring(self):
        with self.lock:
            if self.done:
                return
            if self.due():
                if self.interrupts:
                    _thread.interrupt_main()
                else:
                    _send(self.thread, TimeLimit)
            self._wait()

    def _interrupted(self, number, frame):
        """Of this alarm, or of the reader, who is heard as before."""
        if self.rang:
            self.raise_in(frame)
        else:
            self.handler(number, frame)
