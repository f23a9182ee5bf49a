"""Claim: a picture of 4096×4096 pixels is predicted in under 2 GiB beyond the picture.

    python benchmarks/tiling_memory.py

The small U-Net (16 base channels, depth 3, one channel in, two classes), unpadded and padded, each
in a process of its own. The peak is that of the whole process, with the framework and the result,
less the bytes of the picture.
"""

import json
import os
import resource
import subprocess
import sys
import time

import stored

TILES = {"valid": 284, "same": 320}


def predict(padding, size):
    """One prediction in this process, its row as JSON."""
    import keras
    import numpy as np

    from segcourse.models import overlap_tile_predict, unet

    keras.utils.set_random_seed(0)
    model = unet(2, (None, None, 1), depth=3, base_channels=16, padding=padding)
    picture = np.random.default_rng(0).random((size, size, 1), "float32")
    before = _peak()
    start = time.perf_counter()
    logits = overlap_tile_predict(model, picture, TILES[padding])
    seconds = time.perf_counter() - start
    assert logits.shape == (size, size, 2) and np.isfinite(logits).all()
    beyond, framework = (peak - picture.nbytes for peak in (_peak(), before))
    row = {"tile": TILES[padding], "seconds": stored.digits(seconds)}
    for name, held in (("beyond the picture", beyond), ("before", framework)):
        row[f"GiB {name}"] = stored.digits(held / 2**30, 3)
    print(json.dumps({**row, "GiB of the result": stored.digits(logits.nbytes / 2**30, 3)}))


def _peak():
    """Most memory the process has had so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (
        1 if sys.platform == "darwin" else 1024
    )


def add_arguments(parser):
    """Size of the picture, and which padding (in the process of one)."""
    parser.add_argument("--size", type=int, default=4096)
    parser.add_argument("--padding", choices=TILES)


def measure(options):
    """Each padding in a process of its own; the picture is the same with --quick."""
    for padding in [options.padding] if options.padding else TILES:
        command = [sys.executable, __file__, "--one", padding, str(options.size)]
        said = subprocess.check_output(command, env={**os.environ, "SEGCOURSE_QUIET": "1"})
        row = json.loads(said.decode().splitlines()[-1])
        yield f"{padding}, {options.size}×{options.size}", row


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        predict(sys.argv[2], int(sys.argv[3]))
    else:
        stored.command_line(__doc__, measure, add_arguments)
