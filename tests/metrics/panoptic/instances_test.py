import numpy as np
import pytest

from segcourse.metrics import from_semantic

CATEGORIES = {
    0: {"name": "sky", "isthing": 0},
    3: {"name": "cat", "isthing": 1},
    5: {"name": "dog", "isthing": 1},
}
LABELS = np.array(
    [
        [3, 3, 0, 0, 5],
        [0, 0, 3, 0, 5],
        [255, 0, 0, 0, 3],
        [3, 255, 0, 0, 3],
    ]
)


def test_blobs_touch_at_corners_and_only_within_a_class():
    ids, segments = from_semantic(LABELS, CATEGORIES)
    np.testing.assert_array_equal(
        ids, [[2, 2, 1, 1, 5], [1, 1, 2, 1, 5], [0, 1, 1, 1, 3], [4, 0, 1, 1, 3]]
    )
    assert [segment["category_id"] for segment in segments] == [0, 3, 3, 3, 5]
    assert [segment["area"] for segment in segments] == [10, 3, 2, 1, 2]


@pytest.mark.parametrize(
    ("min_area", "kept"), [(1, [3, 2, 1, 2]), (2, [3, 2, 2]), (3, [3]), (4, [])]
)
def test_small_blobs_become_void(min_area, kept):
    ids, segments = from_semantic(LABELS, CATEGORIES, min_area=min_area)
    assert [segment["area"] for segment in segments] == [10, *kept]
    assert np.count_nonzero(ids == 0) == 2 + 8 - sum(kept)


def flood(labels, category):
    """Blobs of one class, by walking from pixel to pixel."""
    left = set(zip(*np.nonzero(labels == category), strict=True))
    blobs = []
    while left:
        blob, edge = set(), [left.pop()]
        while edge:
            i, j = edge.pop()
            blob.add((int(i), int(j)))
            near = {(i + a, j + b) for a in (-1, 0, 1) for b in (-1, 0, 1)} & left
            left -= near
            edge.extend(near)
        blobs.append(frozenset(blob))
    return set(blobs)


def test_the_blobs_are_those_of_a_walk_over_the_pixels():
    rng = np.random.default_rng(0)
    for _ in range(10):
        labels = rng.choice([0, 3, 5, 255], (12, 15)).astype("uint8")
        before = labels.copy()
        ids, segments = from_semantic(labels, CATEGORIES, min_area=3)
        np.testing.assert_array_equal(labels, before)
        for category in (3, 5):
            found = {
                frozenset(zip(*(axis.tolist() for axis in np.nonzero(ids == s["id"])), strict=True))
                for s in segments
                if s["category_id"] == category
            }
            assert found == {blob for blob in flood(labels, category) if len(blob) >= 3}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"labels": LABELS + 1}, "`labels` .*Received: 1, 4, 6, 256"),
        ({"labels": LABELS / 2}, "`labels` .*float64"),
        ({"labels": LABELS[None]}, r"`labels` .*\(1, 4, 5\)"),
        ({"min_area": 0}, "`min_area` .*min_area=0"),
        ({"min_area": 2.5}, "`min_area` .*min_area=2.5"),
        ({"void": 5}, "`void` .*void=5"),
        ({"categories": {}}, "`categories`"),
    ],
)
def test_bad_input(arguments, words):
    with pytest.raises(ValueError, match=words):
        from_semantic(**{"labels": LABELS, "categories": CATEGORIES, **arguments})


@pytest.mark.parametrize("dtype", ["uint8", "int64"])
@pytest.mark.parametrize("void", [-1, 300, np.uint8(255)])
def test_any_integer_can_be_void(dtype, void):
    categories = {0: {"name": "sky", "isthing": 0}, 1: {"name": "dog", "isthing": 1}}
    labels = np.array([[0, 1, 0, 1, 1]], dtype)
    ids, segments = from_semantic(labels, categories, min_area=np.uint8(2), void=void)
    assert ids.tolist() == [[1, 0, 1, 2, 2]]
    assert [segment["area"] for segment in segments] == [2, 2]
