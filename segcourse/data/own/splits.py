"""Which pictures are train, val and test: as the folder says, else by a seed."""

import numpy as np

from segcourse.data.dataset import SPLITS
from segcourse.data.own import names


def check_share(value, argument):
    """A share of the pictures as a float, or a ValueError."""
    try:
        share = float(value)
    except (TypeError, ValueError):
        share = -1.0
    if isinstance(value, (bool, str)) or not 0 <= share < 1:
        raise ValueError(
            f"`{argument}` must be a share of the pictures, from 0 to below 1. "
            f"Received: {argument}={value!r}"
        )
    return share


def check_seed(seed):
    """`seed` as an int, or a ValueError."""
    if not isinstance(seed, (int, np.integer)) or isinstance(seed, bool) or seed < 0:
        raise ValueError(f"`seed` must be a whole number from 0. Received: seed={seed!r}")
    return int(seed)


def assign(pairs, val=0.2, test=0.0, seed=0):
    """(dict of split to pairs, in words how they were chosen).

    Pictures whose folder names no split are train, val and test by the seed and their names alone.
    Where a folder names train and no val, `val` of train is held back.
    """
    splits = {name: [pair for pair in pairs if pair.split == name] for name in SPLITS}
    free = [pair for pair in pairs if pair.split is None]
    words = "splits as the folder has them"
    if free:
        drawn = draw(free, val, test, seed)
        for name, chosen in drawn.items():
            splits[name] += chosen
        sizes = ", ".join(f"{name} {len(drawn[name])}" for name in SPLITS if drawn[name])
        words = f"split by seed {seed} ({sizes}), as the folder names no splits"
    elif splits["train"] and not splits["val"] and val and len(splits["train"]) > 1:
        drawn = draw(splits["train"], val, 0.0, seed)
        splits["train"], splits["val"] = drawn["train"], drawn["val"]
        words = (
            f"val: {names.count(len(drawn['val']), 'picture')} held back from train by seed {seed}"
        )
    return {name: sorted(some, key=_name) for name, some in splits.items() if some}, words


def draw(pairs, val, test, seed):
    """The pairs by split; each share that is not 0 has at least one, while train has one."""
    ordered = sorted(pairs, key=_name)
    order = np.random.default_rng(seed).permutation(len(ordered))
    counts = {name: _count(share, len(ordered)) for name, share in (("val", val), ("test", test))}
    while sum(counts.values()) >= len(ordered) and sum(counts.values()):
        counts["test" if counts["test"] >= counts["val"] else "val"] -= 1
    held = counts["val"] + counts["test"]
    return {
        "train": [ordered[k] for k in order[held:]],
        "val": [ordered[k] for k in order[: counts["val"]]],
        "test": [ordered[k] for k in order[counts["val"] : held]],
    }


def _count(share, total):
    return max(1, round(share * total)) if share else 0


def _name(pair):
    return pair.name
