"""A picture with the keypoints of one or several bodies on it."""

import numpy as np

from segcourse.plots import arguments, style
from segcourse.plots.boxes import PREDICTED, TRUE


@style.styled
def keypoints(image, points, links=(), predicted=None, ax=None, title=None):
    """Draw keypoints and the links between them: true ones white dots, predicted yellow crosses.

    Args:
        image: [height, width, 3], uint8 0..255 or float 0..1.
        points: numbers [points, 3] of one body, or [bodies, points, 3]: x and y in pixels, where
            whole numbers are pixel centres, and the visibility. 0 is not drawn, in the numbering
            of COCO 1 is hidden and drawn hollow, 2 is seen and drawn full.
        links: pairs of point numbers to join, where both are drawn.
        predicted: x and y [points, 2] or [bodies, points, 2] in pixels, or None.
        ax: axes to draw on; a new figure without it.
        title: text above the picture.

    Returns:
        The axes.

    Raises:
        ValueError: arrays of the wrong shape, or a link to a point that is not there.

    Example:

        plots.keypoints(example["image"], example["keypoints"], links=[(0, 5)])
    """
    image = arguments.as_images(image, "image")
    bodies = _as_points(points, "points", 3)
    count = bodies.shape[1]
    for pair in links:
        if len(pair) != 2 or not all(0 <= end < count for end in pair):
            raise ValueError(
                f"`links` must be pairs of points below {count}. Received: {tuple(pair)}"
            )
    ax = style.new_axes(ax, size=(5.2, 5.0 * image.shape[0] / image.shape[1] + 0.2))
    ax.imshow(image)
    for body in bodies:
        _draw_links(ax, body[:, :2], body[:, 2] > 0, links, TRUE)
        _draw_points(ax, body[body[:, 2] > 0])
    if predicted is not None:
        for body in _as_points(predicted, "predicted", 2):
            _draw_links(ax, body, np.ones(len(body), bool), links, PREDICTED, "dashed")
            ax.plot(*body.T, "x", color="#111111", markersize=8, markeredgewidth=3.6)
            ax.plot(*body.T, "x", color=PREDICTED, markersize=7, markeredgewidth=1.9)
    ax.set(xlim=(-0.5, image.shape[1] - 0.5), ylim=(image.shape[0] - 0.5, -0.5))
    style.picture_axes(ax, title)
    return ax


def _as_points(value, name, numbers):
    array = np.asarray(value, dtype="float64")
    if array.ndim == 2:
        array = array[None]
    if array.ndim != 3 or array.shape[-1] != numbers or not np.isfinite(array).all():
        raise ValueError(
            f"`{name}` must be finite numbers of shape [points, {numbers}] or "
            f"[bodies, points, {numbers}]. Received: shape={np.shape(value)}"
        )
    return array


def _draw_links(ax, places, drawn, links, color, line="solid"):
    for one, other in links:
        if drawn[one] and drawn[other]:
            ends = places[[one, other]].T
            ax.plot(*ends, color="#111111", linewidth=3.0)
            ax.plot(*ends, color=color, linewidth=1.5, linestyle=line)


def _draw_points(ax, body):
    for x, y, visibility in body:
        fill = TRUE if visibility >= 2 else "none"
        rim = "#111111" if visibility >= 2 else TRUE
        ax.plot(x, y, "o", color=fill, markersize=6, markeredgecolor=rim, markeredgewidth=1.3)
