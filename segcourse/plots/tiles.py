"""A picture with its mirrored border, and the tiles in which it is predicted."""

import numpy as np
from matplotlib.patches import Rectangle

from segcourse.plots import arguments, style

OUTPUT, INPUT = "#FFE42E", "#6FD3FF"


@style.styled
def tiles(image, tile, margin, chosen=0, ax=None, title=None):
    """Draw a picture with a mirrored border, its tiles, and one tile with the input it needs.

    The border is dimmed. Thin lines bound the tiles; the last tile of a row or column is moved
    back so that it ends at the edge. The chosen tile is solid, its input dashed.

    Args:
        image: [height, width, 3] or [height, width, 1], uint8 0..255 or float 0..1.
        tile: side of a tile in pixels, at most height and width.
        margin: pixels that are lost on every side, smaller than height and width.
        chosen: number of the tile to draw, row by row from the top left.
        ax: axes to draw on; a new figure without it.
        title: text above the picture.

    Returns:
        The axes.

    Raises:
        ValueError: a tile or a margin that does not fit the picture, or no such tile.

    Example:

        plots.tiles(image, tile=32, margin=20, chosen=3)

    Reference: O. Ronneberger, P. Fischer and T. Brox, U-Net: Convolutional Networks for Biomedical
    Image Segmentation, 2015, figure 2. Week 6, section 4.
    """
    image = arguments.as_images(image, "image")
    height, width = image.shape[:2]
    if not 1 <= tile <= min(height, width):
        raise ValueError(
            f"`tile` must be from 1 to {min(height, width)}, the picture's side. Received: {tile}"
        )
    if not 0 <= margin < min(height, width):
        raise ValueError(
            f"`margin` must be at least 0 and below {min(height, width)}, the picture's side. "
            f"Received: {margin}"
        )
    tops, lefts = _starts(height, tile), _starts(width, tile)
    if not 0 <= chosen < len(tops) * len(lefts):
        raise ValueError(
            f"`chosen` must be one of the {len(tops) * len(lefts)} tiles, from 0. "
            f"Received: {chosen}"
        )
    padded = np.pad(image, ((margin, margin), (margin, margin), (0, 0)), mode="reflect")
    shown = 0.5 + 0.5 * padded
    shown[margin : margin + height, margin : margin + width] = image
    ax = style.new_axes(ax, size=(5.2, 5.0 * padded.shape[0] / padded.shape[1] + 0.2))
    reach = (-margin - 0.5, width + margin - 0.5, height + margin - 0.5, -margin - 0.5)
    ax.imshow(shown, extent=reach)
    _frame(ax, 0, 0, height, width, "#222222", "solid", 1.6)
    for color, wide in (("#222222", 2.2), ("white", 1.0)):
        for top in tops:
            for left in lefts:
                _frame(ax, top, left, tile, tile, color, "solid", wide)
    top, left = tops[chosen // len(lefts)], lefts[chosen % len(lefts)]
    side = tile + 2 * margin
    for color, line, wide in (("#111111", "solid", 3.4), (INPUT, "dashed", 2.0)):
        _frame(ax, top - margin, left - margin, side, side, color, line, wide)
    for color, wide in (("#111111", 3.6), (OUTPUT, 2.0)):
        _frame(ax, top, left, tile, tile, color, "solid", wide)
    ax.set(xlim=reach[:2], ylim=reach[2:])
    style.picture_axes(ax, title)
    return ax


def _starts(size, tile):
    return sorted({min(start, size - tile) for start in range(0, size, tile)})


def _frame(ax, top, left, height, width, color, line, wide):
    # Pixel 0 is drawn from -0.5 to 0.5.
    box = Rectangle(
        (left - 0.5, top - 0.5), width, height,
        fill=False, edgecolor=color, linestyle=line, linewidth=wide, clip_on=False,
    )  # fmt: skip
    ax.add_patch(box)
