"""A legend that names the classes of a mask."""

import numpy as np
from matplotlib.figure import FigureBase
from matplotlib.patches import Patch

from segcourse.plots import arguments, palette, style
from segcourse.texts import _


def class_patches(classes, present=None, void=palette.VOID):
    """One outlined patch for each class, void last and hatched.

    `present` is a label map, or any collection of ids: only these are named. Without it every
    class is named, and void is not.
    """
    names = palette.check_classes(classes)
    ids = range(len(names))
    if present is not None:
        present = present if hasattr(present, "__array__") else list(present)
        ids = np.unique(arguments.as_labels(present, "present", len(names), void))
    table, patterns = palette.colors(names) / 255, palette.hatches(names)
    patches = [
        Patch(
            facecolor=table[i],
            edgecolor=style.INK if table[i].mean() > 110 / 255 or not patterns[i] else "#F4F4F4",
            linewidth=0.8,
            hatch=patterns[i] or None,
            label=names[i],
        )
        for i in ids
        if i != void
    ]
    if void in ids:
        grey = np.array(palette.VOID_COLOR) / 255
        # The hatch has the edge's colour, so the patch is light and its frame too.
        patches.append(
            Patch(facecolor=grey, edgecolor="#F4F4F4", linewidth=0.8, hatch="////", label=_("void"))
        )
    return patches


@style.styled
def legend(target, classes, present=None, outside=True, ncols=None, void=palette.VOID):
    """Name the classes on axes or under a figure.

    Args:
        target: axes, or a figure. On axes the legend stands to the right; under a figure it is
            one for all its axes.
        classes: the class names, at most 256.
        present: a label map or a collection of ids; only these classes are named, and void when
            it is among them. None: all classes.
        outside: False puts the legend of axes inside them.
        ncols: number of columns; by default 1 beside axes and up to 6 under a figure.
        void: the id that is no class.

    Returns:
        `target`.

    Raises:
        ValueError: `target` is neither, or `present` holds an id that is no class.

    Example:

        ax = plots.overlay(image, labels, classes)
        plots.legend(ax, classes, present=labels)
    """
    patches = class_patches(classes, present, void)
    shape = {"handlelength": 1.5, "handleheight": 1.1, "columnspacing": 1.4}
    if isinstance(target, FigureBase):
        target.legend(
            handles=patches,
            loc="outside lower center" if target.get_layout_engine() else "lower center",
            ncols=ncols or min(len(patches), 6) or 1,
            **shape,
        )
    elif hasattr(target, "legend") and hasattr(target, "get_figure"):
        place = {"loc": "upper left", "bbox_to_anchor": (1.02, 1.0), "borderaxespad": 0.0}
        inside = {"loc": "best", "frameon": True, "framealpha": 0.9}
        target.legend(handles=patches, ncols=ncols or 1, **(place if outside else inside), **shape)
    else:
        raise ValueError(f"`target` must be axes or a figure. Received: target={target!r}")
    return target
