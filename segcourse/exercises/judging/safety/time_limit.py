"""A limit of time for code that nobody can trust to end."""

import contextlib
import ctypes
import signal
import sys
import threading
import time

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
        self.traced, self.swallowed, self.lines = sys.gettrace(), 0, 0
        self.handler = signal.signal(signal.SIGALRM, self._ring)
        self.timer = signal.setitimer(signal.ITIMER_REAL, self.seconds, min(REARM, self.seconds))

    def stop(self):
        """Puts back the alarm that ran before, if one did (once; a second call changes nothing)."""
        if self.timer is None:
            return
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self.handler or signal.SIG_DFL)
        if self.swallowed:
            sys.settrace(self.traced)
        (left, interval), self.timer = self.timer, None
        if left:
            left = max(left - (time.monotonic() - self.begun), 0.01)
            signal.setitimer(signal.ITIMER_REAL, left, interval)

    def _ring(self, number, frame):
        if not self.due() or _is_ours(frame):
            return
        if self.swallowed:
            self._trace(frame)
        self.swallowed += 1
        raise TimeLimit

    def _trace(self, frame):
        """Something caught it, as `except:` in a loop does: it is raised once more a line later.

        The next line is that of the `except`, and an error there leaves the loop. Where a loop
        around it catches that as well, it is the next but one, and so on, until none does.
        """
        self.lines = (self.swallowed - 1) % LINES
        signal.setitimer(signal.ITIMER_REAL, AGAIN, AGAIN)
        sys.settrace(self._at_each_line)
        while frame is not None:
            if not _is_ours(frame):
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


def _is_ours(frame):
    """Whether a frame belongs to the alarm: nothing may be raised while it is set or stopped."""
    return frame.f_code.co_filename in (__file__, contextlib.__file__)


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
