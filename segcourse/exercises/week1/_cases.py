"""What several exercises of week 1 check with, and how they show a map that is wrong."""

import numpy as np

from segcourse.exercises.judging.compare import plain


def panoptic_case(rng, ids, categories, crowds, void=True, size=None):
    """A panoptic map whose pixels are dealt to segments, and its segments_info.

    Args:
        rng: a `numpy.random.Generator`.
        ids, categories, crowds: of the segments, in the order of segments_info.
        void: whether there is void.
        size: (height, width); each segment and the void need a pixel. 5 and 7 in one order or the
            other without it.
    """
    height, width = rng.permutation([5, 7]) if size is None else size
    owners = np.array([*ids, 0] if void else ids, "int32")
    dealt = np.arange(height * width) % len(owners)
    dealt[2 * len(owners) :] = rng.integers(0, len(owners), len(dealt[2 * len(owners) :]))
    panoptic = owners[rng.permutation(dealt).reshape(height, width)]
    info = [
        {"id": int(number), "category_id": int(category), "iscrowd": int(crowd)}
        for number, category, crowd in zip(ids, categories, crowds, strict=True)
    ]
    return panoptic, info


def mixed_case(rng):
    """Two things of class 3, one of class 4, a crowd of class 3 between them, stuff, and void.

    The first thing's class is the id of a later segment; the ids are in no order.
    """
    ids = [int(n) for n in rng.choice(np.arange(30, 200), 6, replace=False)]
    ids[0], ids[1] = max(ids[:2]), min(ids[:2])
    ids[2] = 3
    return panoptic_case(rng, ids, [0, 3, 1, 3, 4, 3], [0, 0, 0, 1, 0, 0])


def case_without_void(rng):
    """Small ids in no order, and no void, so the smallest id is a segment like any other."""
    ids = 1 + rng.permutation(5)
    while 1 not in ids[1:3]:  # the smallest id is that of stuff
        ids = 1 + rng.permutation(5)
    return panoptic_case(rng, ids, [3, 2, 4, 0, 3], [0, 0, 0, 1, 0], void=False)


def case_with_large_ids(rng):
    """Ids that do not fit into uint8: cut to it, two are the same and one is 0, like void."""
    low = int(rng.integers(1, 200))
    ids = [512, 256 + low, low, int(rng.integers(1000, 60_000))]
    return panoptic_case(rng, ids, [3, 1, 4, 2], [0, 0, 0, 0])


def case_of_one_segment(rng, category, size):
    """One segment that fills the map."""
    return panoptic_case(rng, [int(rng.integers(1, 300))], [category], [0], void=False, size=size)


def any_panoptic(rng):
    """A panoptic map of any size: one segment, none, no void, ids with gaps, further keys."""
    height, width = (int(n) for n in rng.integers(1, 8, 2))
    void = bool(rng.random() < 0.6)
    number = int(rng.integers(0 if void else 1, min(7, height * width - void + 1)))
    number = 0 if void and rng.random() < 0.3 else number
    last = int(rng.choice([8, 300, 100_000]))
    ids = 1 + rng.choice(last, number, replace=False)
    categories = rng.integers(0, rng.choice([2, 5, 255]), number)
    panoptic, info = panoptic_case(
        rng, ids, categories, rng.random(number) < 0.3, void, (height, width)
    )
    if rng.random() < 0.3:
        for segment in info:
            segment["area"] = int((panoptic == segment["id"]).sum())
    return panoptic.astype(str(rng.choice(["int32", "int64"]))), info


def maps_side_by_side(case, got, expected):
    """The panoptic map, and what was made of it: wrong pixels are marked in the student's."""
    import matplotlib.pyplot as plt

    from segcourse import plots  # not needed, and slow to import, until an answer is wrong

    panoptic, got, expected = (np.asarray(plain(m)) for m in (case.args[0], got, expected))
    wrong = got != expected if got.shape == expected.shape else None
    figure, axes = plt.subplots(1, 3, figsize=(12, 3.4))
    maps = {"panoptic: ids": panoptic, "yours": got, "expected": expected}
    for ax, (title, values) in zip(axes, maps.items(), strict=True):
        if values.ndim == 2 and 0 < values.size and max(values.shape) <= 32:
            mine = title == "yours" and wrong is not None
            title += ": the wrong pixels are marked" if mine else ""
            plots.numbers(values, ax=ax, title=title, highlight=wrong if mine else None)
        else:
            ax.set_title(f"{title}: shape {values.shape}")
            ax.axis("off")
    return figure
