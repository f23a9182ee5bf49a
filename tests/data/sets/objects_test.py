import numpy as np
import pytest

from segcourse import data
from segcourse.data.drawing import draw
from segcourse.data.sets.scenes import SEEDS


def test_shapes_types_and_classes():
    images, labels = data.objects(20, size=32)
    assert images.shape == (20, 32, 32, 3) and images.dtype == np.uint8
    assert labels.tolist() == [*range(10)] * 2 and labels.dtype == np.int32
    assert len(set(data.OBJECT_CLASSES)) == 10
    assert images.reshape(20, -1).std(axis=1).min() > 1  # nothing is empty


def test_a_seed_gives_the_same_pictures_and_another_seed_others():
    images, _ = data.objects(12, seed=3, size=32)
    again, _ = data.objects(6, seed=3, size=32)
    np.testing.assert_array_equal(images[:6], again)
    other, _ = data.objects(6, seed=4, size=32)
    assert all((a != b).mean() > 0.5 for a, b in zip(again, other, strict=True))
    assert len({image.tobytes() for image in images}) == 12


def test_the_random_state_of_the_caller_is_left_alone():
    np.random.seed(1)
    expected = np.random.RandomState(1).random()
    data.objects(1, size=16)
    assert np.random.random() == expected


def test_every_class_can_be_drawn_in_any_size_many_times():
    for size in (16, 33, 96):
        images, labels = data.objects(100, seed=9, size=size)
        assert images.shape == (100, size, size, 3) and set(labels.tolist()) == {*range(10)}


def test_sky_is_above_and_grass_is_green_or_brown():
    images, labels = data.objects(200, seed=2, size=32)
    means = images.reshape(200, -1, 3).mean(axis=1)
    blue = means[:, 2] - means[:, 0]
    names = np.array(data.OBJECT_CLASSES)[labels]
    assert np.median(blue[names == "sky"]) > np.median(blue[names == "grass"]) + 10


def test_no_stream_of_random_numbers_is_that_of_a_scene():
    """`scenes` draws from PCG64(seed); these from PCG64([seed, index, 5])."""
    scenes = {
        int(np.random.Generator(np.random.PCG64(seed)).integers(2**63))
        for split in SEEDS.values()
        for seed in split
    }
    ours = {
        int(np.random.Generator(np.random.PCG64([seed, index, 5])).integers(2**63))
        for seed in (0, 1)
        for index in range(9000)
    }
    assert len(scenes) == 768 and len(ours) == 18000
    assert not scenes & ours


def test_scenes_are_still_drawn_as_they_were_committed():
    split = data.load("scenes").val.take(2)
    for example in (split[0], split[1]):
        np.testing.assert_array_equal(draw(example["seed"]).label, example["label"])


def test_chosen_classes_take_turns():
    _, labels = data.objects(5, size=16, classes=("dog", "cat"))
    assert [data.OBJECT_CLASSES[label] for label in labels] == ["dog", "cat", "dog", "cat", "dog"]
    with pytest.raises(ValueError, match="`classes` must be names of sky.*Received: .*'cow'"):
        data.objects(5, classes=("cow",))


@pytest.mark.parametrize("count", [0, -1, 2.5, True, "3", None])
def test_wrong_count(count):
    with pytest.raises(ValueError, match="`count` must be an integer of at least 1. Received"):
        data.objects(count)


@pytest.mark.parametrize("arguments", [{"size": 15}, {"size": 32.0}, {"seed": -1}, {"seed": 1.5}])
def test_other_wrong_arguments(arguments):
    (name,) = arguments
    with pytest.raises(ValueError, match=f"`{name}` must be an integer"):
        data.objects(1, **arguments)
