"""`semantic_map` against independent implementations, and the example of its text."""

import numpy as np

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
