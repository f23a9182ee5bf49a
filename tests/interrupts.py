"""Interrupts at every place where Python answers one: where a call begins, and after one to C."""

import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor

_PLACES = ("call", "c_return")


def in_a_process_of_its_own(function, *arguments):
    """Calls `function`, of a module, where nothing has run before.

    In a process in which other tests have traced their code, Python 3.11 goes round for ever after
    an error that a profile function raises.
    """
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(function, *arguments).result()


def at_every_place(block):
    """Call `block` again and again, each time with a KeyboardInterrupt one place later.

    Ends with the first call in which none fell. Yields after each of the others, when the
    traceback is gone: what is left then stays.
    """
    place = 0
    while _interrupted(block, place):
        place += 1
        yield place


def _interrupted(block, place):
    """Whether the interrupt at the place with this number fell into `block`."""
    passed = fallen = False
    count = -1

    def watch(frame, event, argument):
        nonlocal count, fallen
        if not passed and event in _PLACES:
            count += 1
            if count == place:
                fallen = True
                sys.setprofile(None)
                raise KeyboardInterrupt

    try:
        sys.setprofile(watch)
        try:
            block()
        finally:
            passed = True
            sys.setprofile(None)
    except BaseException:  # shutil closes a folder twice after an interrupt: then it is an OSError
        if not fallen:
            raise
    return fallen
