import numpy as np
import pytest

from segcourse.plots import instances, palette

IMAGE = np.zeros((4, 6, 3), "uint8")
IDS = np.array([[1, 1, 1, 1, 1, 1], [1, 4, 4, 5, 5, 1], [1, 4, 4, 5, 5, 1], [1, 0, 1, 1, 1, 1]])
INFO = [{"id": i, "category_id": c} for i, c in [(1, 0), (4, 3), (5, 3)]]


def test_each_has_its_colour_and_its_id_on_it():
    ax = instances(IMAGE, IDS, INFO, (3,), "true", first=2, margin=0)
    places = {text.get_text(): text.get_position() for text in ax.texts}
    assert {name: IDS[y, x] for name, (x, y) in places.items()} == {"true 4": 4, "true 5": 5}
    pixels = ax.images[0].get_array()
    pool = list(palette.POOL.values())
    for column, color in ((1, pool[2]), (3, pool[3])):
        expected = 0.75 * np.array(color) / 255 + 0.25 * 0.6
        np.testing.assert_allclose(pixels[1, column], expected)
    np.testing.assert_allclose(pixels[0], 0.6)
    np.testing.assert_allclose(pixels[3, 1], 0.6)


def test_two_that_touch_have_a_line_between_them():
    ax = instances(IMAGE[1:2, 1:5], IDS[1:2, 1:5], INFO, (3,), "true")
    points = [tuple(point) for lines in ax.collections for s in lines.get_segments() for point in s]
    assert (1.5, -0.5) in points and (1.5, 0.5) in points


def test_only_the_part_that_holds_them_is_shown():
    ax = instances(IMAGE, IDS, INFO, (3,), "true", margin=1)
    assert ax.get_xlim() == (-0.5, 5.5)
    assert ax.get_ylim() == (3.5, -0.5)
    ax = instances(IMAGE, IDS, INFO, (3,), "true", margin=0)
    assert ax.get_xlim() == (0.5, 4.5)
    assert ax.get_ylim() == (2.5, 0.5)


def test_nothing_to_draw_is_said():
    with pytest.raises(ValueError, match="`segments_info` must hold 1 to 12 segments .* 0"):
        instances(IMAGE, IDS, INFO, (7,), "true")
