import numpy as np
import pytest

from segcourse.metrics import panoptic_map

CATEGORIES = {
    0: {"name": "sky", "isthing": 0},
    3: {"name": "cat", "isthing": 1},
    300: {"name": "dog", "isthing": 1},
}


def test_segments_by_class_then_instance():
    classes = np.array([[0, 0, 3, 3], [300, 255, 3, 3]])
    instances = np.array([[8, 9, 70000, 1], [1, 5, 1, 1]])
    ids, segments = panoptic_map(classes, instances, CATEGORIES)
    # The sky is one segment whatever its instances; instance 1 is a cat and a dog.
    np.testing.assert_array_equal(ids, [[1, 1, 3, 2], [4, 0, 2, 2]])
    assert ids.dtype == np.int32
    assert segments == [
        {"id": 1, "category_id": 0, "iscrowd": 0, "area": 2, "bbox": [0, 0, 2, 1]},
        {"id": 2, "category_id": 3, "iscrowd": 0, "area": 3, "bbox": [2, 0, 2, 2]},
        {"id": 3, "category_id": 3, "iscrowd": 0, "area": 1, "bbox": [2, 0, 1, 1]},
        {"id": 4, "category_id": 300, "iscrowd": 0, "area": 1, "bbox": [0, 1, 1, 1]},
    ]


@pytest.mark.parametrize("dtype", ["uint8", "int64", "uint16"])
def test_every_pair_of_class_and_instance_is_a_segment(dtype):
    rng = np.random.default_rng(0)
    categories = {3 * k: {"name": str(k), "isthing": k % 2} for k in range(6)}
    classes = rng.choice([*categories, 255], (30, 40)).astype(dtype)
    instances = rng.integers(0, 200, (30, 40)).astype(dtype)
    ids, segments = panoptic_map(classes, instances, categories)
    kinds = {segment["id"]: segment["category_id"] for segment in segments}
    names = {}
    for number, kind, instance in zip(ids.flat, classes.flat, instances.flat, strict=True):
        if kind == 255:
            assert number == 0
            continue
        assert kinds[number] == kind
        key = (kind, instance) if kind % 2 else (kind,)
        assert names.setdefault(key, number) == number
    assert len(set(names.values())) == len(names) == len(segments)


def test_nothing_but_void():
    ids, segments = panoptic_map(np.full((2, 3), 255), np.zeros((2, 3), int), CATEGORIES)
    assert segments == [] and not ids.any()


def test_instances_are_not_read_on_stuff_and_void():
    ids, _ = panoptic_map([[0, 255, 3]], [[-1, -5, 2]], CATEGORIES)
    np.testing.assert_array_equal(ids, [[1, 0, 2]])


@pytest.mark.parametrize(
    ("classes", "instances", "void", "words"),
    [
        ([[0, 3]], [[0, 1, 2]], 255, r"`classes` and `instances` .*\(1, 2\) and \(1, 3\)"),
        ([[0, 4]], [[0, 1]], 255, "`classes` .*Received: 4"),
        ([[0, 255]], [[0, 1]], 9, "`classes` .*Received: 255"),
        ([[0, 3]], [[0, -1]], 255, "`instances` .*Received: -1"),
        ([[0, 3.0]], [[0, 1]], 255, "`classes` .*float64"),
        ([[0, 3]], [[0.5, 1]], 255, "`instances` .*float64"),
        ([0, 3], [0, 1], 255, r"`classes` .*\(2,\)"),
        ([[0, 3]], [[0, 1]], 3, "`void` .*void=3"),
        ([[0, 3]], [[0, 1]], None, "`void` .*void=None"),
    ],
)
def test_bad_input(classes, instances, void, words):
    with pytest.raises(ValueError, match=words):
        panoptic_map(classes, instances, CATEGORIES, void=void)


def test_the_image_is_named():
    with pytest.raises(ValueError, match="^Image 139: `classes`"):
        panoptic_map([[0, 4]], [[0, 1]], CATEGORIES, name=139)
