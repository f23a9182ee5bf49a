"""Importing TensorFlow and Matplotlib without what they log."""

import contextlib
import importlib.util
import logging
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


def quiet_tensorflow():
    """Import TensorFlow with `quiet_import`, whoever imports it first in this process."""
    if "tensorflow" not in sys.modules:
        sys.meta_path.insert(0, _TensorFlowFinder())


def quiet_font_cache():
    """Drop one line, which a cell shows red: that Matplotlib, on first use, lists all fonts."""
    logger = logging.getLogger("matplotlib.font_manager")
    logger.addFilter(lambda record: "building the font cache" not in record.getMessage())


class _TensorFlowFinder:
    """Stands before the other finders until TensorFlow is imported."""

    def find_spec(self, name, path=None, target=None):
        if name != "tensorflow":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec is not None:
            load = spec.loader.exec_module

            def load_quietly(module):
                with quiet_import():
                    load(module)

            spec.loader.exec_module = load_quietly
        return spec
