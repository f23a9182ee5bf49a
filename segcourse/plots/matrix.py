"""A matrix that is mostly zero, each other entry named by the weight it is."""

import numpy as np
from matplotlib.patches import Rectangle

from segcourse.plots import arguments, palette, style

ZERO = "#D9D9D9"
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@style.styled
def matrix(entries, names=None, ax=None, title=None, rows=None, columns=None):
    """Draw which weight stands where in a matrix; its zeros are small grey dots.

    Args:
        entries: integers [rows, columns]: 0 for a zero, n for the weight number n.
        names: text of weight 1, 2, …; by default those of a square kernel, w₀₀, w₀₁, and so on.
        ax: axes to draw on; a new figure without it.
        title: text above the matrix.
        rows, columns: what one row and one column stand for, such as "output".

    Returns:
        The axes.

    Raises:
        ValueError: entries that are not whole numbers from 0 on, or too few names.

    Example:

        plots.matrix(conv_matrix(np.arange(1, 10).reshape(3, 3), 4).astype(int))
    """
    entries = arguments.as_map(entries, "entries")
    if entries.dtype.kind not in "iu" or entries.min() < 0:
        raise ValueError(
            "`entries` must be whole numbers from 0 on. "
            f"Received: dtype={entries.dtype}, from {entries.min()}"
        )
    count = int(entries.max())
    if names is None:
        side = int(np.ceil(np.sqrt(count)))
        names = [f"w{i}{j}".translate(SUBSCRIPTS) for i in range(side) for j in range(side)]
    if len(names) < count:
        raise ValueError(f"`names` must name all {count} weights. Received: names={names}")
    height, width = entries.shape
    labelled = (rows is not None) + (title is not None)
    ax = style.new_axes(ax, size=(0.46 * width + 1.0, 0.46 * height + 0.5 + 0.3 * labelled))
    ax.set(xlim=(-0.5, width - 0.5), ylim=(height - 0.5, -0.5), aspect="equal")
    pool = np.array(list(palette.POOL.values())) / 255
    for i in range(height):
        for j in range(width):
            number = int(entries[i, j])
            if not number:
                ax.plot(j, i, marker=".", color="#B4B4B4", markersize=3.5)
                continue
            fill = 0.4 * pool[(number - 1) % len(pool)] + 0.6
            ax.add_patch(Rectangle((j - 0.5, i - 0.5), 1, 1, facecolor=fill, linewidth=0))
            ax.text(j, i, names[number - 1], ha="center", va="center", fontsize=9.5)
    for i in range(height + 1):
        ax.plot([-0.5, width - 0.5], [i - 0.5] * 2, color=ZERO, linewidth=0.7, clip_on=False)
    for j in range(width + 1):
        ax.plot([j - 0.5] * 2, [-0.5, height - 0.5], color=ZERO, linewidth=0.7, clip_on=False)
    style.picture_axes(ax, title)
    ax.set_xticks(range(width))
    ax.set_yticks(range(height))
    ax.tick_params(length=0, labelsize=8, labelcolor=style.QUIET, pad=2)
    if columns is not None:
        ax.set_xlabel(columns, fontsize=10, color=style.INK)
    if rows is not None:
        ax.set_ylabel(rows, fontsize=10, color=style.INK)
    return ax
