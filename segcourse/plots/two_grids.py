"""The half-pixel grid and the align-corners grid over the same pixels."""

import numpy as np
from matplotlib.patches import Rectangle

from segcourse.plots import palette, style
from segcourse.texts import _

MAX_SIDE = 16
GRIDS = {
    "half-pixel": {"color": "blue", "marker": "o", "markersize": 7},
    "align-corners": {"color": "vermillion", "marker": "x", "markersize": 8},
}


def grid_places(old, new, align_corners):
    """Where the centres of `new` pixels lie in a row of `old` ones, whose centres are 0, 1, ….

    Example:

    >>> grid_places(2, 4, align_corners=False).tolist()
    [-0.25, 0.25, 0.75, 1.25]
    >>> grid_places(2, 4, align_corners=True).round(2).tolist()
    [0.0, 0.33, 0.67, 1.0]
    """
    if align_corners:
        return np.linspace(0, old - 1, new)
    return (np.arange(new) + 0.5) * old / new - 0.5


@style.styled
def two_grids(old, new, ax=None, title=None):
    """Draw the pixels of an image, and over them the centres of both resized grids.

    Squares are the old pixels, grey dots their centres. Dashed lines part the new pixels of the
    half-pixel grid, which cover the same area.

    Args:
        old: (height, width) of the image in pixels, or one whole number for a square.
        new: the same for the resized image.
        ax: axes to draw on; a new figure without it.
        title: text above; by default the two sizes.

    Returns:
        The axes.

    Raises:
        ValueError: a size that is no whole number from 1 to 16.

    Example:

        plots.two_grids(2, 4)

    Defined for week 2, section 5.
    """
    (height, width), (new_height, new_width) = _size(old, "old"), _size(new, "new")
    ax = style.new_axes(ax, size=(5.2, 5.2 * height / width + 0.5))
    for i in range(height):
        for j in range(width):
            fill = "#F1EEE4" if (i + j) % 2 else "#FAF8F2"
            ax.add_patch(
                Rectangle((j - 0.5, i - 0.5), 1, 1, facecolor=fill, edgecolor=style.INK, zorder=1)
            )
    dashes = {"color": "#8C8C8C", "linewidth": 0.8, "linestyle": (0, (4, 3)), "zorder": 2}
    for i in range(1, new_height):
        ax.plot([-0.5, width - 0.5], [i * height / new_height - 0.5] * 2, **dashes)
    for j in range(1, new_width):
        ax.plot([j * width / new_width - 0.5] * 2, [-0.5, height - 0.5], **dashes)
    columns, rows = np.meshgrid(np.arange(width), np.arange(height))
    ax.plot(columns.ravel(), rows.ravel(), "o", color="#A8A8A8", markersize=13, zorder=3)
    ax.lines[-1].set_label(_("old centres"))
    for name, look in GRIDS.items():
        align = name == "align-corners"
        x, y = np.meshgrid(
            grid_places(width, new_width, align), grid_places(height, new_height, align)
        )
        color = np.array(palette.POOL[look["color"]]) / 255
        ax.plot(
            *(x.ravel(), y.ravel()),
            **(look | {"color": color}),
            linestyle="none",
            markeredgewidth=2,
            markerfacecolor="none",
            zorder=4,
            label=name,
        )
    ax.set(xlim=(-0.6, width - 0.4), ylim=(height - 0.4, -0.6), aspect="equal")
    sizes = _("{height} × {width} pixels resized to {new_height} × {new_width}").format(
        height=height, width=width, new_height=new_height, new_width=new_width
    )
    style.picture_axes(ax, sizes if title is None else title)
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, 0.0), ncols=3, columnspacing=1.2)
    return ax


def _size(value, name):
    size = tuple(value) if np.ndim(value) else (value, value)
    whole = len(size) == 2 and all(
        isinstance(n, (int, np.integer)) and not isinstance(n, bool) for n in size
    )
    if not whole or not all(1 <= n <= MAX_SIDE for n in size):
        raise ValueError(
            f"`{name}` must be a whole number from 1 to {MAX_SIDE}, or (height, width) of them. "
            f"Received: {name}={value!r}"
        )
    return size
