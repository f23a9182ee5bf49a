"""Things of an image, each in a colour of its own and with its id."""

import matplotlib.patheffects as effects
import numpy as np

from segcourse.plots import arguments, palette, style
from segcourse.plots.overlay import draw_outlines, wash
from segcourse.plots.panoptic import as_ids

#: The first colour that an instance takes; the next ones follow in `palette.POOL`.
MAX_INSTANCES = len(palette.POOL)


@style.styled
def instances(image, panoptic, segments_info, things, name, first=0, margin=6, ax=None, title=None):
    """Draw the segments of some categories: a colour for each segment, and its id written on it.

    The image is grey, and only the part of it that holds these segments is drawn.

    Args:
        image: [height, width, 3], uint8 0..255 or float 0..1.
        panoptic: integer ids [height, width], 0 void.
        segments_info: COCO's list of dicts; `id` and `category_id` are used.
        things: category ids; segments of others stay grey. At most 12 segments are drawn.
        name: what stands before the id, such as "true".
        first: place of the first segment's colour, so that two maps can have different colours.
        margin: pixels around the segments.
        ax: axes to draw on; a new figure without it.
        title: text above the image.

    Returns:
        The axes.

    Raises:
        ValueError: an array of the wrong shape or kind, an id without its segment, or no segment
            of `things`, or more than 12.

    Example:

        example = split[52]
        plots.instances(
            example["image"], example["panoptic"], example["segments_info"], (3, 4), "true"
        )
    """
    image = arguments.as_images(image, "image")
    ids = as_ids(panoptic, image.shape[:2], segments_info)
    shown = [one["id"] for one in segments_info if one["category_id"] in things]
    shown = [number for number in shown if (ids == number).any()]
    if not 1 <= len(shown) <= MAX_INSTANCES:
        raise ValueError(
            f"`segments_info` must hold 1 to {MAX_INSTANCES} segments of `things`. "
            f"Received: {len(shown)}"
        )
    labels = np.full(ids.shape, palette.VOID)
    for place, number in enumerate(shown):
        labels[ids == number] = (first + place) % MAX_INSTANCES
    ax = style.new_axes(ax, size=(5.2, 4.2))
    grey = np.repeat(0.4 * image.mean(axis=-1, keepdims=True) + 0.6, 3, axis=-1)
    pool = np.array(list(palette.POOL.values()), "uint8")
    colored = wash(grey, labels, pool, 0.75)
    ax.imshow(np.where((labels == palette.VOID)[..., None], grey, colored))
    draw_outlines(ax, np.where(np.isin(ids, shown), ids, 0), 0)
    for number in shown:
        rows, columns = np.nonzero(ids == number)
        # On a pixel of the segment itself: the middle of a bent shape may lie outside it.
        away = (rows - rows.mean()) ** 2 + (columns - columns.mean()) ** 2
        place = columns[away.argmin()], rows[away.argmin()]
        outline = [effects.withStroke(linewidth=2.6, foreground="#111111")]
        look = {"color": "white", "fontsize": 10, "ha": "center", "va": "center"}
        ax.text(*place, f"{name} {number}", path_effects=outline, **look)
    rows, columns = np.nonzero(np.isin(ids, shown))
    style.picture_axes(ax, title)
    ax.set_xlim(
        max(columns.min() - margin, 0) - 0.5, min(columns.max() + margin, ids.shape[1] - 1) + 0.5
    )
    ax.set_ylim(min(rows.max() + margin, ids.shape[0] - 1) + 0.5, max(rows.min() - margin, 0) - 0.5)
    return ax
