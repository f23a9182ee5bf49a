"""What the text of week 1 says of its figures."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from segcourse import data
from segcourse.data.drawing.animal import draw_build
from segcourse.data.scenes import KEYPOINTS

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "week1_tasks_overview.ipynb"


@pytest.fixture(scope="module")
def source():
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    return {cell["id"]: "".join(cell["source"]) for cell in cells}


@pytest.fixture(scope="module")
def val():
    return data.load("scenes").val


@pytest.fixture(scope="module")
def scene(source, val):
    return val[int(re.search(r"val\[(\d+)\]", source["scene"]).group(1))]


def slices(code):
    return [
        slice(*map(int, found.split(", "))) for found in re.findall(r"slice\(([\d, ]+)\)", code)
    ]


def test_the_scene_has_two_cats_and_a_dog_and_none_is_hidden(scene):
    assert sorted(scene["box_classes"].tolist()) == [3, 3, 4]
    # Every keypoint is seen but the dog's nose, which is outside of the image.
    states = scene["keypoints"][..., 2]
    unseen = np.argwhere(states != 2).tolist()
    dog = scene["box_classes"].tolist().index(4)
    assert unseen == [[dog, KEYPOINTS.index("nose")]] and states[dog, unseen[0][1]] == 0


def test_the_largest_box_is_a_cat_s(scene):
    sizes = (scene["boxes"][:, 2:] - scene["boxes"][:, :2]).prod(axis=1)
    assert scene["box_classes"][sizes.argmax()] == 3


def test_the_part_of_the_label_map_holds_the_ears_of_a_cat(source, scene):
    rows, columns = slices(source["label-numbers"])
    ears = [KEYPOINTS.index("near_ear"), KEYPOINTS.index("far_ear")]
    inside = [
        all(
            columns.start <= x < columns.stop and rows.start <= y < rows.stop
            for x, y, _ in scene["keypoints"][number, ears].tolist()
        )
        for number in np.flatnonzero(scene["box_classes"] == 3)
    ]
    assert any(inside)
    assert {3, 255} < set(np.unique(scene["label"][rows, columns]).tolist())


def test_the_three_maps_show_every_animal(source, scene):
    part = tuple(slices(source["maps-image"]))
    assert {4, 5, 6} <= set(np.unique(scene["panoptic"][part]).tolist())
    assert {3, 4, 255} <= set(np.unique(scene["label"][part]).tolist())
    assert {0, 1, 2, 3} <= set(np.unique(scene["instances"][part]).tolist())


def test_about_a_third_of_each_box_is_its_animal(scene):
    for number, (left, top, right, bottom) in enumerate(scene["boxes"].tolist(), start=1):
        assert 0.25 < np.mean(scene["instances"][top:bottom, left:right] == number) < 0.4


def test_one_dog_in_four_has_pointed_ears_and_every_cat():
    rng = np.random.default_rng(0)
    dogs = [draw_build(rng, "dog") for _ in range(2000)]
    cats = [draw_build(rng, "cat") for _ in range(200)]
    assert 0.2 < np.mean([dog.ear == "point" for dog in dogs]) < 0.3
    assert all(cat.ear == "point" for cat in cats)
    assert min(dog.snout for dog in dogs) > max(cat.snout for cat in cats)


def test_the_crops_hold_the_nose_inside_the_box(val):
    crops = data.animals(val, size=24, part="head", repeats=2, seed=1)
    nose = crops.keypoints[:, KEYPOINTS.index("nose")]
    seen = nose[:, 2] > 0
    left, top, right, bottom = crops.boxes[seen].T
    x, y, _ = nose[seen].T
    assert np.mean((left <= x) & (x <= right) & (top <= y) & (y <= bottom)) > 0.99
    assert 0.45 < np.mean(crops.classes == 0) < 0.55


def test_the_classes_with_edges_are_few_of_the_pixels_of_the_joined_scenes(source, val):
    four = json.loads(re.search(r"four = (\[.*\])", source["big-image"]).group(1))
    labels = val.labels[four]
    assert np.isin(labels, (2, 3, 4)).mean() < 0.3


def test_most_patches_of_trees_cats_and_dogs_hold_an_edge():
    labels = data.load("scenes").train.labels[:40]
    windows = np.lib.stride_tricks.sliding_window_view(labels, (17, 17), axis=(1, 2))
    middles = labels[:, 8:-8, 8:-8]
    small = np.isin(middles, (2, 3, 4))
    edge = windows[small].max(axis=(1, 2)) != windows[small].min(axis=(1, 2))
    assert edge.mean() > 0.5


def test_the_cells_lie_close_together(source):
    seed = int(re.search(r"cells\(1, seed=(\d+)\)", source["cells"]).group(1))
    _, labels, numbers = data.cells(1, seed=seed)
    rows, columns = np.nonzero(labels[0])
    assert abs(rows.mean() - 32) < 8 and abs(columns.mean() - 32) < 8
    assert numbers.max() >= 8
