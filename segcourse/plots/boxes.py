"""A picture with boxes on it, each with its name."""

import matplotlib.patheffects as effects
import numpy as np
from matplotlib.patches import Rectangle

from segcourse.plots import arguments, style

TRUE, PREDICTED = "white", "#FFE42E"


@style.styled
def boxes(image, boxes, names=None, predicted=None, ax=None, title=None):
    """Draw boxes on a picture: true ones solid and white, predicted ones dashed and yellow.

    Both have a dark rim, so they are seen on light and on dark.

    Args:
        image: [height, width, 3], uint8 0..255 or float 0..1.
        boxes: numbers [n, 4], left, top, right, bottom in pixels; right and bottom are
            exclusive, so (0, 0, width, height) is the whole picture.
        names: one text for each box, written at its top left corner; none without it.
        predicted: further boxes [m, 4], or None.
        ax: axes to draw on; a new figure without it.
        title: text above the picture.

    Returns:
        The axes.

    Raises:
        ValueError: arrays of the wrong shape, or names that do not fit the boxes.

    Example:

        plots.boxes(example["image"], example["boxes"], ["cat", "dog"])
    """
    image = arguments.as_images(image, "image")
    true = _as_boxes(boxes, "boxes")
    predicted = _as_boxes([] if predicted is None else predicted, "predicted")
    names = [""] * len(true) if names is None else [str(name) for name in names]
    if len(names) != len(true):
        raise ValueError(
            f"`names` must hold one text for each of the {len(true)} boxes. Received: {names}"
        )
    ax = style.new_axes(ax, size=(5.2, 5.0 * image.shape[0] / image.shape[1] + 0.2))
    ax.imshow(image)
    for box, name in zip(true, names, strict=True):
        _draw(ax, box, TRUE, "solid", name, image.shape)
    for box in predicted:
        _draw(ax, box, PREDICTED, "dashed", "", image.shape)
    ax.set(xlim=(-0.5, image.shape[1] - 0.5), ylim=(image.shape[0] - 0.5, -0.5))
    style.picture_axes(ax, title)
    return ax


def _as_boxes(value, name):
    array = np.asarray(value, dtype="float64")
    if array.size == 0:
        return array.reshape(0, 4)
    if array.ndim != 2 or array.shape[1] != 4 or not np.isfinite(array).all():
        raise ValueError(
            f"`{name}` must be finite numbers of shape [n, 4]. Received: shape={array.shape}"
        )
    return array


def _draw(ax, box, color, line, name, shape):
    left, top, right, bottom = box
    # Pixel 0 is drawn from -0.5 to 0.5, so an edge between pixels lies half a pixel lower.
    for look in (
        {"edgecolor": "#111111", "linewidth": 3.2},
        {"edgecolor": color, "linewidth": 1.7},
    ):
        dashed = line if look["edgecolor"] == color else "solid"
        ax.add_patch(
            Rectangle(
                (left - 0.5, top - 0.5), right - left, bottom - top,
                fill=False, linestyle=dashed, **look,
            )
        )  # fmt: skip
    if name:
        # Above the box; inside it where the picture ends there.
        above = top > 0.08 * shape[0]
        ax.text(
            left,
            top - 0.012 * shape[0] if above else top + 0.015 * shape[0],
            name,
            color="white",
            fontsize=10,
            va="bottom" if above else "top",
            path_effects=[effects.withStroke(linewidth=2.6, foreground="#111111")],
        )
