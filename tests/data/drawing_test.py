import numpy as np
import pytest

from segcourse.data.drawing import CATEGORIES, CLASSES, KEYPOINTS, draw, shapes, truth

SEEDS = tuple(range(30_000, 30_024))


@pytest.fixture(scope="module")
def scenes():
    return [draw(seed) for seed in SEEDS]


def test_a_seed_gives_one_scene_whatever_was_drawn_before(scenes):
    np.random.seed(3)
    again = draw(SEEDS[5])
    np.testing.assert_array_equal(again.image, scenes[5].image)
    np.testing.assert_array_equal(again.panoptic, scenes[5].panoptic)
    np.testing.assert_array_equal(again.keypoints, scenes[5].keypoints)
    assert (draw(SEEDS[6]).image != again.image).any()


def test_shapes_and_types(scenes):
    for scene in scenes:
        assert scene.image.shape == (128, 128, 3) and scene.image.dtype == np.uint8
        assert scene.label.shape == (128, 128) and scene.label.dtype == np.uint8
        assert set(np.unique(scene.label)) <= {0, 1, 2, 3, 4, 255}
        assert 1 <= len(scene.keypoints) <= 3


def test_semantic_truth_is_the_panoptic_truth_without_its_instances(scenes):
    for scene in scenes:
        expected = np.full(scene.panoptic.shape, 255)
        for number, category in scene.categories.items():
            expected[scene.panoptic == number] = category
        np.testing.assert_array_equal(scene.label, expected)


def widened(mask):
    """`mask` and its 4-neighbours."""
    wide = mask.copy()
    wide[1:] |= mask[:-1]
    wide[:-1] |= mask[1:]
    wide[:, 1:] |= mask[:, :-1]
    wide[:, :-1] |= mask[:, 1:]
    return wide


def test_void_is_the_outline_of_animals_and_nothing_else(scenes):
    for scene in scenes:
        animal, void = scene.panoptic >= truth.THINGS_FROM, scene.panoptic == 0
        near = widened(animal)
        assert (near & void).sum() > 0.95 * void.sum()
        # Further off only where a second animal's outline took a pixel of the first.
        assert not (void & ~widened(near)).any()
        # What touches an animal is itself or void: no animal borders on stuff.
        assert not (near & (scene.panoptic > 0) & ~animal).any()


def test_segments_areas_and_boxes_match_their_masks(scenes):
    for scene in scenes:
        info = truth.segments(scene.panoptic, scene.categories)
        assert sum(one["area"] for one in info) == (scene.panoptic > 0).sum()
        for one in info:
            mask = scene.panoptic == one["id"]
            x, y, width, height = one["bbox"]
            assert one["area"] == mask.sum() > 0
            assert mask[y : y + height, x : x + width].sum() == one["area"]
            for edge in (mask[y], mask[y + height - 1], mask[:, x], mask[:, x + width - 1]):
                assert edge.any()  # the box hugs it on all four sides


def test_visible_keypoints_lie_on_their_animal(scenes):
    seen = 0
    for scene in scenes:
        assert scene.keypoints.shape[1:] == (len(KEYPOINTS), 3)
        for k, rows in enumerate(scene.keypoints):
            for x, y, visibility in rows:
                assert 0 <= x < 128 and 0 <= y < 128 and visibility in (0, 1, 2)
                if visibility == 2:
                    seen += 1
                    assert scene.panoptic[y, x] == truth.THINGS_FROM + k
    assert seen > 5 * len(scenes)


def test_the_set_is_varied(scenes):
    animals = [c for s in scenes for i, c in s.categories.items() if i >= truth.THINGS_FROM]
    assert {3, 4} == set(animals)
    assert len({len(s.keypoints) for s in scenes}) > 1
    brightness = [s.image.mean() for s in scenes]
    assert np.std(brightness) > 10
    horizon = [(s.label == 0).mean() for s in scenes]
    assert np.std(horizon) > 0.03


def test_colour_alone_does_not_tell_cats_from_dogs(scenes):
    """The mean colours of the two species lie closer together than each one scatters."""
    colours = {3: [], 4: []}
    for scene in scenes:
        for number, category in scene.categories.items():
            if number >= truth.THINGS_FROM:
                colours[category].append(scene.image[scene.panoptic == number].mean(axis=0))
    cats, dogs = np.array(colours[3]), np.array(colours[4])
    between = np.abs(cats.mean(axis=0) - dogs.mean(axis=0))
    within = 0.5 * (cats.std(axis=0) + dogs.std(axis=0))
    assert (between < within).all()


def test_categories_say_what_is_a_thing():
    assert [CATEGORIES[i]["name"] for i in range(5)] == list(CLASSES)
    assert [CATEGORIES[i]["isthing"] for i in range(5)] == [0, 0, 0, 1, 1]


@pytest.mark.parametrize(
    "shape, area",
    [
        (lambda x, y: shapes.capsule(x, y, (20, 20), (44, 20), 5, 5), 24 * 10 + np.pi * 25),
        (lambda x, y: shapes.ellipse(x, y, (32, 32), 20, 10), np.pi * 200),
        (lambda x, y: shapes.polygon(x, y, [(10, 10), (50, 10), (10, 50)]), 800),
        (lambda x, y: shapes.polygon(x, y, [(10, 50), (50, 10), (10, 10)]), 800),
        (lambda x, y: shapes.chain(x, y, [(8, 8), (32, 8), (56, 8)], 4, 4), 48 * 8 + np.pi * 16),
    ],
)
def test_shapes_have_the_area_of_geometry(shape, area):
    y, x = np.mgrid[0:64, 0:64] + 0.5
    distance = shape(x, y)
    assert abs((distance < 0).sum() - area) < 0.03 * area
    assert abs(shapes.coverage(distance).sum() - area) < 0.02 * area


def test_outline_keeps_thin_parts_and_lets_the_front_animal_win():
    owner = np.array([[2, 2, 2, 2, 2], [2, 4, 5, 2, 2], [2, 2, 2, 2, 2]])
    expected = np.array([[0, 1, 1, 0, 0], [1, 1, 0, 1, 0], [0, 1, 1, 0, 0]], bool)
    np.testing.assert_array_equal(truth.outline(owner), expected)
