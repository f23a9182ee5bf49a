"""`instance_map` against others, its example, and what students write."""

import numpy as np
import pytest

from segcourse.exercises.week1.instance_map import instance_map as exercise

instance_map = exercise.right.build()


def test_instance_map_is_that_of_the_scenes(scenes):
    for one in scenes:
        result = instance_map(one["panoptic"], one["segments_info"], (3, 4))
        np.testing.assert_array_equal(result, one["instances"])


def test_instance_map_by_hand_with_a_crowd():
    info = [
        {"id": i, "category_id": c, "iscrowd": crowd}
        for i, c, crowd in [(8, 4, 0), (2, 3, 1), (5, 0, 0), (6, 3, 0)]
    ]
    panoptic = np.array([[8, 2, 5], [6, 0, 8]])
    result = instance_map(panoptic, info, (3, 4))
    assert result.tolist() == [[1, 255, 0], [2, 255, 1]]
    assert instance_map(panoptic, info, (4,)).tolist() == [[1, 0, 0], [0, 255, 1]]


def test_instance_map_example():
    info = [{"id": i, "category_id": c, "iscrowd": 0} for i, c in [(7, 0), (4, 3), (9, 3)]]
    result = instance_map(np.array([[7, 0, 9, 4]]), info, (3, 4))
    assert result.tolist() == [[0, 255, 2, 1]]


# Wrong answers that no case told from the right one once.
REFUSED = [
    """out = np.where(panoptic == 0, 255, 0)
n = 0
for s in segments_info:
    if s["category_id"] >= min(things):
        n += 1 - s["iscrowd"]
        out[panoptic == s["id"]] = 255 if s["iscrowd"] else n
return out""",
    """out = np.where(panoptic == panoptic.min(), 255, 0)
n = 0
for s in segments_info:
    if s["category_id"] in things:
        n += 1 - s["iscrowd"]
        out[panoptic == s["id"]] = 255 if s["iscrowd"] else n
return out""",
]

# Wrong answers as students write them, and the mistake that is recognised.
SAID = [
    (
        "order of the ids",
        """out = np.zeros(panoptic.shape, np.uint8)
out[panoptic == 0] = 255
info = {s["id"]: s for s in segments_info}
n = 0
for i in np.unique(panoptic[panoptic > 0]):
    if info[i]["category_id"] in things:
        if info[i]["iscrowd"]:
            out[panoptic == i] = 255
        else:
            n += 1
            out[panoptic == i] = n
return out""",
    ),
    (
        "ids kept",
        """out = panoptic.copy()
out[panoptic == 0] = 255
for s in segments_info:
    if s["category_id"] not in things:
        out[panoptic == s["id"]] = 0
    elif s["iscrowd"]:
        out[panoptic == s["id"]] = 255
return out""",
    ),
    (
        "things typed in",
        """out = np.zeros(panoptic.shape, np.uint8)
out[panoptic == 0] = 255
n = 1
for s in segments_info:
    if s["category_id"] in (3, 4):
        if s["iscrowd"] == 1:
            out[panoptic == s["id"]] = 255
        else:
            out[panoptic == s["id"]] = n
            n += 1
return out""",
    ),
    (
        "pieces of each class",
        """from scipy.ndimage import label
out = np.zeros(panoptic.shape, np.uint8)
n = 0
for thing in things:
    ids = [s["id"] for s in segments_info if s["category_id"] == thing]
    pieces, count = label(np.isin(panoptic, ids))
    out[pieces > 0] = pieces[pieces > 0] + n
    n += count
out[panoptic == 0] = 255
return out""",
    ),
    (
        "stuff with iscrowd is 255",
        """out = np.zeros(panoptic.shape, np.uint8)
out[panoptic == 0] = 255
n = 0
for s in segments_info:
    mask = panoptic == s["id"]
    if s["iscrowd"]:
        out[mask] = 255
    elif s["category_id"] in things:
        n += 1
        out[mask] = n
return out""",
    ),
]


@pytest.mark.parametrize("body", REFUSED)
@pytest.mark.parametrize("seed", range(4))
def test_instance_map_refuses_by_its_cases(refused_by_cases, body, seed):
    refused_by_cases(exercise, body, seed)


@pytest.mark.parametrize("mistake, body", SAID)
def test_instance_map_says_what_was_done(recognised, mistake, body):
    recognised(exercise, body, mistake, "instance_map")
