"""`held_back`: what a split must be, and what students write."""

import numpy as np
import pytest

from segcourse.exercises.own_pictures.held_back import held_back as exercise

held_back = exercise.right.build()


@pytest.mark.parametrize("seed", range(20))
def test_no_group_is_on_both_sides_and_count_groups_are_val(seed):
    rng = np.random.default_rng(seed)
    groups = [f"place {n}" for n in rng.integers(0, 9, 30)]
    count = int(rng.integers(0, len(set(groups)) + 1))
    held = held_back(groups, count, seed)
    val = {group for group, here in zip(groups, held, strict=True) if here}
    train = {group for group, here in zip(groups, held, strict=True) if not here}
    assert not val & train and len(val) == count


def test_the_order_of_the_images_does_not_matter_and_the_seed_does():
    groups = [f"{n:02}" for n in range(20)]
    held = held_back(groups, 5, 3)
    np.testing.assert_array_equal(held_back(groups[::-1], 5, 3), held[::-1])
    assert any((held_back(groups, 5, seed) != held).any() for seed in range(4))


def test_example_by_hand():
    names = ["park", "wood", "yard"]
    first = names[np.random.default_rng(5).permutation(3)[0]]
    assert first == "wood"
    assert held_back(["wood", "park", "wood", "yard"], 1, 5).tolist() == [True, False, True, False]


START = "rng = np.random.default_rng(seed)\n"
# What students write -> the mistake it is taken for.
WRONG = {
    START + "held = np.zeros(len(groups), bool)\n"
    "held[rng.permutation(len(groups))[:count]] = True\n"
    "return held": "images shuffled in place of groups",
    START + "names = list(dict.fromkeys(groups))\n"
    "return np.isin(groups, rng.permutation(names)[:count])": "groups not sorted",
    "return np.isin(groups, np.unique(groups)[:count])": "not shuffled",
    "np.random.seed(seed)\nnames = np.random.permutation(np.unique(groups))\n"
    "return np.isin(groups, names[:count])": "the older random numbers",
    START + "return np.isin(groups, rng.permutation(np.unique(groups))[-count:])": (
        "the last groups, with [-count:]"
    ),
    START + "return ~np.isin(groups, rng.permutation(np.unique(groups))[:count])": (
        "train in place of val"
    ),
    START + "return np.isin(groups, rng.permutation(np.unique(groups))[count:])": (
        "train in place of val"
    ),
    START + "return np.isin(groups, rng.permutation(len(set(groups)))[:count])": (
        "places compared with names"
    ),
    START + "return rng.permutation(np.unique(groups))[:count]": "names of the groups returned",
}


@pytest.mark.parametrize("body", WRONG)
def test_a_likely_slip_gets_its_message(body, recognised):
    recognised(exercise, body, WRONG[body], "expected|raised|asked for")
