import matplotlib.pyplot as plt
import numpy as np
import pytest

from segcourse import plots

PATCHES = np.linspace(0, 1, 2 * 5 * 4 * 4 * 3).reshape(2, 5, 4, 4, 3)


def test_a_row_a_group_and_a_block_a_channel():
    small = np.zeros((2, 9, 60, 60, 3), "uint8")
    fig = plots.patch_grid({"conv1": PATCHES, "conv2": small}, title="strongest")
    assert len(fig.axes) == 4
    assert [ax.get_ylabel() for ax in fig.axes] == ["conv1", "", "conv2", ""]
    assert fig.get_suptitle() == "strongest"
    plt.close(fig)


def test_pictures_stand_in_rows_and_tiny_ones_are_enlarged():
    fig = plots.patch_grid({"a": PATCHES})
    sheet = fig.axes[1].images[0].get_array()
    # 5 pictures: 3 columns, 2 rows; each pixel 12 times, 4 pixels between.
    assert sheet.shape == (2 * 48 + 4, 3 * 48 + 2 * 4, 3)
    for place in range(5):
        row, column = divmod(place, 3)
        cut = sheet[52 * row : 52 * row + 48 : 12, 52 * column : 52 * column + 48 : 12]
        np.testing.assert_allclose(cut, PATCHES[1, place], atol=1e-6)
    assert (sheet[52:, 104:] == 1).all(), "the empty place is white"
    plt.close(fig)


def test_signed_values_are_scaled_around_grey():
    values = np.zeros((1, 2, 48, 48, 3), "float32")
    values[0, 0, 0, 0] = 4, -2, 0
    values[0, 1, 0, 0] = -0.1, 0, 0
    sheet = plots.patch_grid({"a": values}, signed=True).axes[0].images[0].get_array()
    np.testing.assert_allclose(sheet[0, 0], [1, 0.25, 0.5])
    np.testing.assert_allclose(sheet[0, 52], [0, 0.5, 0.5])
    np.testing.assert_allclose(sheet[30, 30], 0.5)
    plt.close("all")


@pytest.mark.parametrize(
    "groups, said",
    [
        ({}, "dict of one name or more"),
        ([PATCHES], "dict of one name or more"),
        ({"a": PATCHES[0]}, "arrays \\[channels, count, height, width, 3\\]"),
        ({"a": PATCHES * 9}, "in 0..1 where they are float. Divide"),
        ({"a": PATCHES, "b": PATCHES[:1]}, "as many channels each. Received: \\[1, 2\\]"),
    ],
)
def test_wrong_groups(groups, said):
    with pytest.raises(ValueError, match=f"`groups` must .*{said}|`groups` must be {said}"):
        plots.patch_grid(groups)


def test_signed_values_must_be_floats():
    with pytest.raises(ValueError, match="finite floats with signed=True"):
        plots.patch_grid({"a": np.zeros((1, 1, 2, 2, 3), "uint8")}, signed=True)
