"""The coarse map of one class over its picture."""

import numpy as np
from matplotlib.collections import LineCollection

from segcourse.plots import arguments, style


@style.styled
def heat_map(image, scores, ax=None, title=None, grid=True, label="score", alpha=0.6, limits=None):
    """Draw a map of scores over the picture it was computed from, cell by cell.

    The map is stretched over the whole picture without smoothing, so its cells are seen. The
    picture is drawn in grey: colour then means score and nothing else.

    Args:
        image: [height, width, 3], uint8 0..255 or float 0..1.
        scores: real numbers [rows, columns], of any size.
        ax: axes to draw on; a new figure without it.
        title: text above the picture.
        grid: whether to draw the borders of the cells.
        label: text beside the colour bar: what the scores are, with their unit.
        alpha: how much of the colour covers the picture, 0 to 1.
        limits: (lowest, highest) score of the colour scale, to compare several maps; by default
            those of `scores`.

    Returns:
        The axes.

    Raises:
        ValueError: an array of the wrong shape or kind, or limits that are not in order.

    Example:

        cat = probabilities[0, ..., classes.index("cat")]
        plots.heat_map(image, cat, label="probability of cat", limits=(0, 1))
    """
    image = arguments.as_images(image, "image")
    scores = arguments.as_map(scores, "scores").astype("float64")
    if limits is not None and not limits[0] < limits[1]:
        raise ValueError(f"`limits` must be (lowest, highest). Received: limits={limits}")
    if not 0 <= alpha <= 1:
        raise ValueError(f"`alpha` must be between 0 and 1. Received: alpha={alpha}")
    low, high = limits if limits is not None else (scores.min(), scores.max())
    height, width = image.shape[:2]
    ax = style.new_axes(ax, size=(5.2, 5.0 * height / width * 0.86 + 0.3))
    # Lifted towards white: a dark picture would pass for a low score.
    grey = 0.4 + 0.6 * image @ np.array([0.299, 0.587, 0.114])
    ax.imshow(grey, cmap="gray", vmin=0, vmax=1)
    mapped = ax.imshow(
        scores,
        cmap="viridis",
        alpha=alpha,
        vmin=low,
        vmax=high,
        extent=(-0.5, width - 0.5, height - 0.5, -0.5),
        interpolation="nearest",
    )
    if grid:
        _draw_cells(ax, scores.shape, (height, width))
    bar = ax.figure.colorbar(mapped, ax=ax, fraction=0.046, pad=0.03)
    bar.set_label(label)
    bar.outline.set_visible(False)
    bar.ax.tick_params(labelsize=style.RC["ytick.labelsize"], labelcolor=style.INK)
    style.picture_axes(ax, title)
    return ax


def _draw_cells(ax, cells, size):
    """Lines between the cells of a map of `cells` rows and columns."""
    (rows, columns), (height, width) = cells, size
    y = np.linspace(-0.5, height - 0.5, rows + 1)[1:-1]
    x = np.linspace(-0.5, width - 0.5, columns + 1)[1:-1]
    lines = [[(-0.5, v), (width - 0.5, v)] for v in y] + [[(v, -0.5), (v, height - 0.5)] for v in x]
    ax.add_collection(
        LineCollection(lines, colors="white", linewidths=0.6, alpha=0.8), autolim=False
    )
