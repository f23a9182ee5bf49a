import matplotlib.pyplot as plt
import numpy as np
import pytest
from scipy.signal import convolve2d

from segcourse.plots import scatter_steps

Y = np.array([[1, 2, 3], [4, 5, 6]])
KERNEL = np.array([[1, 2], [3, 4]])


def values(ax, columns):
    return np.array([int(text.get_text()) for text in ax.texts]).reshape(-1, columns)


def framed(ax):
    box = next(patch for patch in ax.patches if not patch.get_fill())
    return box.get_x() + 0.5, box.get_y() + 0.5, box.get_width(), box.get_height()


def test_the_last_frame_is_the_transposed_convolution():
    figure = scatter_steps(Y, KERNEL, stride=1)
    assert len(figure.axes) == 12
    last = values(figure.axes[11], 4)
    np.testing.assert_array_equal(last, convolve2d(Y, KERNEL))


def test_each_frame_adds_one_kernel_where_it_says():
    figure = scatter_steps(Y, KERNEL, stride=2)
    before = np.zeros((4, 6))
    for step in range(6):
        upper, lower = figure.axes[step], figure.axes[6 + step]
        left, top, width, height = (int(v) for v in framed(lower))
        added = values(lower, 6) - before
        np.testing.assert_array_equal(
            added[top : top + height, left : left + width], Y.flat[step] * KERNEL
        )
        assert added.sum() == Y.flat[step] * KERNEL.sum()
        assert framed(upper) == (step % 3, step // 3, 1, 1)
        before += added


def test_chosen_steps_hold_what_came_before():
    (upper, lower) = scatter_steps(Y, KERNEL, stride=1, steps=[5]).axes
    assert "step 6: add 6" in upper.get_title()
    np.testing.assert_array_equal(values(lower, 4), convolve2d(Y, KERNEL))


@pytest.mark.parametrize(
    "name, change",
    [
        ("stride", {"stride": 0}),
        ("steps", {"steps": [6]}),
        ("steps", {"steps": []}),
        ("y", {"y": np.arange(3)}),
        ("kernel", {"kernel": np.full((2, 2), np.nan)}),
    ],
)
def test_wrong_arguments(name, change):
    with pytest.raises(ValueError, match=f"`{name}`"):
        scatter_steps(**{"y": Y, "kernel": KERNEL, "stride": 1} | change)
    assert not plt.get_fignums()
