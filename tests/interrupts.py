"""Interrupts at every place where Python answers one: where a call begins, and after one to C."""

import gc
import sys

_PLACES = ("call", "c_return")


def at_every_place(block):
    """Call `block` again and again, each time with a KeyboardInterrupt one place later.

    Ends with the first call in which none fell. Yields after each of the others, when the
    traceback is gone: what is left then stays.
    """
    place = 0
    # An interrupt in what earlier tests left to the collector could keep their locks for ever.
    gc.collect()
    gc.disable()
    try:
        while _interrupted(block, place):
            place += 1
            yield place
    finally:
        gc.enable()


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
