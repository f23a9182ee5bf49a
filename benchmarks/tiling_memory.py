"""Claim: a picture of 4096×4096 pixels is predicted in under 2 GiB beyond the picture.

    python benchmarks/tiling_memory.py

The small U-Net (16 base channels, depth 3, one channel in, two classes), unpadded and padded, each
in a process of its own. The peak is that of the whole process, with the framework and the result,
less the bytes of the picture.
"""

import argparse
import os
import resource
import subprocess
import sys
import time

TILES = {"valid": 284, "same": 320}


def measure(padding, size):
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
    print(
        f"| {padding} | {TILES[padding]} | {seconds:.0f} s | {beyond / 2**30:.2f} GiB | "
        f"{framework / 2**30:.2f} GiB | {logits.nbytes / 2**30:.2f} GiB |",
        flush=True,
    )


def _peak():
    """Most memory the process has had so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (
        1 if sys.platform == "darwin" else 1024
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=4096)
    parser.add_argument("--padding", choices=TILES)
    chosen = parser.parse_args()
    if chosen.padding:
        measure(chosen.padding, chosen.size)
        sys.exit()
    print("| padding | tile | time | peak beyond the picture | of it before | of it the result |")
    print("|---|---|---|---|---|---|", flush=True)
    for padding in TILES:
        command = [sys.executable, __file__, "--size", str(chosen.size), "--padding", padding]
        subprocess.run(command, check=True, env={**os.environ, "SEGCOURSE_QUIET": "1"})
