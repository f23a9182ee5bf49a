"""Ctrl-C and its relatives."""

import _thread
import contextlib
import os
import signal
import sys
import threading

_AGAIN = 0.05  # seconds until a dropped interrupt comes again


@contextlib.contextmanager
def interruptible():
    """Inside, Ctrl-C, a polite kill and a terminal that closes all raise KeyboardInterrupt.

    Also where a script started this process in the background, with Ctrl-C ignored.
    """
    # By way of SIGINT, which asyncio answers in a way of its own while it runs.
    handlers = {"SIGINT": signal.default_int_handler}
    for name in ("SIGTERM", "SIGHUP"):
        handlers[name] = lambda *_: signal.raise_signal(signal.SIGINT)
    there = {getattr(signal, n): handler for n, handler in handlers.items() if hasattr(signal, n)}
    kept = {number: signal.signal(number, handler) for number, handler in there.items()}
    try:
        with _persistent():
            yield
    except Exception as error:
        # What cleans up after an interrupt may fail of it: shutil closes a folder twice then.
        if _follows_interrupt(error):
            raise KeyboardInterrupt from error
        raise
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)


def _follows_interrupt(error):
    """Whether an error was raised while, or because, an interrupt was on its way up."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        # An interrupt that falls into the making of an error in C++ is told in its text alone.
        if "REPLACED BY KeyboardInterrupt" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return error is not None


@contextlib.contextmanager
def _persistent():
    """An interrupt that falls into a destructor, where Python drops exceptions, comes again."""
    timers, kept = [], sys.unraisablehook

    def hook(dropped):
        if not issubclass(dropped.exc_type, KeyboardInterrupt):
            kept(dropped)
            return
        timers.append(threading.Timer(_AGAIN, _interrupt_main_thread))
        timers[-1].start()

    sys.unraisablehook = hook
    try:
        yield
    finally:
        sys.unraisablehook = kept
        waiting = [timer for timer in timers if timer.is_alive()]
        for timer in waiting:
            timer.cancel()
    if waiting:
        raise KeyboardInterrupt


def _interrupt_main_thread():
    if hasattr(signal, "pthread_kill"):  # wakes it where it waits
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
    else:
        _thread.interrupt_main()


@contextlib.contextmanager
def held_back():
    """Inside `interruptible`: an interrupt that falls into this block comes at its end.

    For starting a process. One that comes before it has a name would leave it running.
    """
    fallen = []
    kept = signal.signal(signal.SIGINT, lambda *_: fallen.append(True))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, kept)
    if fallen:
        raise KeyboardInterrupt


def own_session():
    """Settings of a Popen whose process gets Ctrl-C from this one alone, by `interrupt`.

    A terminal sends it to every process at once, also to one that is still starting or is
    already cleaning up. Windows has no such setting.
    """
    return {"start_new_session": os.name != "nt"}


def interrupt(process):
    """Send Ctrl-C to a process started with `own_session`; on Windows it has it already."""
    if os.name != "nt" and process.poll() is None:
        process.send_signal(signal.SIGINT)
