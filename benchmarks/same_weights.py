"""The same seed gives the same weights in this tree as in another revision, bit for bit.

    python benchmarks/same_weights.py REVISION

U-Net, FCN-8s and DeepLab are trained for 20 steps each, on both backends, in both trees: what a
change that only moves and renames must not touch. Exit status 1 if any network differs.
"""

import argparse
import hashlib
import io
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BACKENDS = ("tensorflow", "jax")


def train():
    """Print a line a network: its name, and a hash of all its variables after 20 steps."""
    import keras
    import numpy as np

    from segcourse import models
    from segcourse.training import Recipe, fit

    rng = np.random.default_rng(0)
    images = rng.integers(0, 255, (16, 64, 64, 3)).astype("uint8")
    labels = rng.integers(0, 3, (16, 64, 64)).astype("uint8")
    nets = {
        "U-Net": (
            lambda: models.unet(3, (64, 64, 3), depth=2, base_channels=8, batch_norm=True),
            Recipe(epochs=5, batch_size=4),
        ),
        "FCN-8s": (
            lambda: models.fcn("small_vgg", 3, stride=8),
            Recipe(epochs=5, batch_size=4, optimizer="sgd"),
        ),
        "DeepLab": (
            lambda: models.deeplab_v1(3, "small_vgg", rate=4),
            Recipe(epochs=5, batch_size=4, schedule="cosine", ema=0.9),
        ),
    }
    for name, (build, recipe) in nets.items():
        keras.utils.set_random_seed(1)
        model = build()
        fit(model, (images, labels), (images[:4], labels[:4]), recipe)
        values = (keras.ops.convert_to_numpy(variable) for variable in model.variables)
        digest = hashlib.sha256(b"".join(np.ascontiguousarray(v).tobytes() for v in values))
        print(name, digest.hexdigest()[:16], flush=True)


def hashes(tree, backend):
    """What `train` prints with the package of `tree`: name to hash."""
    environment = {
        **os.environ,
        "KERAS_BACKEND": backend,
        "PYTHONPATH": str(tree),
        "SEGCOURSE_QUIET": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    command = [sys.executable, "-P", __file__, "--train"]
    done = subprocess.run(command, cwd=tree, env=environment, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"Training in {tree} on {backend} failed.")
    return dict(line.split() for line in done.stdout.splitlines())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("revision", nargs="?", help="what git calls the other tree: HEAD~3, main")
    parser.add_argument("--train", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.train:
        return train()
    if options.revision is None:
        parser.error("which REVISION to compare with?")
    archive = ["git", "-C", str(ROOT), "archive", options.revision, "segcourse", "data"]
    packed = subprocess.run(archive, stdout=subprocess.PIPE, check=True).stdout
    differs = False
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
            tar.extractall(folder, filter="data")
        for backend in BACKENDS:
            before, now = hashes(folder, backend), hashes(ROOT, backend)
            for name in now:
                same = before[name] == now[name]
                differs |= not same
                print(f"{backend:10} {name:8} {now[name]} {'the same' if same else before[name]}")
    return int(differs)


if __name__ == "__main__":
    sys.exit(main())
