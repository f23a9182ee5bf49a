"""Kill a training at some random moments with SIGKILL, and let it end; then train without a kill.

Run as a script with a folder, and a seed of the moments where they shall be the same. Everything
heavy is imported once; each training is a fork of this process, in which no operation has been run
yet. Prints JSON: the files that stood at each kill, and whether the last weights of both trainings
are the same, bit for bit.
"""

import gc
import json
import os
import random
import signal
import sys
import time
from pathlib import Path

import numpy as np

import segcourse.data.batching.batches  # noqa: F401  imported before the forks
from segcourse.training import Recipe, fit
from tests.thorough import sample
from tests.training import runs

KILLS, EPOCHS, PATIENCE = sample(5, all=10), 26, 240.0  # seconds


def train(folder, result):
    """Shuffling, augmentation, dropout, batch normalisation; a checkpoint every two steps."""
    model = runs.model()
    recipe = runs.recipe(
        epochs=EPOCHS, schedule="cosine", checkpoint=folder, checkpoint_steps=2, ema=0.9
    )
    assert isinstance(recipe, Recipe)
    fit(model, runs.data(), recipe=recipe)
    np.savez(result, **{str(i): value for i, value in enumerate(runs.weights(model))})


def forked(folder, result):
    """The process number of a training."""
    number = os.fork()
    if number == 0:
        try:
            train(folder, result)
            os._exit(0)
        except BaseException as error:
            print(repr(error), file=sys.stderr, flush=True)
            os._exit(1)
    return number


def status_of(number):
    """How a training has ended, which is waited for."""
    end = time.monotonic() + PATIENCE
    while (ended := os.waitpid(number, os.WNOHANG)) == (0, 0):
        if time.monotonic() > end:
            os.kill(number, signal.SIGKILL)
        time.sleep(0.01)
    return ended[1]


def newest(folder):
    """The newest checkpoint, as (epoch, step)."""
    places = [
        [int(part) for part in path.stem.split("_") if part.isdigit()] + [0]
        for path in folder.glob("epoch_*.npz")
    ]
    return max((tuple(place[:2]) for place in places), default=(0, 0))


def kill_somewhere(folder, result, files, share):
    """Start, let it write so many files, and kill it before the next one, or just behind that.

    `share` is the part of the time between the last two files that is waited after them. Compiling
    may have made that time long: a further file ends the wait.
    """
    before, number = newest(folder), forked(folder, result)
    end = time.monotonic() + PATIENCE
    seen = []
    while len(seen) < files:
        assert time.monotonic() < end, "no checkpoint in time"
        assert os.waitpid(number, os.WNOHANG) == (0, 0), "it ended by itself"
        if (now := newest(folder)) != before:
            before = now
            seen.append(time.monotonic())
        time.sleep(0.001)
    end = time.monotonic() + share * (seen[-1] - seen[-2])
    while time.monotonic() < end and newest(folder) == before:
        time.sleep(0.001)
    os.kill(number, signal.SIGKILL)
    _, status = os.waitpid(number, 0)
    assert os.WIFSIGNALED(status), "it had ended before it could be killed"
    return newest(folder), sorted(path.name for path in folder.iterdir())


def main(place, seed=None):
    """Both trainings, and how they compare."""
    # Another thread would not be in the forks, and neither would the locks it holds be opened.
    assert not Path("/proc/self/task").exists() or len(os.listdir("/proc/self/task")) == 1
    gc.collect()
    gc.freeze()  # what is imported is not gone through again in each fork
    place = Path(place)
    seed = random.SystemRandom().randrange(10**6) if seed is None else int(seed)
    moments = random.Random(seed)
    print(f"seed {seed}", file=sys.stderr, flush=True)
    killed, result = place / "killed", place / "killed.npz"
    killed.mkdir()
    # Every other file is one within an epoch: by turns two and three of them fall on both kinds.
    at = [kill_somewhere(killed, result, 2 + k % 2, moments.random()) for k in range(KILLS)]
    assert not result.exists()
    for folder, file in ((killed, result), (place / "whole", place / "whole.npz")):
        assert status_of(forked(folder, file)) == 0
    with np.load(result) as one, np.load(place / "whole.npz") as other:
        same = one.files == other.files and all(
            np.array_equal(one[name], other[name]) for name in one.files
        )
    print(json.dumps({"at": at, "same": same, "seed": seed}))


if __name__ == "__main__":
    main(*sys.argv[1:])
