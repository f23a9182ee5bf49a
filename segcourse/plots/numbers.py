"""A small map with its numbers written in the cells."""

import matplotlib.patheffects as effects
import matplotlib.pyplot as plt
import numpy as np
from matplotlib import colormaps
from matplotlib.patches import Patch, Rectangle

from segcourse.plots import arguments, palette, style
from segcourse.plots.overlay import outline_segments

MAX_SIDE = 32
HATCHES = ("", "///", "...", "\\\\\\", "xxx", "---", "|||", "ooo", "+++", "**", "//..", "\\\\..")


@style.styled
def numbers(array, ax=None, title=None, highlight=None, names=None, fmt=None):
    """Draw a small map as a table of coloured cells with the numbers in them.

    Without `highlight` a cell's colour follows its value, pale to strong; where there are
    negative values, orange is below zero and purple above.

    Args:
        array: real numbers [rows, columns], at most 32 a side.
        ax: axes to draw on; a new figure without it.
        title: text above the map.
        highlight: same shape. Boolean: the cells to mark. Integer: the group of each cell, 0 to
            11, negative for none; each group has its colour and its hatch.
        names: one name for each group, for a legend below the map.
        fmt: a format for one number, such as ".2f"; by default whole numbers as they are and
            others with two digits after the point.

    Returns:
        The axes.

    Raises:
        ValueError: an array of the wrong shape or kind, a group above 11, or groups without a
            name.

    Example:

        shift = 2 * (np.arange(4) % 2)[:, None] + np.arange(4) % 2
        plots.numbers(stitched, highlight=shift, names=("(0, 0)", "(0, 1)", "(1, 0)", "(1, 1)"))
    """
    array = arguments.as_map(array, "array")
    if max(array.shape) > MAX_SIDE:
        raise ValueError(
            f"`array` must have at most {MAX_SIDE} rows and columns. Received: shape={array.shape}"
        )
    groups = _groups(highlight, array.shape)
    count = 0 if groups is None else max(int(groups.max()) + 1, 0)
    names = () if names is None else tuple(names)
    if names and len(names) < count:
        raise ValueError(f"`names` must name all {count} groups. Received: names={names}")
    if fmt is None:
        fmt = ".2f" if array.dtype.kind == "f" and (array != np.round(array)).any() else ".0f"
    texts = [[format(v, fmt) for v in row] for row in array.astype("float64").tolist()]
    texts = [["0" if t == "-0" else t.replace("-", "\N{MINUS SIGN}") for t in r] for r in texts]

    rows, columns = array.shape
    longest = max(len(text) for row in texts for text in row)
    cell = max(0.42, 0.105 * longest + 0.16)
    legend_columns = min(len(names), 2 if columns < 12 else 4)
    if ax is None:
        lines = -(-len(names) // legend_columns) if names else 0
        ax = _axes_of_cells(cell * columns, cell * rows, bool(title), lines)
    ax.set(xlim=(-0.5, columns - 0.5), ylim=(rows - 0.5, -0.5), aspect="equal")
    fills = _by_value(array.astype("float64")) if groups is None else None
    for i in range(rows):
        for j in range(columns):
            look = {"facecolor": fills[i, j]} if groups is None else _group_look(groups[i, j])
            ax.add_patch(Rectangle((j - 0.5, i - 0.5), 1, 1, linewidth=0, **look))
    _write(ax, texts, longest)
    _rule(ax, rows, columns)
    if highlight is not None and np.asarray(highlight).dtype == bool:
        _outline(ax, groups)
    style.picture_axes(ax, title)
    if names:
        handles = [
            Patch(label=name, linewidth=0.8, **_group_look(k)) for k, name in enumerate(names)
        ]
        ax.legend(
            handles=handles,
            loc="upper center",
            bbox_to_anchor=(0.5, -0.02),
            ncols=legend_columns,
            handlelength=1.6,
            handleheight=1.2,
            columnspacing=1.2,
        )
    return ax


def _groups(highlight, shape):
    if highlight is None:
        return None
    groups = np.asarray(highlight)
    if groups.shape != shape or groups.dtype.kind not in "biu":
        raise ValueError(
            f"`highlight` must be a boolean or integer array of shape {shape}. "
            f"Received: dtype={groups.dtype}, shape={groups.shape}"
        )
    if groups.dtype == bool:
        return np.where(groups, 0, -1)
    if groups.max() >= len(HATCHES):
        raise ValueError(
            f"`highlight` must be below {len(HATCHES)}, the groups that can be told apart. "
            f"Received: {groups.max()}"
        )
    return groups.astype("int64")


def _group_look(group):
    """Pale fill and hatch of a group; white for none."""
    if group < 0:
        return {"facecolor": "white"}
    color = np.array(list(palette.POOL.values())[group]) / 255
    return {
        "facecolor": 0.45 * color + 0.55,
        "edgecolor": 0.75 * color + 0.25,
        "hatch": HATCHES[group],
    }


def _by_value(array):
    """A light colour for each value, so that dark numbers stay readable on all of them."""
    if array.min() < 0:
        # Orange below zero and purple above: this pair differs for every kind of sight.
        reach = max(abs(array.min()), array.max())
        return colormaps["PuOr"](0.5 + 0.22 * array / reach)
    spread = array.max() - array.min()
    part = (array - array.min()) / spread if spread else np.zeros_like(array)
    return colormaps["Blues"](0.03 + 0.42 * part)


def _axes_of_cells(width, height, title, legend_lines):
    """Axes of just this many inches: the legend below must not squeeze the cells."""
    above = 0.4 if title else 0.1
    below = 0.1 + (0.1 + 0.24 * legend_lines if legend_lines else 0)
    full = max(width + 0.2, 3.2 if legend_lines else 0)
    total = above + height + below
    fig = plt.figure(figsize=(full, total))
    place = ((full - width) / 2 / full, below / total, width / full, height / total)
    return fig.add_axes(place)


def _write(ax, texts, longest):
    """The numbers, as large as the cells of `ax` allow."""
    box = ax.get_window_extent().transformed(ax.figure.dpi_scale_trans.inverted())
    cell = min(box.width / len(texts[0]), box.height / len(texts))
    size = float(np.clip(72 * cell / (0.66 * longest + 0.7), 4.5, 12))
    for i, row in enumerate(texts):
        for j, text in enumerate(row):
            ax.text(
                j,
                i,
                text,
                ha="center",
                va="center",
                fontsize=size,
                path_effects=[effects.withStroke(linewidth=2.2, foreground="white")],
            )


def _outline(ax, groups):
    """A strong line round the marked cells, so that they are seen without colour."""
    padded = np.pad(groups, 1, constant_values=-1)
    for piece in outline_segments(padded) - 1:
        ax.plot(*piece.T, color=style.INK, linewidth=2.2, clip_on=False)


def _rule(ax, rows, columns):
    look = {"color": "#8C8C8C", "linewidth": 0.8, "clip_on": False}
    for i in range(rows + 1):
        ax.plot([-0.5, columns - 0.5], [i - 0.5] * 2, **look)
    for j in range(columns + 1):
        ax.plot([j - 0.5] * 2, [-0.5, rows - 0.5], **look)
