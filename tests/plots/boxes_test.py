import numpy as np
import pytest
from matplotlib.colors import to_hex

from segcourse.plots import boxes

IMAGE = np.zeros((20, 30, 3), "uint8")


def test_a_box_is_drawn_on_the_edges_of_its_pixels():
    ax = boxes(IMAGE, [(0, 0, 30, 20), (3, 4, 8, 6)], ["all", "cat"])
    # Two strokes a box: the dark rim, then the line.
    places = [(p.get_x(), p.get_y(), p.get_width(), p.get_height()) for p in ax.patches]
    assert places == [(-0.5, -0.5, 30, 20)] * 2 + [(2.5, 3.5, 5, 2)] * 2
    assert [text.get_text() for text in ax.texts] == ["all", "cat"]


def test_predicted_boxes_differ_by_more_than_colour():
    ax = boxes(IMAGE, [(1, 1, 5, 5)], predicted=[(2, 2, 6, 6)])
    true, predicted = ax.patches[1], ax.patches[3]
    assert (true.get_linestyle(), predicted.get_linestyle()) == ("solid", "dashed")
    assert to_hex(true.get_edgecolor()) != to_hex(predicted.get_edgecolor())


def test_the_picture_keeps_its_frame():
    ax = boxes(IMAGE, [(-9, -9, 99, 99)], title="truth")
    assert ax.get_xlim() == (-0.5, 29.5) and ax.get_ylim() == (19.5, -0.5)
    assert ax.get_title() == "truth"


def test_no_boxes():
    assert not boxes(IMAGE, []).patches


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([(1, 2, 3)],), "`boxes` must be finite numbers of shape"),
        (([(1, 2, 3, np.nan)],), "`boxes` must be finite"),
        (([(1, 2, 3, 4)], ["a", "b"]), "`names` must hold one text for each of the 1 boxes"),
        (([], None, [1, 2, 3, 4]), "`predicted` must be finite numbers of shape"),
    ],
)
def test_wrong_arguments(arguments, message):
    with pytest.raises(ValueError, match=message):
        boxes(IMAGE, *arguments)
