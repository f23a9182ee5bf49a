"""What one output pixel sees, layer by layer."""

import numpy as np
from matplotlib.patches import Rectangle

from segcourse.plots import arguments, palette, style
from segcourse.texts import _

COLORS = ("vermillion", "blue", "orange", "purple", "green", "brown", "pink", "navy")


@style.styled
def receptive_fields(image, boxes, ax=None, title=None):
    """Draw the receptive fields of several layers over a picture.

    Each is a square, solid inside the picture and dashed where it goes on outside, where a
    network sees only padding.

    Args:
        image: [height, width, 3], uint8 0..255 or float 0..1.
        boxes: dict from a layer's name to (top, left, size) in pixels; top and left may be
            negative. At most eight.
        ax: axes to draw on; a new figure without it.
        title: text above the picture.

    Returns:
        The axes.

    Raises:
        ValueError: no box or more than eight, or a box that is not three whole numbers with a
            positive size.

    Example:

        plots.receptive_fields(image, {"pool3": (48, 40, 44), "fc7": (-132, -140, 404)})
    """
    image = arguments.as_images(image, "image")
    if not isinstance(boxes, dict) or not 1 <= len(boxes) <= len(COLORS):
        raise ValueError(f"`boxes` must be a dict of 1 to {len(COLORS)} boxes. Received: {boxes!r}")
    for name, box in boxes.items():
        if len(box) != 3 or any(int(v) != v for v in box) or box[2] < 1:
            raise ValueError(
                f"`boxes` must hold (top, left, size) with size at least 1. "
                f"Received: {name!r}: {box!r}"
            )
    height, width = image.shape[:2]
    top = min(0, *(box[0] for box in boxes.values()))
    left = min(0, *(box[1] for box in boxes.values()))
    bottom = max(height, *(box[0] + box[2] for box in boxes.values()))
    right = max(width, *(box[1] + box[2] for box in boxes.values()))
    margin = 0.02 * max(bottom - top, right - left)

    ax = style.new_axes(ax, size=(6.4, 5.2))
    ax.imshow(image)
    frame = Rectangle((-0.5, -0.5), width, height, fill=False, edgecolor="none")
    ax.add_patch(frame)
    for k, (y, x, size) in enumerate(boxes.values()):
        color = np.array(palette.POOL[COLORS[k]]) / 255
        corner = (x - 0.5, y - 0.5)
        if y < 0 or x < 0 or y + size > height or x + size > width:
            dashed = Rectangle(
                corner,
                size,
                size,
                fill=False,
                edgecolor=color,
                linewidth=1.6,
                linestyle=(0, (4, 3)),
            )
            ax.add_patch(dashed)
        for rim, line in (("white", 3.6), (color, 1.9)):
            solid = Rectangle(corner, size, size, fill=False, edgecolor=rim, linewidth=line)
            ax.add_patch(solid)
            solid.set_clip_path(frame)
    ax.set(
        xlim=(left - margin - 0.5, right + margin - 0.5),
        ylim=(bottom + margin - 0.5, top - margin - 0.5),
    )
    _name_boxes(ax, boxes)
    style.picture_axes(ax, title)
    return ax


def _name_boxes(ax, boxes):
    """Each name and size on the right, with a line to the top right corner of its square."""
    (bottom, top) = ax.get_ylim()
    gap = 0.085 * (bottom - top)
    right = ax.get_xlim()[1]
    order = sorted(range(len(boxes)), key=lambda k: list(boxes.values())[k][0])
    place = top - gap / 2
    for k in order:
        name, (y, x, size) = list(boxes.items())[k]
        color = np.array(palette.POOL[COLORS[k]]) / 255
        place = max(place + gap, y - 0.5)
        corner = (x + size - 0.5, y - 0.5)
        end = (right + 0.03 * (bottom - top), place)
        for rim, line in (("white", 2.6), (color, 1.1)):
            ax.plot(*zip(corner, end, strict=True), color=rim, linewidth=line, clip_on=False)
        ax.text(
            *end,
            " " + _("{name}: {size} × {size} pixels").format(name=name, size=size),
            va="center",
            fontsize=9.5,
        )
