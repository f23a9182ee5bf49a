import doctest

import numpy as np
import pytest

from segcourse.plots import palette

# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
SIGHT = {
    "normal": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
SRGB_TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)


def lab(rgb, sight):
    """CIELAB of sRGB 0..255 colours as an eye of this `sight` sees them."""
    c = np.asarray(rgb, "float64") / 255
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    seen = np.clip(linear @ np.array(SIGHT[sight]).T, 0, 1)
    xyz = seen @ SRGB_TO_XYZ.T / [0.95047, 1.0, 1.08883]
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.stack(
        [116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], axis=-1
    )


def closest(rgb, sight):
    points = lab(rgb, sight)
    distance = np.linalg.norm(points[:, None] - points[None], axis=-1)
    return distance[np.triu_indices(len(rgb), 1)].min()


def test_lab_is_right_for_known_colors():
    # The simulation below is only as good as this conversion: white and sRGB red, from the CIE.
    np.testing.assert_allclose(
        lab([[255, 255, 255], [255, 0, 0]], "normal"),
        [[100, 0, 0], [53.24, 80.09, 67.20]],
        atol=0.02,
    )


def test_the_measure_sees_what_colour_blindness_hides():
    # A red and a green that a deuteranope takes for one another.
    pair = [[170, 70, 50], [96, 100, 40]]
    assert closest(pair, "normal") > 30
    assert closest(pair, "deuteranopia") < 15


@pytest.mark.parametrize("sight", SIGHT)
def test_twelve_classes_stay_apart(sight):
    pool = list(palette.POOL.values())
    assert len(pool) == 12
    assert closest(pool, sight) > 24
    assert closest([*pool, palette.VOID_COLOR], sight) > 18


def test_natural_colors_and_the_rest():
    table = palette.colors(("thing", "Sky", "tree", "grass", "cat", "dog"))
    assert table.dtype == np.uint8
    assert table.shape == (6, 3)
    red, green, blue = table[1].tolist()
    assert blue > green > red
    for row in (2, 3):
        assert table[row].argmax() == 1
    # "thing" has no colour of its own; orange, the first of the pool, belongs to the cat.
    assert tuple(table[4]) == palette.POOL["orange"]
    assert len(np.unique(table, axis=0)) == 6


def test_colors_are_the_same_every_time():
    names = [f"class {k}" for k in range(12)]
    np.testing.assert_array_equal(palette.colors(names), palette.colors(tuple(names)))
    np.testing.assert_array_equal(palette.colors(names), list(palette.POOL.values()))


def test_two_classes_that_wish_for_one_color():
    table = palette.colors(("road", "dog"))
    assert tuple(table[0]) == palette.POOL["purple"]
    assert tuple(table[1]) != tuple(table[0])


@pytest.mark.parametrize("classes", [[f"c{k}" for k in range(257)], [], ("a", "a"), "sky", (1, 2)])
def test_wrong_classes(classes):
    with pytest.raises(ValueError, match="`classes`"):
        palette.colors(classes)


def test_examples_run():
    assert doctest.testmod(palette).failed == 0


@pytest.mark.parametrize("count", [12, 19, 21, 150, 256])
def test_many_classes_differ_in_colour_or_in_hatch(count):
    names = [f"class {number}" for number in range(count)]
    table, patterns = palette.colors(names), palette.hatches(names)
    assert table.shape == (count, 3) and len(patterns) == count
    assert len({tuple(color) for color in table.tolist()}) == count
    # Those of one pattern are shades of the twelve colours that stay apart.
    for pattern in set(patterns):
        assert sum(one == pattern for one in patterns) <= 12
    assert patterns[:12] == ("",) * 12 and all(patterns[12:])
    np.testing.assert_array_equal(table[:12], palette.colors(names[:12]))
