"""How much memory it takes to convert VGG-16's dense layers into FCN-VGG16.

    python benchmarks/conversion_memory.py

Each way runs in a process of its own, on the backend that KERAS_BACKEND names. Memory is what the
process holds (resident set size), by the system's own record of the peak while the conversion
runs. "over" is that peak less what the process held before, with the classifier already built; it
is given in MiB and in multiples of the converted model's own weights. A little less than its
weights is possible: TensorFlow shares an array that both models have until one of them changes it.
"""

import json
import subprocess
import sys
import threading
import time
from pathlib import Path

import stored

ROOT = stored.ROOT
WAYS = {
    "fcn": "fcn('vgg16', 21, 32, weights_from=vgg('D'))",
    "fcn_original": "fcn('vgg16', 21, 8, 'original', weights_from=vgg('D'))",
    "convolutionalize": "convolutionalize(vgg('D'))",
    "imagenet": "fcn('vgg16', 21, 32, weights='imagenet') from a file with dense layers",
}


class Peak:
    """The largest resident set size of this process while it is watched, in bytes."""

    def __enter__(self):
        import psutil

        self.process, self.done = psutil.Process(), False
        self.before = self.peak = self.process.memory_info().rss
        self.thread = threading.Thread(target=self._watch)
        self.thread.start()
        return self

    def __exit__(self, *error):
        self.done = True
        self.thread.join()
        self.after = self.process.memory_info().rss

    def _watch(self):
        while not self.done:
            self.peak = max(self.peak, self.process.memory_info().rss)
            time.sleep(0.002)


def convert(way):
    """Convert in this process and print what it took."""
    import os
    import tempfile

    import keras

    from segcourse.models import convolutionalize, fcn, vgg

    fcn("small_vgg", 2, 32)  # what a first model costs once
    folder = None
    if way == "imagenet":
        folder = tempfile.TemporaryDirectory()
        os.environ["KERAS_HOME"] = folder.name
        write_vgg16(Path(folder.name) / "models")
    else:
        source = vgg("D")
    give_back_freed_memory()
    with Peak() as memory:
        if way == "convolutionalize":
            model = convolutionalize(source)
        elif way == "imagenet":
            model = fcn("vgg16", 21, 32, weights="imagenet")
        elif way == "fcn_original":
            model = fcn("vgg16", 21, 8, "original", weights_from=source)
        else:
            model = fcn("vgg16", 21, 32, weights_from=source)
    own = 4 * model.count_params()
    if folder:
        folder.cleanup()
    print(
        json.dumps(
            {
                "backend": keras.backend.backend(),
                "own": own,
                "before": memory.before,
                "peak": memory.peak,
                "after": memory.after,
            }
        )
    )


def give_back_freed_memory():
    """Let what drawing random weights has left behind not hide what the conversion takes."""
    import ctypes
    import gc

    gc.collect()
    if sys.platform == "linux":
        ctypes.CDLL(None).malloc_trim(0)


def write_vgg16(folder):
    """Write a file as `keras.applications` has it, of random weights, one layer at a time."""
    import h5py
    import numpy as np

    from segcourse.models import vgg, without_weights

    with without_weights():
        layers = [layer for layer in vgg("D").layers if layer.weights]
    folder.mkdir(parents=True)
    rng = np.random.default_rng(0)
    with h5py.File(folder / "vgg16_weights_tf_dim_ordering_tf_kernels.h5", "w") as file:
        names = []
        for layer in layers:
            number = {"fc6": "fc1", "fc7": "fc2", "fc8": "predictions"}
            name = number.get(layer.name, layer.name.replace("conv", "block").replace("_", "_conv"))
            group = file.create_group(name)
            for weight, kind in zip(layer.weights, ("W", "b"), strict=True):
                group[f"{name}_{kind}_1:0"] = rng.random(weight.shape, "float32")
            group.attrs["weight_names"] = [f"{name}_W_1:0".encode(), f"{name}_b_1:0".encode()]
            names.append(name.encode())
        file.attrs["layer_names"] = names


def measure(options):
    """Each way in a process of its own."""
    for way, words in WAYS.items():
        done = subprocess.run(
            [sys.executable, __file__, "--one", way], cwd=ROOT, capture_output=True, text=True
        )
        if done.returncode:
            sys.exit(done.stderr)
        got = json.loads(done.stdout.splitlines()[-1])
        over = got["peak"] - got["before"]
        yield (
            words,
            {
                "MiB of weights": round(got["own"] / 2**20),
                "peak beyond, MiB": round(over / 2**20),
                "times the weights": stored.digits(over / got["own"], 3),
            },
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        convert(sys.argv[2])
    else:
        stored.command_line(__doc__, measure)
