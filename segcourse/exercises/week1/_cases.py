"""What several exercises of week 1 check with."""

import numpy as np


def panoptic_case(rng):
    """A small panoptic map with its segments_info.

    Two things of class 3, one of class 4, a crowd of class 3 between them, two kinds of stuff,
    and void. The first segment's class is the id of a later one.
    """
    height, width = (int(n) for n in rng.permutation([7, 9]))
    ids = [int(n) for n in rng.choice(np.arange(30, 200), 6, replace=False)]
    ids[2] = 3
    categories = [0, 3, 1, 3, 3, 4]
    crowds = [0, 0, 0, 1, 0, 0]
    owner = rng.integers(0, 6, height * width)
    owner[:12] = np.repeat(np.arange(6), 2)
    panoptic = np.array(ids, "int32")[rng.permutation(owner).reshape(height, width)]
    panoptic[rng.integers(height), :3] = 0
    info = []
    for number, category, crowd in zip(ids, categories, crowds, strict=True):
        rows, columns = np.nonzero(panoptic == number)
        if not len(rows):  # the void took its last pixel
            panoptic[-1, -1] = number
            rows, columns = np.nonzero(panoptic == number)
        x, y = int(columns.min()), int(rows.min())
        info.append(
            {
                "id": number,
                "category_id": category,
                "iscrowd": crowd,
                "area": len(rows),
                "bbox": [x, y, int(columns.max()) - x + 1, int(rows.max()) - y + 1],
            }
        )
    return panoptic, info
