"""`instance_map` against independent implementations, and the example of its text."""

import numpy as np

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
