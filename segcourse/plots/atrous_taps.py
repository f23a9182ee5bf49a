"""Where the nine taps of dilated 3×3 convolutions fall on a map."""

import numpy as np
from matplotlib.patches import Rectangle

from segcourse.plots import palette, style

LOOKS = (("vermillion", "o"), ("blue", "s"), ("green", "^"), ("purple", "D"))


@style.styled
def atrous_taps(rates, cells, ax=None, title=None):
    """Draw the places that 3×3 convolutions of several dilation rates read, seen from the middle.

    The square is the map. Taps on it are filled; those that fall outside it, where there are only
    zeros, are empty.

    Args:
        rates: one to four dilation rates.
        cells: rows, and columns, of the map.
        ax: axes to draw on; a new figure without it.
        title: text above.

    Returns:
        The axes.

    Raises:
        ValueError: rates or a map that are none of the above.

    Example:

        plots.atrous_taps((6, 12, 18, 24), cells=41)
    """
    rates = tuple(rates)
    whole = all(isinstance(rate, int | np.integer) and rate >= 1 for rate in rates)
    if not whole or not 1 <= len(rates) <= len(LOOKS):
        raise ValueError(
            f"`rates` must be one to {len(LOOKS)} positive integers. Received: rates={rates}"
        )
    if not isinstance(cells, int | np.integer) or cells < 1:
        raise ValueError(f"`cells` must be a positive integer. Received: cells={cells}")
    middle = cells // 2
    ax = style.new_axes(ax, size=(4.6, 5.2))
    frame = {"fill": False, "edgecolor": style.INK, "linewidth": 1.6}
    ax.add_patch(Rectangle((-0.5, -0.5), cells, cells, **frame))
    for line in np.arange(1, cells) - 0.5:
        for places in (([line, line], [-0.5, cells - 0.5]), ([-0.5, cells - 0.5], [line, line])):
            ax.plot(*places, color=style.GRID, linewidth=0.5, zorder=0)
    for rate, (name, marker) in zip(rates, LOOKS, strict=False):
        color = np.array(palette.POOL[name]) / 255
        taps = [(dy, dx) for dy in (-rate, 0, rate) for dx in (-rate, 0, rate)]
        inside = [all(0 <= middle + d < cells for d in tap) for tap in taps]
        ax.scatter(
            [middle + dx for _, dx in taps],
            [middle + dy for dy, _ in taps],
            s=34,
            marker=marker,
            facecolors=[color if within else "white" for within in inside],
            edgecolors=[color],
            linewidths=1.2,
            zorder=2,
            label=f"rate {rate}: {sum(inside)} of 9 on the map",
        )
    reach = max(cells / 2, max(rates)) + 1.5
    ax.set(xlim=(middle - reach, middle + reach), ylim=(middle + reach, middle - reach))
    ax.set_aspect("equal")
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.01), fontsize=9.5, handletextpad=0.2)
    style.picture_axes(ax, title)
    return ax
