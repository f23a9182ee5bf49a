"""The bar of `run`: how many cells are done, which one runs and for how long."""

import os
import sys
import threading
import time

from tqdm import tqdm

_SECONDS = 1.0


class CellBar:
    """A line such as `week4_fcn |####  | 54/68 train 00:41`, redrawn every second.

    Nothing is shown where SEGCOURSE_QUIET is 1.
    """

    def __init__(self, name, cells):
        self._cell, self._since = "starting", time.monotonic()
        quiet = os.environ.get("SEGCOURSE_QUIET") == "1"
        self._bar = tqdm(total=cells, desc=name, file=sys.stderr, disable=quiet)
        self._ended = threading.Event()
        self._clock = threading.Thread(target=self._tick, daemon=True)

    def start(self, cell):
        """Cell `cell` (its id) begins."""
        self._cell, self._since = cell, time.monotonic()
        self._draw()

    def done(self):
        """That cell has ended."""
        self._bar.update()

    def _tick(self):
        while not self._ended.wait(_SECONDS):
            self._draw()

    def _draw(self):
        clock = tqdm.format_interval(time.monotonic() - self._since)
        self._bar.bar_format = f"{{desc}} |{{bar:20}}| {{n_fmt}}/{{total_fmt}} {self._cell} {clock}"
        self._bar.refresh()

    def __enter__(self):
        self._draw()
        self._clock.start()
        return self

    def end(self):
        """No more cells; what is printed from now on stands below the bar."""
        if self._ended.is_set():
            return
        self._ended.set()
        self._clock.join()
        self._bar.bar_format = "{desc} |{bar:20}| {n_fmt}/{total_fmt} cells, {elapsed}"
        self._bar.close()

    def __exit__(self, *_):
        self.end()
