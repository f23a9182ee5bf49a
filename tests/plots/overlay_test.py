import doctest
import sys

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.collections import LineCollection

from segcourse import plots
from segcourse.plots import outline_segments, overlay

module = sys.modules["segcourse.plots.overlay"]
CLASSES = ("sky", "grass", "cat")
LABELS = np.array([[0, 0, 1], [0, 2, 1]], dtype="uint8")


def test_outline_by_hand():
    # 0 0 | 1      The line right of column 1 runs through both rows and is one piece; the line
    # 0 ‾ | 1      left of the 2 and the one above it are a pixel long.
    #   | 2
    found = {tuple(map(tuple, piece)) for piece in outline_segments(LABELS).tolist()}
    assert found == {
        ((1.5, -0.5), (1.5, 1.5)),
        ((0.5, 0.5), (0.5, 1.5)),
        ((0.5, 0.5), (1.5, 0.5)),
    }


def test_outline_leaves_void_out():
    assert outline_segments(np.array([[0, 255, 1], [255, 255, 255]])).shape == (0, 2, 2)
    assert outline_segments(np.array([[0, 7, 1]]), void=7).shape == (0, 2, 2)
    assert outline_segments(np.zeros((3, 3), int)).shape == (0, 2, 2)


def test_outline_separates_every_pair_of_neighbours_that_differ():
    rng = np.random.default_rng(3)
    labels = rng.integers(0, 3, (9, 11))
    length = np.abs(np.diff(outline_segments(labels), axis=1)).sum()
    borders = (labels[1:] != labels[:-1]).sum() + (labels[:, 1:] != labels[:, :-1]).sum()
    assert length == borders


def test_wash_by_hand():
    image = np.zeros((1, 2, 3))
    got = module.wash(image, np.array([[1, 255]]), np.array([[0, 0, 0], [255, 0, 51]]), alpha=0.5)
    np.testing.assert_allclose(got, [[[0.5, 0, 0.1], [70 / 255] * 3]])


@pytest.mark.parametrize("dtype", ["uint8", "float32"])
def test_uint8_and_float_pictures_look_the_same(dtype):
    image = np.full((2, 3, 3), 51, "uint8")
    ax = overlay(image if dtype == "uint8" else image / np.float32(255), LABELS, CLASSES, alpha=0)
    np.testing.assert_allclose(ax.images[0].get_array(), 0.2, atol=1e-6)


def test_a_grey_picture_looks_as_it_does_in_three_equal_channels():
    grey = np.linspace(0, 1, 6).reshape(2, 3, 1)
    one, three = (
        overlay(image, LABELS, CLASSES).images[0].get_array()
        for image in (grey, np.repeat(grey, 3, axis=2))
    )
    np.testing.assert_array_equal(one, three)
    plt.close("all")


def test_parts():
    labels = np.array([[0, 0, 1], [0, 255, 1]])
    image = np.zeros((2, 3, 3), "uint8")
    ax = overlay(image, labels, CLASSES, title="truth")
    assert ax.get_title() == "truth"
    lines = [c for c in ax.collections if isinstance(c, LineCollection)]
    assert len(lines) == 2  # the dark rim and the white line
    assert len(lines[0].get_segments()) == len(outline_segments(labels)) == 1
    (void,) = ax.patches
    assert void.get_hatch()
    assert void.get_path().get_extents().bounds == (0.5, 0.5, 1, 1)
    assert not overlay(image, labels, CLASSES, outlines=False).collections
    assert not overlay(image, LABELS, CLASSES).patches


def test_given_axes_are_used():
    _, given = plt.subplots()
    assert overlay(np.zeros((2, 3, 3)), LABELS, CLASSES, ax=given) is given
    assert len(plt.get_fignums()) == 1


def test_keras_tensors():
    keras = pytest.importorskip("keras")
    image = keras.ops.zeros((2, 3, 3))
    labels = keras.ops.convert_to_tensor(LABELS)
    assert overlay(image, labels, CLASSES).images


@pytest.mark.parametrize(
    "name, change",
    [
        ("image", {"image": np.zeros((2, 3))}),
        ("image", {"image": np.full((2, 3, 3), 255.0)}),
        ("image", {"image": np.full((2, 3, 3), np.nan)}),
        ("image", {"image": np.zeros((2, 3, 3), "int32")}),
        ("labels", {"labels": LABELS.T}),
        ("labels", {"labels": LABELS.astype("float32")}),
        ("labels", {"labels": LABELS + 1}),
        ("labels", {"labels": LABELS.astype("int32") - 1}),
        ("classes", {"classes": [str(k) for k in range(257)]}),
        ("alpha", {"alpha": 1.5}),
    ],
)
def test_wrong_arguments(name, change):
    arguments = {"image": np.zeros((2, 3, 3)), "labels": LABELS, "classes": CLASSES} | change
    with pytest.raises(ValueError, match=f"`{name}`"):
        overlay(**arguments)
    assert not plt.get_fignums()


def test_examples_run():
    assert doctest.testmod(module).failed == 0


def test_classes_beyond_the_twelfth_are_hatched():
    names = [f"class {number}" for number in range(21)]
    labels = np.arange(21).reshape(3, 7).repeat(4, 0).repeat(4, 1)
    ax = plots.overlay(np.zeros((12, 28, 3)), labels, names, outlines=False)
    assert [patch.get_hatch() for patch in ax.patches] == ["///"] * 9
    legend = plots.legend(ax, names, present=labels).get_legend()
    hatched = [patch.get_hatch() for patch in legend.get_patches()]
    assert hatched == [None] * 12 + ["///"] * 9
