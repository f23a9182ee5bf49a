"""A picture with a grid that a displacement field bends."""

import numpy as np
from matplotlib.collections import LineCollection

from segcourse.plots import arguments, style


@style.styled
def bent_grid(image, dy, dx, step=16, ax=None, title=None):
    """Draw the lines that a deformation makes straight, on the picture before it.

    A deformed picture reads its pixel (y, x) at (y + dy, x + dx). So what lies here on a bent line
    lies there on a straight one. With displacements of 0 the lines are straight.

    Args:
        image: [height, width, 3] or [height, width, 1], uint8 0..255 or float 0..1.
        dy, dx: real numbers [height, width], displacements in pixels, down and right.
        step: distance of the lines in pixels.
        ax: axes to draw on; a new figure without it.
        title: text above the picture.

    Returns:
        The axes.

    Raises:
        ValueError: an array of the wrong shape, or a step below 1.

    Example:

        plots.bent_grid(image, dy, dx, step=8)

    Defined for week 6, section 5.
    """
    image = arguments.as_images(image, "image")
    height, width = image.shape[:2]
    fields = []
    for name, field in (("dy", dy), ("dx", dx)):
        field = arguments.as_map(field, name).astype("float64")
        if field.shape != (height, width):
            raise ValueError(
                f"`{name}` must have the picture's shape {(height, width)}. "
                f"Received: shape={field.shape}"
            )
        fields.append(field)
    if step < 1:
        raise ValueError(f"`step` must be at least 1. Received: step={step}")
    rows, columns = np.indices((height, width))
    places = np.stack([columns + fields[1], rows + fields[0]], axis=-1)
    lines = [places[y] for y in _lines(height, step)]
    lines += [places[:, x] for x in _lines(width, step)]
    ax = style.new_axes(ax, size=(5.2, 5.0 * height / width + 0.2))
    ax.imshow(image)
    for color, wide in (("#111111", 2.4), ("#FFE42E", 1.1)):
        # Drawn twice, so that the lines are seen on light and on dark.
        ax.add_collection(LineCollection(lines, colors=color, linewidths=wide), autolim=False)
    ax.set(xlim=(-0.5, width - 0.5), ylim=(height - 0.5, -0.5))
    style.picture_axes(ax, title)
    return ax


def _lines(size, step):
    """Places of the lines, the same distance from both borders."""
    count = (size - 1) // step
    return np.arange(count + 1) * step + (size - 1 - count * step) // 2
