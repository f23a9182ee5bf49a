"""A transposed convolution by scattering, one frame for each input value."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

from segcourse.plots import arguments, style
from segcourse.plots.numbers import numbers

HERE = "#BF300A"


@style.styled
def scatter_steps(y, kernel, stride, steps=None):
    """Draw how each input value adds a scaled kernel to the output.

    The upper row shows the input with the current value framed, the lower row the output after
    this step, with the window that the kernel was added to framed.

    Args:
        y: real numbers [rows, columns].
        kernel: real numbers [k, k].
        stride: int, distance of neighbouring kernels in the output.
        steps: which input values to draw, counted from 0 row by row; all of them without it.

    Returns:
        The figure.

    Raises:
        ValueError: a stride below 1, or steps that there are not.

    Example:

        plots.scatter_steps(np.array([[1, 2], [3, 4]]), np.ones((3, 3)), stride=2)
    """
    y = arguments.as_map(y, "y").astype("float64")
    kernel = arguments.as_map(kernel, "kernel").astype("float64")
    if stride < 1:
        raise ValueError(f"`stride` must be 1 or more. Received: stride={stride}")
    steps = tuple(range(y.size) if steps is None else steps)
    if not steps or not all(0 <= step < y.size for step in steps):
        raise ValueError(f"`steps` must be from 0 to {y.size - 1}. Received: steps={steps}")
    height, width = kernel.shape
    columns = y.shape[1]
    output = np.zeros(((y.shape[0] - 1) * stride + height, (columns - 1) * stride + width))
    side = max(2.4, 0.46 * output.shape[1])
    tall = side * output.shape[0] / output.shape[1]
    above = side * y.shape[0] / output.shape[1]
    fig, axes = plt.subplots(
        2,
        len(steps),
        figsize=((side + 0.3) * len(steps), tall + above + 0.9),
        height_ratios=[above, tall],
        layout="constrained",
        squeeze=False,
    )
    for step in range(max(steps) + 1):
        i, j = divmod(step, columns)
        top, left = i * stride, j * stride
        output[top : top + height, left : left + width] += y[i, j] * kernel
        if step in steps:
            upper, lower = axes[:, steps.index(step)]
            title = f"step {step + 1}: add {y[i, j]:g} × kernel"
            # The input keeps the output's scale: a cell is as large above as below.
            numbers(y, ax=upper, title=title)
            numbers(output, ax=lower)
            upper.add_patch(_frame(j, i, 1, 1))
            lower.add_patch(_frame(left, top, width, height))
            middle = (y.shape[1] - 1) / 2
            upper.set_xlim(middle - output.shape[1] / 2, middle + output.shape[1] / 2)
    return fig


def _frame(left, top, width, height):
    return Rectangle(
        (left - 0.5, top - 0.5),
        width,
        height,
        fill=False,
        edgecolor=HERE,
        linewidth=2.6,
        clip_on=False,
        zorder=3,
    )
