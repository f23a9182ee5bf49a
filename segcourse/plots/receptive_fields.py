"""What one output pixel sees, layer by layer."""

import numpy as np
from matplotlib.patches import Rectangle

from segcourse.plots import arguments, palette, style

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
    handles = []
    for k, (name, (y, x, size)) in enumerate(boxes.items()):
        color = np.array(palette.POOL[COLORS[k]]) / 255
        corner = (x - 0.5, y - 0.5)
        if y < 0 or x < 0 or y + size > height or x + size > width:
            dashed = Rectangle(
                corner, size, size, fill=False, edgecolor=color, linewidth=1.6, linestyle=(0, (4, 3))
            )
            ax.add_patch(dashed)
        for rim, line in (("white", 4.2), (color, 2.2)):
            solid = Rectangle(corner, size, size, fill=False, edgecolor=rim, linewidth=line)
            ax.add_patch(solid)
            solid.set_clip_path(frame)
        handles.append(solid)
        _name(ax, k, name, size, corner, color, (left, top, margin))
    ax.set(
        xlim=(left - margin - 0.5, right + margin - 0.5),
        ylim=(bottom + margin - 0.5, top - margin - 0.5),
    )
    ax.legend(
        handles=handles,
        labels=[f"{name}: {box[2]} × {box[2]} pixels" for name, box in boxes.items()],
        loc="upper left",
        bbox_to_anchor=(1.02, 1.0),
        borderaxespad=0.0,
    )
    style.picture_axes(ax, title)
    return ax


def _name(ax, k, name, size, corner, color, view):
    """The layer's name just inside the top left corner of its square."""
    ax.annotate(
        name,
        corner,
        xytext=(3, -3),
        textcoords="offset points",
        ha="left",
        va="top",
        fontsize=9,
        color=color,
        zorder=5,
        bbox={"facecolor": "white", "edgecolor": color, "linewidth": 0.8, "pad": 1.6},
    )
