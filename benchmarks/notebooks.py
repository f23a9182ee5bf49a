"""Claims: a notebook takes its minutes and less than 4 GiB; `import segcourse` under 0.2 s.

    python benchmarks/notebooks.py [week4 ...]

Runs notebooks headlessly, as `python3 -m segcourse run` does, and prints for each the seconds on
the clock, the processor seconds and the largest memory of its kernel, then its slowest cells.
"""

import subprocess
import sys
import threading
import time
from pathlib import Path

import nbformat
import psutil

from segcourse.command import weeks
from segcourse.command.run import kernel_environment
from segcourse.notebook.execute import execute

ROOT = Path(__file__).resolve().parents[1]


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


def measure(path):
    """Run one notebook and print a row, and a row for each of its five slowest cells."""
    notebook = nbformat.read(path, as_version=4)
    clock = [time.perf_counter()]
    with Watch() as watch:
        failures = execute(
            notebook,
            path.parent,
            kernel_environment(ROOT, "scenes"),
            on_cell=lambda: clock.append(time.perf_counter()),
        )
    cells = [cell.id for cell in notebook.cells if cell.cell_type == "code"]
    slow = sorted(zip((b - a for a, b in zip(clock, clock[1:], strict=False)), cells, strict=True))
    print(
        f"{path.stem}: {clock[-1] - clock[0]:.0f} s, processor {sum(watch.processor.values()):.0f} "
        f"s, at most {watch.peak / 2**30:.2f} GiB, {len(failures)} cells failed"
    )
    for seconds, cell in slow[:-6:-1]:
        print(f"    {seconds:6.1f} s  {cell}")


def import_seconds():
    """Seconds of `import segcourse` in a new Python, the least of five."""
    code = "import time; t = time.perf_counter(); import segcourse; print(time.perf_counter() - t)"
    runs = [subprocess.check_output([sys.executable, "-c", code], cwd=ROOT) for _ in range(5)]
    return min(map(float, runs))


if __name__ == "__main__":
    print(f"import segcourse: {import_seconds() * 1e3:.1f} ms")
    for notebook_path in weeks.find(ROOT, sys.argv[1:]):
        measure(notebook_path)
