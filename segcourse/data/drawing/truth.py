"""Exact truth out of one map: who owns each pixel."""

import numpy as np

VOID = 255
THINGS_FROM = 4  # ids below belong to stuff, one segment a class; from here on one id an animal


def outline(owner):
    """Pixels outside an animal that touch it (4 neighbours): bool [h, w].

    Where two animals touch, the one in front (the higher id) keeps its pixels and the outline
    falls on the other. No animal loses a pixel to its own outline, so legs and tails stay.
    """
    padded = np.pad(owner, 1, mode="edge")
    neighbours = np.stack(
        [padded[:-2, 1:-1], padded[2:, 1:-1], padded[1:-1, :-2], padded[1:-1, 2:]]
    )
    highest = neighbours.max(axis=0)
    return (highest >= THINGS_FROM) & (highest > owner)


def segments(panoptic, categories):
    """COCO's segments_info of an id map.

    Args:
        panoptic: int [h, w], 0 void.
        categories: dict of id to category id, for every id that may appear.

    Returns:
        List of dicts with COCO's keys id, category_id, iscrowd, area (pixels) and
        bbox [x, y, width, height], in the order of ids; ids without a pixel are left out.
    """
    found = []
    for number in np.unique(panoptic):
        if number == 0:
            continue
        rows, columns = np.nonzero(panoptic == number)
        x, y = int(columns.min()), int(rows.min())
        found.append(
            {
                "id": int(number),
                "category_id": int(categories[int(number)]),
                "iscrowd": 0,
                "area": int(len(rows)),
                "bbox": [x, y, int(columns.max()) - x + 1, int(rows.max()) - y + 1],
            }
        )
    return found


def semantic(panoptic, categories):
    """Class ids uint8 [h, w] out of an id map; void is 255."""
    table = np.full(int(max([*categories, int(panoptic.max())])) + 1, VOID, "uint8")
    for number, category in categories.items():
        table[number] = category
    table[0] = VOID
    return table[panoptic]
