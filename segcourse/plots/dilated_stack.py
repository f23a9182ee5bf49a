"""Which pixels of a row reach one output of a stack of dilated convolutions."""

import numpy as np

from segcourse.plots import palette, style


@style.styled
def dilated_stack(dilations, kernel=3, ax=None, title=None):
    """Draw a stack of dilated convolutions on one row of pixels, and what one output reads.

    The input is the lowest row of dots, the output the highest. Lines lead from the output in the
    middle to everything it is computed from; filled dots are read, empty ones are not.

    Args:
        dilations: the dilation rate of each layer, the first layer first; one to five of them.
        kernel: taps of each kernel, odd.
        ax: axes to draw on; a new figure without it.
        title: text above.

    Returns:
        The axes.

    Raises:
        ValueError: rates or a kernel that are none of the above.

    Example:

        plots.dilated_stack((1, 2, 4), title="dilation 1, 2, 4")
    """
    dilations = tuple(dilations)
    whole = all(isinstance(rate, int | np.integer) and rate >= 1 for rate in dilations)
    if not whole or not 1 <= len(dilations) <= 5:
        raise ValueError(
            f"`dilations` must be one to five positive integers. Received: dilations={dilations}"
        )
    if not isinstance(kernel, int) or kernel < 1 or kernel % 2 == 0:
        raise ValueError(f"`kernel` must be an odd positive integer. Received: kernel={kernel}")
    half = kernel // 2
    reach = half * sum(dilations)
    read = [{0}]  # places from the output down to the input, the middle being 0
    for rate in reversed(dilations):
        read.append({place + rate * tap for place in read[-1] for tap in range(-half, half + 1)})
    side = reach + 1
    top = len(dilations)
    ax = style.new_axes(ax, size=(0.27 * (2 * side + 1) + 1.6, 0.72 * (top + 1)))
    blue = np.array(palette.POOL["blue"]) / 255
    for step, rate in enumerate(reversed(dilations)):
        level = top - step
        for place in read[step]:
            for tap in range(-half, half + 1):
                ends = (place, place + rate * tap)
                ax.plot(ends, (level, level - 1), color=blue, linewidth=1.0, alpha=0.55, zorder=1)
    for step, places in enumerate(read):
        level = top - step
        for place in range(-side, side + 1):
            fill = blue if place in places else "white"
            look = {"color": fill, "edgecolors": style.INK, "linewidths": 0.8, "zorder": 2}
            ax.scatter([place], [level], s=42, **look)
        name = "input" if level == 0 else f"dilation {dilations[level - 1]}"
        ax.text(-side - 0.9, level, name, ha="right", va="center", fontsize=9.5)
    ax.set(xlim=(-side - 1, side + 1), ylim=(-0.4, top + 0.4))
    style.picture_axes(ax, title)
    return ax
