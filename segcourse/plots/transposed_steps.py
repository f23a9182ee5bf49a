"""A transposed convolution as a convolution, one frame for each place of the kernel."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

from segcourse.plots import style

INPUT = "#7FB4E6"
BORDER = "#FFFFFF"
DONE = "#A9D6BF"
NOW = "#0C694C"
EMPTY = "#F4F4F4"
HERE = "#BF300A"


@style.styled
def transposed_steps(size, kernel, stride=1, padding=0, output_padding=0, steps=None, title=None):
    """Draw a transposed convolution of a square map as a row of frames.

    Above stands the input: blue cells hold its values, white cells the zeros between them and
    around them; the frame shows where the turned kernel lies. Below stands the output: pale cells
    are done, the dark one is computed in this step.

    Args:
        size: int, side length of the input.
        kernel: int, side length of the kernel.
        stride, padding, output_padding: ints, of the transposed convolution; the padding is below
            the kernel.
        steps: which outputs to draw, counted from 0 row by row; six of them without it.
        title: text above the row.

    Returns:
        The figure.

    Raises:
        ValueError: sizes that leave no output, a padding that the kernel does not allow, or steps
            that there are not.

    Example:

        plots.transposed_steps(3, kernel=3, stride=2, padding=1)

    Reference: V. Dumoulin and F. Visin, A guide to convolution arithmetic for deep learning, 2016,
    chapter 4. Week 3.
    """
    if min(size, kernel, stride) < 1:
        raise ValueError(
            "`size`, `kernel` and `stride` must be 1 or more. "
            f"Received: size={size}, kernel={kernel}, stride={stride}"
        )
    if not 0 <= padding < kernel or output_padding < 0:
        raise ValueError(
            "`padding` must be from 0 to kernel - 1, `output_padding` 0 or more. "
            f"Received: padding={padding}, output_padding={output_padding}, kernel={kernel}"
        )
    side = (size - 1) * stride + kernel - 2 * padding + output_padding
    if side < 1:
        raise ValueError(f"`padding` leaves no output. Received: padding={padding}")
    steps = tuple(_chosen(side) if steps is None else steps)
    if not steps or not all(0 <= step < side * side for step in steps):
        raise ValueError(f"`steps` must be from 0 to {side * side - 1}. Received: steps={steps}")
    border = kernel - 1 - padding
    values = np.zeros((side + kernel - 1,) * 2, bool)  # with the output padding at its far end
    places = border + stride * np.arange(size)
    values[np.ix_(places, places)] = True

    wide = 1.9
    fig, axes = plt.subplots(
        2,
        len(steps),
        figsize=(wide * len(steps), wide * (1 + side / len(values)) + 0.7),
        height_ratios=[len(values), side],
        layout="constrained",
        squeeze=False,
    )
    for step, (upper, lower) in zip(steps, axes.T, strict=True):
        row, column = divmod(step, side)
        _cells(upper, np.where(values, INPUT, BORDER), len(values))
        window = (column - 0.5, row - 0.5)
        look = {"edgecolor": HERE, "linewidth": 2.4, "zorder": 3, "clip_on": False}
        upper.add_patch(Rectangle(window, kernel, kernel, facecolor=(*_rgb(HERE), 0.13), **look))
        done = np.where(np.arange(side * side) < step, DONE, EMPTY)
        done[step] = NOW
        _cells(lower, done.reshape(side, side), len(values))
        style.picture_axes(upper, f"output {step + 1} of {side * side}")
        upper.title.set_fontsize(10)
        style.picture_axes(lower)
    if title is not None:
        fig.suptitle(title, fontsize=style.RC["axes.titlesize"])
    return fig


def _chosen(side):
    """The first three outputs, the first of the second row, the middle one and the last one."""
    last = side * side - 1
    middle = side // 2 * (side + 1)
    return sorted({0, min(1, last), min(2, last), min(side, last), middle, last})


def _cells(ax, fills, span):
    """Cells of one size in all frames: `span` of them would fill the axes."""
    rows, columns = fills.shape
    middle = (columns - 1) / 2
    ax.set(xlim=(middle - span / 2, middle + span / 2), ylim=(rows - 0.5, -0.5), aspect="equal")
    for i in range(rows):
        for j in range(columns):
            cell = Rectangle((j - 0.5, i - 0.5), 1, 1, facecolor=fills[i, j])
            cell.set(edgecolor="#9A9A9A", linewidth=0.7, clip_on=False)
            ax.add_patch(cell)


def _rgb(color):
    return tuple(int(color[k : k + 2], 16) / 255 for k in (1, 3, 5))
