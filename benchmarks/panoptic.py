"""Claim: panoptic quality counts at least 4 times as fast as two calls of `np.unique`.

    python benchmarks/panoptic.py

A pair of maps of 1024×2048 with 100 coherent segments a side, and a pair of salt and pepper, where
every pixel is drawn apart: on the first at least 4 times as fast, on the second never slower. Both
with small ids and with ids up to 2**24; the second with thousands of segments too. Where torch and
torchmetrics are installed, the first pair also goes through
`torchmetrics.detection.PanopticQuality.update`: at least 300 times as fast. Rounds are taken in
turns, in one run; ratios are medians of the ratios of the rounds. Then memory against that of the
two maps, and how it grows over 500 pairs of 480×640.
"""

import statistics
import time
import tracemalloc

import numpy as np
from scipy.spatial import cKDTree

from segcourse.metrics import PanopticQuality, panoptic_quality
from segcourse.metrics.panoptic.segments import count_pairs

SHAPE, SEGMENTS, ROUNDS, SLOW_ROUNDS = (1024, 2048), 100, 21, 2
MANY = 1000, 5000  # segments of maps that are salt and pepper
CATEGORIES = {k: {"name": f"class {k}", "isthing": k % 2} for k in range(10)}


def coherent(rng, shape, segments):
    """Each pixel belongs to the nearest of so many random points."""
    points = rng.random((segments, 2)) * shape
    places = np.moveaxis(np.indices(shape), 0, -1).reshape(-1, 2)
    return cKDTree(points).query(places)[1].reshape(shape)


def noise(rng, shape, segments):
    """Each pixel is drawn apart."""
    return rng.integers(0, segments, shape)


def pair(rng, draw, most, shape=SHAPE, segments=SEGMENTS):
    """Two pairs (id map, segments_info) with ids below `most`."""
    maps = []
    for _ in range(2):
        ids = rng.permutation(most - 1)[:segments] + 1
        info = [
            {"id": int(number), "category_id": k % len(CATEGORIES), "iscrowd": 0}
            for k, number in enumerate(ids)
        ]
        maps.append((ids[draw(rng, shape, segments)].astype(np.int32), info))
    return maps


def two_uniques(true, pred):
    """Count as COCO's panopticapi does: the predicted ids, then the pairs of ids."""
    np.unique(pred, return_counts=True)
    keys = true.astype(np.uint64) * (1 << 24) + pred.astype(np.uint64)
    return np.unique(keys, return_counts=True)


def in_turns(contestants, rounds):
    """Seconds of every contestant in every round."""
    times = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, count in contestants.items():
            start = time.perf_counter()
            count()
            times[name].append(time.perf_counter() - start)
    return times


def report(title, times, baseline):
    """A line for every contestant: median, and how many times as fast as the baseline."""
    print(title)
    for name, seconds in times.items():
        ratio = statistics.median(
            base / own for base, own in zip(times[baseline], seconds, strict=True)
        )
        print(f"  {name:36} {statistics.median(seconds) * 1e3:10.2f} ms  {ratio:8.1f} times")


def speed(title, true, pred):
    """Time counting alone, and the whole of `panoptic_quality`, against `np.unique`."""
    sides = [np.array([0, *sorted(s["id"] for s in info)]) for _, info in (true, pred)]
    ours = count_pairs(true[0], pred[0], *sides)
    keys, pixels = two_uniques(true[0], pred[0])
    assert np.array_equal(keys >> np.uint64(24), sides[0][ours.rows])
    assert np.array_equal(pixels, ours.pixels)
    contestants = {
        "two np.unique": lambda: two_uniques(true[0], pred[0]),
        "count_pairs": lambda: count_pairs(true[0], pred[0], *sides),
        "panoptic_quality, checks and matching": lambda: panoptic_quality(true, pred, CATEGORIES),
    }
    report(title, in_turns(contestants, ROUNDS), "two np.unique")


def against_torchmetrics(true, pred):
    """The same pair through torchmetrics, if it is there."""
    try:
        import torch
        from torchmetrics.detection import PanopticQuality as Theirs
    except ImportError:
        print("torchmetrics is not installed: no comparison")
        return
    torch.set_num_threads(2)
    stacks = []
    for ids, info in (true, pred):
        kinds = np.zeros(int(ids.max()) + 1, np.int64)
        for segment in info:
            kinds[segment["id"]] = segment["category_id"]
        stacks.append(torch.from_numpy(np.stack([kinds[ids], ids.astype(np.int64)], -1))[None])
    # All categories as things: of a stuff class, torchmetrics joins the segments to one.
    theirs = Theirs(things=set(CATEGORIES), stuffs=set())
    ours = PanopticQuality(CATEGORIES)
    contestants = {
        "torchmetrics PanopticQuality.update": lambda: theirs.update(stacks[1], stacks[0]),
        "PanopticQuality.update": lambda: ours.update(true, pred),
    }
    times = in_turns(contestants, SLOW_ROUNDS)
    report("coherent, small ids", times, "torchmetrics PanopticQuality.update")
    print(f"  PQ {ours.result()['all']['pq']:.6f}, theirs {float(theirs.compute()):.6f}")


def memory(title, true, pred):
    """The most memory held at a time, as a multiple of the two maps."""
    tracemalloc.start()
    panoptic_quality(true, pred, CATEGORIES)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(f"{title}: {peak / (true[0].nbytes + pred[0].nbytes):.2f} times the two maps")


def growth(rng, updates=500):
    """Memory still held after 500 updates, against that after one."""
    pairs = [pair(rng, coherent, 1 << 24, (480, 640), 30) for _ in range(5)]
    quality = PanopticQuality(CATEGORIES)
    tracemalloc.start()
    quality.update(*pairs[0])
    before = tracemalloc.get_traced_memory()[0]
    for k in range(updates):
        quality.update(*pairs[k % len(pairs)])
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    print(f"{updates} pairs of 480×640: {grown} bytes more than after one")


def main():
    """Print speed, then memory."""
    rng = np.random.default_rng(0)
    print(f"NumPy {np.__version__}, {ROUNDS} rounds")
    for draw in (coherent, noise):
        for most in (SEGMENTS + 1, 1 << 24):
            title = f"{draw.__name__}, {SEGMENTS} segments a side, ids below {most}"
            maps = pair(rng, draw, most)
            speed(title, *maps)
            memory("  memory", *maps)
    for segments in MANY:
        for most in (segments + 1, 1 << 24):
            title = f"noise, {segments} segments a side, ids below {most}"
            speed(title, *pair(rng, noise, most, SHAPE, segments))
    growth(rng)
    true, _ = pair(rng, coherent, SEGMENTS + 1)
    # The truth moved by some pixels, so that most segments match.
    against_torchmetrics(true, (np.roll(true[0], (8, 12), (0, 1)), true[1]))


if __name__ == "__main__":
    main()
