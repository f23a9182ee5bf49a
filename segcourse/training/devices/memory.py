"""How much memory a piece of work needs at its highest point."""

import threading

import psutil

from segcourse.training.devices.device import gpu_memory_peak, reset_gpu_memory_peak

_SECONDS = 0.01  # between two looks at the process


class PeakMemory:
    """Watches memory while its `with` block runs.

    On a GPU it is what the backend held there; on a CPU what the whole process held, Python,
    Keras and the data included, looked at every hundredth of a second.

    Example:

    >>> with PeakMemory() as memory:
    ...     block = bytearray(2**20)
    >>> memory.bytes > 2**20
    True

    Attributes:
        bytes: the peak in bytes, once the block is left.
        of: `"the GPU"` or `"the process"`.
    """

    def __enter__(self):
        reset_gpu_memory_peak()
        self.of = "the process" if gpu_memory_peak() is None else "the GPU"
        self._process = psutil.Process()
        self._seen = self._process.memory_info().rss
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *error):
        self._ended.set()
        self._thread.join()
        self._look()
        self.bytes = gpu_memory_peak() if self.of == "the GPU" else self._seen

    def _watch(self):
        while not self._ended.wait(_SECONDS):
            self._look()

    def _look(self):
        self._seen = max(self._seen, self._process.memory_info().rss)
