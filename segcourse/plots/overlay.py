"""A picture with its classes washed over it and outlined."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from segcourse.plots import arguments, palette, style


def outline_segments(labels, void=palette.VOID):
    """The lines along which two classes meet, as straight pieces between pixels.

    Pixel (row, column) covers the square from column - 0.5 to column + 0.5 and row - 0.5 to
    row + 0.5, as in `imshow`. A piece runs as far as it can. Where void touches a class there is
    no line: void is hatched instead.

    Args:
        labels: integer array [height, width].
        void: the id that is no class.

    Returns:
        float array [n, 2, 2]: for each piece its start and its end, as (x, y).

    Example:

    >>> outline_segments(np.array([[0, 1]])).tolist()
    [[[0.5, -0.5], [0.5, 0.5]]]
    """
    labels = np.asarray(labels)
    upright = _runs(_differ(labels[:, :-1], labels[:, 1:], void).T)
    level = _runs(_differ(labels[:-1], labels[1:], void))
    # A row of the first table is the line right of that column, of the second below that row.
    pieces = [[(k + 0.5, start - 0.5), (k + 0.5, stop - 0.5)] for k, start, stop in upright]
    pieces += [[(start - 0.5, k + 0.5), (stop - 0.5, k + 0.5)] for k, start, stop in level]
    return np.array(pieces, dtype="float64").reshape(-1, 2, 2)


def _differ(first, second, void):
    return (first != second) & (first != void) & (second != void)


def _runs(mask):
    """(row, start, stop) of every run of True in the rows of `mask`."""
    edges = np.diff(np.pad(mask, ((0, 0), (1, 1))).astype("int8"), axis=1)
    rows, starts = np.nonzero(edges == 1)
    stops = np.nonzero(edges == -1)[1]
    return np.stack([rows, starts, stops], axis=1)


def wash(image, labels, class_colors, alpha=0.5, void=palette.VOID):
    """`image` mixed with the colour of each pixel's class, float [height, width, 3] in 0..1.

    Example:

    >>> wash(np.zeros((1, 1, 3)), np.array([[0]]), np.array([[255, 0, 0]])).tolist()
    [[[0.5, 0.0, 0.0]]]
    """
    table = np.concatenate([class_colors, [palette.VOID_COLOR]]) / 255
    color = table[np.where(labels == void, len(class_colors), labels)]
    # Rounding may go past 1, of which Matplotlib would warn.
    return np.clip((1 - alpha) * image + alpha * color, 0.0, 1.0)


def draw_outlines(ax, labels, void=palette.VOID, width=0.9):
    """Draw the class borders on `ax`: white with a dark rim, so seen on light and on dark."""
    segments = outline_segments(labels, void)
    for color, extra in (("#111111", 1.1), ("white", 0.0)):
        lines = LineCollection(segments, colors=color, linewidths=width + extra, capstyle="round")
        ax.add_collection(lines, autolim=False)


def draw_void(ax, labels, void=palette.VOID):
    """Hatch the void pixels on `ax`; nothing is drawn where there are none."""
    _hatch(ax, labels == void, "/////", "#F4F4F4")


def draw_hatches(ax, labels, classes, void=palette.VOID):
    """Hatch the classes beyond the twelfth on `ax`: their colours are shades of the others."""
    table = palette.colors(classes)
    for place, pattern in enumerate(palette.hatches(classes)):
        if pattern and place != void:
            dark = table[place].mean() > 110
            _hatch(ax, labels == place, pattern, style.INK if dark else "#F4F4F4")


def _hatch(ax, mask, pattern, color):
    """Draw a pattern on the pixels of a mask."""
    runs = _runs(mask)
    if not len(runs):
        return
    corners = np.array([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)])
    boxes = [
        Path(corners * (stop - start, 1) + (start - 0.5, row - 0.5), closed=True)
        for row, start, stop in runs
    ]
    ax.add_patch(
        PathPatch(
            Path.make_compound_path(*boxes),
            facecolor="none",
            edgecolor=color,
            linewidth=0,
            hatch=pattern,
        )
    )


@style.styled
def overlay(
    image, labels, classes, ax=None, alpha=0.5, outlines=True, title=None, void=palette.VOID
):
    """Draw a picture with its classes as a colour wash and outlines.

    Void is grey and hatched. Classes beyond the twelfth have shades of the twelve colours, and are
    hatched as in the legend. The outlines keep the mask readable without colour; `legend` names
    the classes.

    Args:
        image: [height, width, 3] or [height, width, 1], uint8 0..255 or float 0..1.
        labels: integer class ids [height, width].
        classes: the class names, at most 256; the id of a class is its place.
        ax: axes to draw on; a new figure without it.
        alpha: how much of the colour covers the picture, 0 to 1.
        outlines: whether to draw the lines between classes.
        title: text above the picture.
        void: the id that is no class.

    Returns:
        The axes.

    Raises:
        ValueError: an array of the wrong shape or kind, a label that is no class, or an `alpha`
            outside 0 to 1.

    Example:

        ax = plots.overlay(split.images[0], split.labels[0], split.classes)
        plots.legend(ax, split.classes, present=split.labels[0])
    """
    names = palette.check_classes(classes)
    image = arguments.as_images(image, "image")
    labels = arguments.as_labels(labels, "labels", len(names), void, image.shape[:2])
    if not 0 <= alpha <= 1:
        raise ValueError(f"`alpha` must be between 0 and 1. Received: alpha={alpha}")
    ax = style.new_axes(ax, size=(5.2, 5.0 * image.shape[0] / image.shape[1] + 0.2))
    ax.imshow(wash(image, labels, palette.colors(names), alpha, void))
    draw_void(ax, labels, void)
    draw_hatches(ax, labels, names, void)
    if outlines:
        draw_outlines(ax, labels, void)
    style.picture_axes(ax, title)
    return ax
