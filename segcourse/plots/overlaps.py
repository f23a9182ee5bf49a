"""How many kernels of a transposed convolution reach each output."""

import numpy as np
from matplotlib.patches import Rectangle

from segcourse.plots import palette, style
from segcourse.texts import _


@style.styled
def overlaps(size, kernel, stride, ax=None, title=None):
    """Draw the kernels of a transposed convolution in one dimension, and count them.

    Each input has a bar over the outputs that its kernel reaches. Below every output stands the
    number of bars above it; the cells are darker where it is larger.

    Args:
        size: int, number of inputs.
        kernel: int, length of the kernel.
        stride: int, distance of neighbouring kernels.
        ax: axes to draw on; a new figure without it.
        title: text above.

    Returns:
        The axes.

    Raises:
        ValueError: a size, kernel or stride below 1.

    Example:

        plots.overlaps(5, kernel=3, stride=2)

    Reference: A. Odena, V. Dumoulin and C. Olah, Deconvolution and Checkerboard Artifacts, 2016.
    """
    if min(size, kernel, stride) < 1:
        raise ValueError(
            "`size`, `kernel` and `stride` must be 1 or more. "
            f"Received: size={size}, kernel={kernel}, stride={stride}"
        )
    length = (size - 1) * stride + kernel
    lanes = -(-kernel // stride)  # bars so many inputs apart do not overlap
    count = np.zeros(length, int)
    ax = style.new_axes(ax, size=(0.42 * length + 0.3, 0.3 * lanes + 1.3))
    ax.set(xlim=(-0.6, length - 0.4), ylim=(lanes + 1.4, -0.3))
    pool = np.array([palette.POOL[name] for name in ("sky", "orange", "grass", "pink")]) / 255
    for i in range(size):
        start, lane = i * stride, i % lanes
        count[start : start + kernel] += 1
        look = {"facecolor": 0.75 * pool[i % 4] + 0.25, "edgecolor": style.INK, "linewidth": 0.8}
        ax.add_patch(Rectangle((start - 0.44, lane), kernel - 0.12, 0.8, **look))
        ax.text(
            start + kernel / 2 - 0.5,
            lane + 0.42,
            _("input {number}").format(number=i),
            ha="center",
            va="center",
        )
    for x, number in enumerate(count):
        gray = 1 - 0.42 * number / max(count.max(), 1)
        look = {"facecolor": (gray,) * 3, "edgecolor": style.INK, "linewidth": 0.8}
        ax.add_patch(Rectangle((x - 0.5, lanes + 0.25), 1, 1, **look))
        ax.text(x, lanes + 0.77, str(number), ha="center", va="center", fontsize=11)
    style.picture_axes(ax, title)
    return ax
