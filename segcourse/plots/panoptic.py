"""A picture with its segments: classes by colour, instances by outline and number."""

import matplotlib.patheffects as effects
import numpy as np

from segcourse.plots import arguments, palette, style
from segcourse.plots.overlay import draw_outlines, draw_void, wash

VOID_ID = 0  # in a panoptic map


@style.styled
def panoptic(image, panoptic, segments_info, classes, things, stuff=True, ax=None, title=None):
    """Draw the segments of a panoptic map; each instance of a thing has its number.

    Colour says the class. The instances of one class are told apart by their outlines and by a
    text such as "cat 2"; the numbers count the things of a class in the order of `segments_info`.

    Args:
        image: [height, width, 3], uint8 0..255 or float 0..1.
        panoptic: integer ids [height, width], 0 void.
        segments_info: COCO's list of dicts; `id` and `category_id` are used.
        classes: the class names, at most 256; a `category_id` is a place in it.
        things: category ids that have instances.
        stuff: False leaves the segments of the other classes, and void, without colour: the
            picture of an instance segmentation.
        ax: axes to draw on; a new figure without it.
        title: text above the picture.

    Returns:
        The axes.

    Raises:
        ValueError: an array of the wrong shape or kind, or an id without its segment.

    Example:

        example = split[0]
        plots.panoptic(
            example["image"], example["panoptic"], example["segments_info"], split.classes, (3, 4)
        )
    """
    names = palette.check_classes(classes)
    image = arguments.as_images(image, "image")
    ids = as_ids(panoptic, image.shape[:2], segments_info)
    shown = [one for one in segments_info if stuff or one["category_id"] in things]
    labels = np.full(ids.shape, palette.VOID)
    for one in shown:
        labels[ids == one["id"]] = one["category_id"]
    labels = arguments.as_labels(labels, "segments_info", len(names), palette.VOID)

    ax = style.new_axes(ax, size=(5.2, 5.0 * image.shape[0] / image.shape[1] + 0.2))
    colored = wash(image, labels, palette.colors(names), 0.6)
    if stuff:
        ax.imshow(colored)
        draw_void(ax, labels)
    else:
        ax.imshow(np.where((labels == palette.VOID)[..., None], image, colored))
    outlined = np.where(labels == palette.VOID, VOID_ID, ids)
    draw_outlines(ax, outlined, VOID_ID if stuff else palette.VOID)
    _name_things(ax, ids, shown, names, things)
    style.picture_axes(ax, title)
    return ax


def as_ids(value, shape, segments_info):
    ids = np.asarray(value)
    if ids.shape != shape or ids.dtype.kind not in "iu":
        raise ValueError(
            f"`panoptic` must hold integer ids of shape {shape}. "
            f"Received: dtype={ids.dtype}, shape={ids.shape}"
        )
    unknown = set(np.unique(ids).tolist()) - {VOID_ID} - {one["id"] for one in segments_info}
    if unknown:
        raise ValueError(
            f"`panoptic` must hold ids of `segments_info` only. Received: {sorted(unknown)[:5]}"
        )
    return ids


def _name_things(ax, ids, segments, names, things):
    counts = dict.fromkeys(things, 0)
    for one in segments:
        category = one["category_id"]
        if category not in counts:
            continue
        counts[category] += 1
        rows, columns = np.nonzero(ids == one["id"])
        if not len(rows):
            continue
        # On a pixel of the segment itself: the middle of a bent shape may lie outside it.
        away = (rows - rows.mean()) ** 2 + (columns - columns.mean()) ** 2
        ax.text(
            columns[away.argmin()],
            rows[away.argmin()],
            f"{names[category]} {counts[category]}",
            color="white",
            fontsize=10,
            ha="center",
            va="center",
            path_effects=[effects.withStroke(linewidth=2.6, foreground="#111111")],
        )
