"""Claims: a notebook takes its minutes and less than 4 GiB; `import segcourse` under 0.2 s.

    python benchmarks/notebooks.py [week4 ...]

Runs notebooks headlessly, as `python3 -m segcourse run` does: for each the seconds on the clock,
the processor seconds and the largest memory of its kernel, and its slowest cell. With --quick only
what `import segcourse` takes.
"""

import subprocess
import sys
import threading
import time

import nbformat
import psutil
import stored

from segcourse.command import weeks
from segcourse.command.run import kernel_environment
from segcourse.notebook.execute import execute

ROOT = stored.ROOT


class Watch:
    """Samples the memory and the processor time of this process's children, twice a second."""

    def __enter__(self):
        self.peak, self.processor, self._over = 0, {}, threading.Event()
        self._thread = threading.Thread(target=self._sample)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()

    def _sample(self):
        while not self._over.wait(0.5):
            total = 0
            for child in psutil.Process().children(recursive=True):
                try:
                    total += child.memory_info().rss
                    times = child.cpu_times()
                    self.processor[child.pid] = times.user + times.system
                except psutil.Error:
                    continue
            self.peak = max(self.peak, total)


def run(path):
    """What one notebook takes."""
    notebook = nbformat.read(path, as_version=4)
    clock = [time.perf_counter()]
    with Watch() as watch:
        failures = execute(
            notebook,
            path.parent,
            kernel_environment(ROOT, "scenes"),
            on_done=lambda: clock.append(time.perf_counter()),
        )
    cells = [cell.id for cell in notebook.cells if cell.cell_type == "code"]
    slowest = max(zip((b - a for a, b in zip(clock, clock[1:], strict=False)), cells, strict=True))
    return {
        "seconds": round(clock[-1] - clock[0], 1),
        "processor seconds": round(sum(watch.processor.values()), 1),
        "GiB": stored.digits(watch.peak / 2**30, 3),
        "cells": len(cells),
        "cells failed": len(failures),
        "slowest cell": f"`{slowest[1]}`, {slowest[0]:.1f} s",
    }


def import_seconds():
    """Seconds of `import segcourse` in a new Python, the least of five."""
    code = "import time; t = time.perf_counter(); import segcourse; print(time.perf_counter() - t)"
    runs = [subprocess.check_output([sys.executable, "-c", code], cwd=ROOT) for _ in range(5)]
    return min(map(float, runs))


def add_arguments(parser):
    """Which notebooks."""
    parser.add_argument("weeks", nargs="*", help="such as week4; default: all")


def measure(options):
    """The import, then the notebooks."""
    yield "import segcourse", {"ms": stored.digits(1e3 * import_seconds())}
    for path in [] if options.quick else weeks.find(ROOT, options.weeks):
        yield path.stem, run(path)


if __name__ == "__main__":
    stored.command_line(__doc__, measure, add_arguments)
