import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex

from segcourse.plots import transposed_steps
from segcourse.plots.transposed_steps import INPUT, NOW


def cells(ax):
    """Colours [rows, columns] of the cells of one frame."""
    small = [p for p in ax.patches if p.get_width() == 1 and p.get_linewidth() < 1]
    rows, columns = (
        1 + max(int(f(p) + 0.5) for p in small) for f in (lambda p: p.get_y(), lambda p: p.get_x())
    )
    return np.array([to_hex(p.get_facecolor()).upper() for p in small]).reshape(rows, columns)


def window(ax):
    box = next(p for p in ax.patches if p.get_linewidth() > 2)
    return int(box.get_y() + 0.5), int(box.get_x() + 0.5), box.get_width()


# input, kernel, stride, padding, output padding: chapter 4 of the guide, and the output it has.
CASES = [
    ((2, 3, 1, 0, 0), 4),
    ((6, 4, 1, 2, 0), 5),
    ((5, 3, 1, 1, 0), 5),
    ((7, 3, 1, 2, 0), 5),
    ((2, 3, 2, 0, 0), 5),
    ((3, 3, 2, 1, 0), 5),
    ((3, 3, 2, 1, 1), 6),
]


@pytest.mark.parametrize("arguments, side", CASES)
def test_every_frame_computes_the_output_it_marks(arguments, side):
    """The values under the window are those whose kernels reach the output."""
    size, kernel, stride, padding, _ = arguments
    steps = [0, side, side * side - 1]
    axes = transposed_steps(*arguments, steps=steps).axes
    for step, upper, lower in zip(steps, axes[:3], axes[3:], strict=True):
        done = cells(lower)
        assert done.shape == (side, side)
        assert np.argwhere(done == NOW).tolist() == [list(divmod(step, side))]
        top, left, width = window(upper)
        assert width == kernel
        seen = (cells(upper) == INPUT)[top : top + kernel, left : left + kernel].sum()
        row, column = divmod(step, side)
        reach = [
            sum(0 <= place + padding - i * stride < kernel for i in range(size))
            for place in (row, column)
        ]
        assert seen == reach[0] * reach[1]


def test_six_frames_without_asking():
    assert len(transposed_steps(3, 3, 2, 1).axes) == 12
    titles = [ax.get_title() for ax in transposed_steps(2, 3, title="case").axes[:6]]
    assert titles[0] == "output 1 of 16" and titles[-1] == "output 16 of 16"
    assert len(transposed_steps(1, 1).axes) == 2


@pytest.mark.parametrize(
    "name, change",
    [
        ("size", {"size": 0}),
        ("stride", {"stride": 0}),
        ("padding", {"padding": 3}),
        ("output_padding", {"output_padding": -1}),
        ("padding", {"size": 1, "padding": 2}),
        ("steps", {"steps": [16]}),
        ("steps", {"steps": []}),
    ],
)
def test_wrong_arguments(name, change):
    with pytest.raises(ValueError, match=f"`{name}`"):
        transposed_steps(**{"size": 2, "kernel": 3} | change)
    assert not plt.get_fignums()
