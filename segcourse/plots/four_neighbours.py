"""A place between four pixels: the distances to them and the weight of each."""

import numpy as np
from matplotlib.patches import Rectangle

from segcourse.plots import arguments, palette, style

#: Behind the letter P, so that it can be read on any colour.
PAPER = {"facecolor": "white", "edgecolor": "black", "alpha": 0.8, "pad": 0.5}
#: Name → (row, column, colour) of each neighbour, named counter-clockwise from the upper left.
NEIGHBOURS = {
    "A": (0, 0, "orange"),
    "B": (1, 0, "sky"),
    "C": (1, 1, "green"),
    "D": (0, 1, "pink"),
}


@style.styled
def four_neighbours(values, h1, w1, ax=None, title=None):
    """Draw a place P between four pixels, its distances to them, and the weights as areas.

    The weight of a pixel is the area of the rectangle on the other side of P. Each rectangle has
    the colour of its pixel and the name and the weight written in it.

    Args:
        values: [2, 2], the values of the four pixels: A and D in the upper row, B and C below.
        h1: distance of P from the upper row, 0 to 1 pixel; h2 is the rest.
        w1: distance of P from the left column, 0 to 1 pixel; w2 is the rest.
        ax: axes to draw on; a new figure without it.
        title: text above; by default the value at P.

    Returns:
        The axes.

    Raises:
        ValueError: values of another shape, or a distance outside 0 to 1.

    Example:

        plots.four_neighbours([[10, 20], [30, 40]], h1=0.25, w1=0.5)

    Defined for week 2, section 3.
    """
    values = arguments.as_map(values, "values")
    if values.shape != (2, 2):
        raise ValueError(f"`values` must have shape (2, 2). Received: shape={values.shape}")
    for name, distance in (("h1", h1), ("w1", w1)):
        if not 0 <= distance <= 1:
            raise ValueError(f"`{name}` must be between 0 and 1. Received: {name}={distance}")
    ax = style.new_axes(ax, size=(5.2, 5.0))
    total = 0.0
    for name, (row, column, color) in NEIGHBOURS.items():
        weight = (h1 if row else 1 - h1) * (w1 if column else 1 - w1)
        total += weight * values[row, column]
        _area(ax, name, 1 - row, 1 - column, h1, w1, weight, color)
        _pixel(ax, name, row, column, values[row, column], color)
    _distances(ax, h1, w1)
    ax.plot(w1, h1, "o", markersize=8, color=style.INK, markeredgecolor="white", zorder=5)
    at = ax.annotate("P", (w1, h1), xytext=(5, 4), textcoords="offset points", zorder=6)
    at.set(fontsize=11, fontweight="bold", bbox=PAPER)
    ax.set(xlim=(-0.6, 1.25), ylim=(1.25, -0.5), aspect="equal")
    style.picture_axes(ax, f"value at P: {total:.4g}" if title is None else title)
    return ax


def _area(ax, name, row, column, h1, w1, weight, color):
    """The rectangle between P and the pixel at (row, column), which is the weight of `name`."""
    top, height = (h1, 1 - h1) if row else (0, h1)
    left, width = (w1, 1 - w1) if column else (0, w1)
    fill = 0.45 * np.array(palette.POOL[color]) / 255 + 0.55
    ax.add_patch(Rectangle((left, top), width, height, facecolor=fill, edgecolor="white"))
    if min(width, height) >= 0.16:
        text = f"{name}\n{weight:.3g}" if height >= 0.2 else f"{name} {weight:.3g}"
        ax.text(left + width / 2, top + height / 2, text, ha="center", va="center", fontsize=10)


def _pixel(ax, name, row, column, value, color):
    """The centre of a pixel, with its name and value above or below."""
    fill = np.array(palette.POOL[color]) / 255
    ax.plot(column, row, "s", markersize=13, color=fill, markeredgecolor=style.INK, zorder=4)
    side, align = (0.08, "top") if row else (-0.08, "bottom")
    label = f"{name} = {value:g}"
    ax.text(column, row + side, label, ha="center", va=align, fontsize=11, fontweight="bold")


def _distances(ax, h1, w1):
    """Arrows for h1, h2 along the left side and w1, w2 along the upper side."""
    look = {"arrowstyle": "<->", "color": style.INK, "shrinkA": 0, "shrinkB": 0, "linewidth": 1.1}
    for name, start, stop in (("h1", 0, h1), ("h2", h1, 1)):
        if stop - start >= 0.05:
            ax.annotate("", (-0.14, start), (-0.14, stop), arrowprops=look)
            text = f"{name} = {stop - start:.2g}"
            ax.text(-0.18, (start + stop) / 2, text, ha="right", va="center")
    for name, start, stop in (("w1", 0, w1), ("w2", w1, 1)):
        if stop - start >= 0.05:
            ax.annotate("", (start, -0.28), (stop, -0.28), arrowprops=look)
            text = f"{name} = {stop - start:.2g}"
            # The text of a short one starts where the other one cannot reach it.
            x, align = ((start + stop) / 2, "center")
            if stop - start < 0.35:
                x, align = (stop, "right") if name == "w1" else (start, "left")
            ax.text(x, -0.32, text, ha=align, va="bottom")
    for x, y in (((-0.14, w1), (h1, h1)), ((w1, w1), (-0.28, h1))):
        ax.plot(x, y, color=style.QUIET, linewidth=0.8, linestyle=(0, (3, 3)))
