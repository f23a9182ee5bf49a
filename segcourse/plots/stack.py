"""A network as a row of boxes with their sizes."""

import math

from matplotlib.patches import FancyArrowPatch, Rectangle

from segcourse.plots import style

FILL = "#DCE8F5"
EDGE = "#34587F"


@style.styled
def stack(layers, skips=(), ax=None, title=None):
    """Draw the layers of a network from left to right; the height of a box is its resolution.

    Heights and widths follow the logarithm of the resolution and of the channels: each halving
    of the resolution takes the same piece off the height.

    Args:
        layers: sequence of (name, height, width, channels), in pixels and channels. The first is
            usually the image.
        skips: connections past other layers, (from, to, label) with the names of two layers;
            they are drawn above the row.
        ax: axes to draw on; a new figure without it.
        title: text above the diagram.

    Returns:
        The axes.

    Raises:
        ValueError: no layers, a size below 1, a name given twice, or a skip from or to a layer
            that is not there.

    Example:

        plots.stack([("image", 128, 128, 3), ("pool1", 64, 64, 32), ("score", 64, 64, 6)])
    """
    layers = [tuple(layer) for layer in layers]
    _check(layers, skips)
    heights = [0.35 + 0.24 * math.log2(1 + max(layer[1], 1)) for layer in layers]
    widths = [0.14 + 0.055 * math.log2(layer[3]) for layer in layers]
    centers = [1.15 * i for i in range(len(layers))]
    arcs = [_arc(layers, skip) for skip in skips]
    reach = [0.34 + 0.3 * level for level in _levels(arcs)]
    tallest = max(heights)

    top = tallest / 2 + (max(reach) + 0.25 if arcs else 0.1)
    bottom = -tallest / 2 - 0.65
    left, right = centers[0] - 0.7, centers[-1] + 0.7
    ax = style.new_axes(ax, size=(0.92 * (right - left), 0.92 * (top - bottom) + 0.2))
    ax.set(xlim=(left, right), ylim=(bottom, top), aspect="equal")
    for (name, height, width, channels), x, h, w in zip(
        layers, centers, heights, widths, strict=True
    ):
        ax.add_patch(
            Rectangle((x - w / 2, -h / 2), w, h, facecolor=FILL, edgecolor=EDGE, linewidth=1.2)
        )
        ax.text(x, -tallest / 2 - 0.16, name, ha="center", va="top", weight="bold", fontsize=9.5)
        size = f"{height}×{width}×{channels}"
        ax.text(x, -tallest / 2 - 0.4, size, ha="center", va="top", fontsize=8.5, color=style.QUIET)
    for i in range(len(layers) - 1):
        start, stop = centers[i] + widths[i] / 2, centers[i + 1] - widths[i + 1] / 2
        arrow(ax, [(start + 0.04, 0), (stop - 0.04, 0)])
    for (first, last, label), lift in zip(arcs, reach, strict=True):
        y = tallest / 2 + lift
        ends = [(centers[first], heights[first] / 2), (centers[last], heights[last] / 2)]
        arrow(
            ax,
            [
                (ends[0][0], ends[0][1] + 0.03),
                (ends[0][0], y),
                (ends[1][0], y),
                (ends[1][0], ends[1][1] + 0.05),
            ],
        )
        middle = (centers[first] + centers[last]) / 2
        ax.text(middle, y + 0.05, label, ha="center", va="bottom", fontsize=9)
    style.picture_axes(ax, title)
    return ax


def arrow(ax, points, color=style.QUIET):
    """A line through `points` with right angles and a head at its end."""
    if len(points) > 2:
        x, y = zip(*points[:-1], strict=True)
        # A white rim, so that lines that cross are not taken for lines that join.
        ax.plot(x, y, color="white", linewidth=5, solid_capstyle="butt")
        ax.plot(x, y, color=color, linewidth=1.3, solid_joinstyle="round")
    ax.add_patch(
        FancyArrowPatch(
            points[-2],
            points[-1],
            arrowstyle="-|>",
            mutation_scale=9,
            shrinkA=0,
            shrinkB=0,
            color=color,
            linewidth=1.3,
            zorder=2,
        )
    )


def _check(layers, skips):
    if not layers or any(len(layer) != 4 for layer in layers):
        raise ValueError(
            f"`layers` must be (name, height, width, channels), at least one. Received: {layers}"
        )
    for layer in layers:
        if any(size < 1 for size in layer[1:]):
            raise ValueError(f"`layers` must have sizes of at least 1. Received: {layer}")
    names = [layer[0] for layer in layers]
    if len(set(names)) != len(names):
        raise ValueError(f"`layers` must not name a layer twice. Received: {names}")
    for skip in skips:
        if len(skip) != 3 or not {skip[0], skip[1]} <= set(names):
            raise ValueError(
                f"`skips` must be (from, to, label) with names among {names}. Received: {skip}"
            )


def _arc(layers, skip):
    names = [layer[0] for layer in layers]
    return names.index(skip[0]), names.index(skip[1]), skip[2]


def _levels(arcs):
    """A height for each arc, so that those that overlap lie one above the other."""
    levels = [0] * len(arcs)
    done = []
    for k in sorted(range(len(arcs)), key=lambda k: abs(arcs[k][1] - arcs[k][0])):
        low, high = sorted(arcs[k][:2])
        taken = {
            levels[j] for j in done if min(high, max(arcs[j][:2])) >= max(low, min(arcs[j][:2]))
        }
        levels[k] = next(n for n in range(len(arcs) + 1) if n not in taken)
        done.append(k)
    return levels
