import matplotlib.pyplot as plt
import numpy as np
import pytest

from segcourse.plots import colors, legend

CLASSES = ("sky", "grass", "cat")


def texts(box):
    return [text.get_text() for text in box.get_texts()]


@pytest.mark.parametrize(
    "present, expected",
    [
        (None, ["sky", "grass", "cat"]),
        (np.array([[2, 2], [0, 2]]), ["sky", "cat"]),
        (np.array([[2, 255]], dtype="uint8"), ["cat", "void"]),
        ({1}, ["grass"]),
        ([255], ["void"]),
    ],
)
def test_names(present, expected):
    _, ax = plt.subplots()
    assert legend(ax, CLASSES, present=present) is ax
    assert texts(ax.get_legend()) == expected


def test_patches_have_the_classes_colors_and_void_a_hatch():
    _, ax = plt.subplots()
    legend(ax, CLASSES, present=[1, 2, 255])
    patches = ax.get_legend().get_patches()
    for patch, color in zip(patches, colors(CLASSES)[1:], strict=False):
        np.testing.assert_allclose(patch.get_facecolor()[:3], color / 255)
        assert patch.get_linewidth() > 0
    assert patches[2].get_hatch()
    assert not patches[0].get_hatch()


@pytest.mark.parametrize("layout", [None, "constrained"])
def test_under_a_figure(layout):
    fig, axes = plt.subplots(1, 2, layout=layout)
    assert legend(fig, CLASSES) is fig
    assert texts(fig.legends[0]) == list(CLASSES)
    assert all(ax.get_legend() is None for ax in axes)


def test_outside_stands_beside_the_axes():
    fig, (left, right) = plt.subplots(1, 2)
    legend(left, CLASSES)
    legend(right, CLASSES, outside=False)
    fig.canvas.draw()
    assert left.get_legend().get_window_extent().x0 > left.get_window_extent().x1
    assert right.get_legend().get_window_extent().x1 < right.get_window_extent().x1


def test_wrong_arguments():
    _, ax = plt.subplots()
    with pytest.raises(ValueError, match="`present`"):
        legend(ax, CLASSES, present=[3])
    with pytest.raises(ValueError, match="`present`"):
        legend(ax, CLASSES, present=[0.5])
    with pytest.raises(ValueError, match="`target`"):
        legend("here", CLASSES)
