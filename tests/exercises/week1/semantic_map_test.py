"""`semantic_map` against others, its example, and what students write."""

import numpy as np
import pytest

from segcourse.exercises.week1.semantic_map import semantic_map as exercise

semantic_map = exercise.right.build()


def test_semantic_map_is_the_label_map_of_the_scenes(scenes):
    for one in scenes:
        result = semantic_map(one["panoptic"], one["segments_info"])
        np.testing.assert_array_equal(result, one["label"])


def test_semantic_map_example():
    info = [{"id": 7, "category_id": 0}, {"id": 9, "category_id": 4}]
    result = semantic_map(np.array([[7, 7, 0, 9]]), info)
    assert result.tolist() == [[0, 0, 255, 4]]


# Wrong answers that no case told from the right one once.
REFUSED = [
    """out = np.full(panoptic.shape, 255)
for s in segments_info:
    out[panoptic == s["id"]] = s["category_id"]
out[panoptic == panoptic.min()] = 255
return out""",
    """lut = np.full(256, 255)
for s in segments_info:
    lut[s["id"]] = s["category_id"]
return lut[panoptic]""",
    """small = panoptic.astype("uint8")
out = np.full(panoptic.shape, 255)
for s in segments_info:
    out[small == s["id"]] = s["category_id"]
return out""",
]

# Wrong answers as students write them, and the mistake that is recognised.
SAID = [
    (
        "number in the list taken for the id",
        """out = np.full(panoptic.shape, 255, np.uint8)
for i, s in enumerate(segments_info, 1):
    out[panoptic == i] = s["category_id"]
return out""",
    ),
    (
        "only things",
        """out = np.full(panoptic.shape, 255, np.uint8)
for s in segments_info:
    if s["category_id"] >= 3:
        out[panoptic == s["id"]] = s["category_id"]
return out""",
    ),
    (
        "0 made void at the end",
        """out = np.zeros_like(panoptic, dtype="uint8")
for s in segments_info:
    out[panoptic == s["id"]] = s["category_id"]
return np.where(out == 0, 255, out)""",
    ),
    (
        "void not in the dict",
        """d = {s["id"]: s["category_id"] for s in segments_info}
out = np.empty(panoptic.shape, int)
for i, row in enumerate(panoptic):
    for j, number in enumerate(row):
        out[i, j] = d[number]
return out""",
    ),
    (
        "floats",
        """out = np.zeros(panoptic.shape)
out[panoptic == 0] = 255
for s in segments_info:
    out[panoptic == s["id"]] = s["category_id"]
return out""",
    ),
    (
        "a key that need not be there",
        """out = np.full(panoptic.shape, 255, np.uint8)
for s in segments_info:
    x, y, w, h = s["bbox"]
    out[y:y + h, x:x + w] = s["category_id"]
return out""",
    ),
]


@pytest.mark.parametrize("body", REFUSED)
@pytest.mark.parametrize("seed", range(4))
def test_semantic_map_refuses_by_its_cases(refused_by_cases, body, seed):
    refused_by_cases(exercise, body, seed)


@pytest.mark.parametrize("mistake, body", SAID)
def test_semantic_map_says_what_was_done(recognised, mistake, body):
    recognised(exercise, body, mistake, "semantic_map")
