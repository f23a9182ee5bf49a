import matplotlib.pyplot as plt
import numpy as np
import pytest

from segcourse.plots import receptive_fields

IMAGE = np.zeros((20, 30, 3), "uint8")


def squares(ax):
    return [p for p in ax.patches if p.get_edgecolor()[3] and p.get_linewidth() < 3]


def test_a_square_inside_the_picture():
    ax = receptive_fields(IMAGE, {"pool1": (4, 7, 6)}, title="one pixel")
    (square,) = squares(ax)
    # Rows 4 to 9 and columns 7 to 12, whose pixels reach half a pixel further.
    assert square.get_bbox().bounds == (6.5, 3.5, 6, 6)
    assert square.get_linestyle() == "solid"
    assert [text.get_text().strip() for text in ax.texts] == ["pool1: 6 × 6 pixels"]
    assert ax.get_title() == "one pixel"


@pytest.mark.parametrize("box", [(-1, 5, 6), (5, -1, 6), (16, 5, 6), (5, 26, 6)])
def test_outside_the_picture_it_is_dashed(box):
    ax = receptive_fields(IMAGE, {"fc7": box})
    dashed, solid = squares(ax)
    assert dashed.get_linestyle() != "solid"
    assert dashed.get_clip_path() is None
    assert dashed.get_bbox().bounds == solid.get_bbox().bounds
    # The solid line ends with the picture, which covers -0.5 to 29.5 and -0.5 to 19.5.
    clip = ax.transData.inverted().transform_bbox(solid.get_clip_box())
    np.testing.assert_allclose(clip.extents, [-0.5, 19.5, 29.5, -0.5], atol=1e-6)


def test_the_view_holds_every_square():
    ax = receptive_fields(IMAGE, {"a": (-50, 2, 4), "b": (3, 3, 90)})
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    assert left <= -0.5 and right >= 92.5 and top <= -50.5 and bottom >= 92.5


def test_names_do_not_cover_each_other():
    ax = receptive_fields(IMAGE, {str(k): (10, 10, k + 1) for k in range(8)})
    ax.figure.canvas.draw()
    boxes = sorted((t.get_window_extent() for t in ax.texts), key=lambda b: b.y0)
    assert len(boxes) == 8
    assert all(low.y1 <= high.y0 for low, high in zip(boxes, boxes[1:], strict=False))


@pytest.mark.parametrize(
    "name, change",
    [
        ("image", {"image": IMAGE[0]}),
        ("boxes", {"boxes": {}}),
        ("boxes", {"boxes": [(0, 0, 1)]}),
        ("boxes", {"boxes": {"a": (0, 0)}}),
        ("boxes", {"boxes": {"a": (0, 0, 0)}}),
        ("boxes", {"boxes": {"a": (0.5, 0, 3)}}),
        ("boxes", {"boxes": {str(k): (0, 0, 1) for k in range(9)}}),
    ],
)
def test_wrong_arguments(name, change):
    with pytest.raises(ValueError, match=f"`{name}`"):
        receptive_fields(**{"image": IMAGE, "boxes": {"a": (0, 0, 3)}} | change)
    assert not plt.get_fignums()
