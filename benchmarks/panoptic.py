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

import tracemalloc

import numpy as np
import stored
import turns
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


def speed(title, true, pred, rounds):
    """Time counting alone, and the whole of `panoptic_quality`, against `np.unique`."""
    sides = [np.array([0, *sorted(s["id"] for s in info)]) for _, info in (true, pred)]
    ours = count_pairs(true[0], pred[0], *sides)
    keys, pixels = two_uniques(true[0], pred[0])
    assert np.array_equal(keys >> np.uint64(24), sides[0][ours.rows])
    assert np.array_equal(pixels, ours.pixels)
    contestants = {
        "two np.unique": lambda: two_uniques(true[0], pred[0]),
        "count_pairs": lambda: count_pairs(true[0], pred[0], *sides),
        "panoptic_quality": lambda: panoptic_quality(true, pred, CATEGORIES),
    }
    times = turns.in_turns(contestants, rounds)
    for name, seconds in times.items():
        yield f"{title}: {name}", turns.against(seconds, times["two np.unique"], inverted=True)


def against_torchmetrics(true, pred):
    """The same pair through torchmetrics, if it is there."""
    try:
        import torch
        from torchmetrics.detection import PanopticQuality as Theirs
    except ImportError:
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
        "torchmetrics": lambda: theirs.update(stacks[1], stacks[0]),
        "PanopticQuality.update": lambda: ours.update(true, pred),
    }
    times = turns.in_turns(contestants, SLOW_ROUNDS, warm=0)
    for name, seconds in times.items():
        row = turns.against(seconds, times["torchmetrics"], inverted=True)
        result = theirs.compute() if name == "torchmetrics" else ours.result()["all"]["pq"]
        yield f"an update: {name}", {**row, "PQ": float(result)}


def memory(true, pred):
    """The most memory held at a time, as a multiple of the two maps."""
    tracemalloc.start()
    panoptic_quality(true, pred, CATEGORIES)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return {"times the two maps": stored.digits(peak / (true[0].nbytes + pred[0].nbytes))}


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
    return {"bytes more than after one": grown}


def measure(options):
    """Speed, then memory."""
    rng = np.random.default_rng(0)
    rounds = 7 if options.quick else ROUNDS
    for draw in (coherent, noise):
        for most, ids in ((SEGMENTS + 1, "small ids"), (1 << 24, "large ids")):
            title = f"{draw.__name__}, {ids}"
            maps = pair(rng, draw, most)
            yield from speed(title, *maps, rounds)
            yield f"{title}: memory", memory(*maps)
    for segments in MANY:
        for most, ids in ((segments + 1, "small ids"), (1 << 24, "large ids")):
            maps = pair(rng, noise, most, SHAPE, segments)
            yield from speed(f"noise, {segments} segments, {ids}", *maps, rounds)
    updates = 100 if options.quick else 500
    yield f"{updates} pairs of 480×640: memory held", growth(rng, updates)
    true, _ = pair(rng, coherent, SEGMENTS + 1)
    # The truth moved by some pixels, so that most segments match.
    if not options.quick:
        yield from against_torchmetrics(true, (np.roll(true[0], (8, 12), (0, 1)), true[1]))


if __name__ == "__main__":
    stored.command_line(__doc__, measure)
