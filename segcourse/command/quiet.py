"""Importing TensorFlow without what it logs."""

import contextlib
import os
import sys


@contextlib.contextmanager
def quiet_import():
    """Drop what is written to stderr inside: TensorFlow logs on import whatever level is set.

    Exceptions pass, and are printed after it.
    """
    sys.stderr.flush()
    kept = os.dup(2)
    nothing = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(nothing)
        os.close(kept)
