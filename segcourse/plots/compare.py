"""Input, truth and predictions side by side."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Patch

from segcourse.plots import arguments, palette, style
from segcourse.plots.legend import class_patches
from segcourse.plots.overlay import draw_outlines, draw_void, overlay
from segcourse.texts import _

WRONG = (191, 48, 10)


@style.styled
def compare(
    images,
    labels,
    predictions,
    classes,
    titles=None,
    alpha=0.65,
    outlines=True,
    errors=False,
    void=palette.VOID,
):
    """Draw one row an example: input, truth, then a column a prediction, and one legend.

    Args:
        images: [n, height, width, 3] or [n, height, width, 1], uint8 0..255 or float 0..1.
        labels: integer class ids [n, height, width].
        predictions: integer class ids [n, height, width], or a dict from the name of a model to
            such an array, one column each.
        classes: the class names, at most 256.
        titles: one text for each column but the error columns; by default "input", "truth",
            and "prediction" or the names in `predictions`.
        alpha: how much of the colour covers the picture, 0 to 1.
        outlines: whether to draw the lines between classes.
        errors: after each prediction, a column that marks its wrong pixels. Void does not count.
        void: the id that is no class.

    Returns:
        The figure.

    Raises:
        ValueError: arrays whose shapes do not fit each other, a label that is no class, or a
            wrong number of titles.

    Example:

        plots.compare(images, labels, {"FCN-32s": coarse, "FCN-8s": fine}, classes)
    """
    names = palette.check_classes(classes)
    images = arguments.as_images(images, "images", ndim=4)
    labels = arguments.as_labels(labels, "labels", len(names), void, images.shape[:3])
    if not isinstance(predictions, dict):
        predictions = {"prediction": predictions}
    columns = {
        name: arguments.as_labels(maps, "predictions", len(names), void, images.shape[:3])
        for name, maps in predictions.items()
    }
    titles = (_("input"), _("truth"), *columns) if titles is None else tuple(titles)
    if len(titles) != 2 + len(columns):
        raise ValueError(
            f"`titles` must hold {2 + len(columns)} texts, one a column. Received: {titles}"
        )
    if not 0 <= alpha <= 1:
        raise ValueError(f"`alpha` must be between 0 and 1. Received: alpha={alpha}")

    count = 2 + len(columns) * (2 if errors else 1)
    present = np.unique(np.concatenate([labels.ravel(), *(m.ravel() for m in columns.values())]))
    patches = class_patches(names, present, void)
    if errors:
        patches.append(
            Patch(facecolor=np.array(WRONG) / 255, edgecolor=style.INK, label=_("wrong"))
        )
    lines = -(-len(patches) // (2 * count))
    fig, grid = _grid(len(images), count, images.shape[1] / images.shape[2], lines)
    options = {"alpha": alpha, "outlines": outlines, "void": void}
    for row, image, truth in zip(grid, images, labels, strict=True):
        row[0].imshow(image)
        style.picture_axes(row[0])
        _draw_mask(row[1], image, truth, names, **options)
    for ax, title in zip(grid[0], titles[:2], strict=False):
        ax.set_title(title)
    for k, (maps, title) in enumerate(zip(columns.values(), titles[2:], strict=True)):
        place = 2 + k * (2 if errors else 1)
        for row, image, truth, prediction in zip(grid, images, labels, maps, strict=True):
            _draw_mask(row[place], image, prediction, names, **options)
            if errors:
                _draw_errors(row[place + 1], image, truth, prediction, void)
        grid[0][place].set_title(title)
        if errors:
            grid[0][place + 1].set_title(_("wrong pixels"))

    fig.legend(
        handles=patches,
        loc="outside lower center",
        ncols=-(-len(patches) // lines),
        handlelength=1.5,
        handleheight=1.1,
        columnspacing=1.4,
    )
    return fig


def _draw_mask(ax, image, labels, classes, alpha, outlines, void):
    overlay(image, labels, classes, ax=ax, alpha=alpha, outlines=False, void=void)
    if outlines:
        draw_outlines(ax, labels, void, width=0.7)


def _grid(rows, columns, ratio, lines):
    """A figure with a picture a cell, and room for the titles and a legend of `lines` lines."""
    width = min(2.6, 12.0 / columns)
    size = (width * columns, (width * ratio) * rows + 0.42 + 0.24 * lines)
    fig, grid = plt.subplots(rows, columns, figsize=size, squeeze=False, layout="constrained")
    fig.get_layout_engine().set(w_pad=0.02, h_pad=0.02, wspace=0.02, hspace=0.02)
    return fig, grid


def _draw_errors(ax, image, truth, prediction, void):
    """A pale grey picture with the wrong pixels of `prediction` on it and their share below."""
    counted = truth != void
    wrong = counted & (prediction != truth)
    # So pale that the wrong pixels stand out by their darkness alone.
    grey = 0.72 + 0.28 * np.repeat(image.mean(-1, keepdims=True), 3, axis=-1)
    grey[wrong] = np.array(WRONG) / 255
    grey[~counted] = np.array(palette.VOID_COLOR) / 255
    ax.imshow(grey)
    draw_void(ax, truth, void)
    share = wrong.sum() / max(counted.sum(), 1)
    ax.text(
        0.97,
        0.03,
        f"{share:.1%}",
        transform=ax.transAxes,
        ha="right",
        va="bottom",
        fontsize=9,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1.5},
    )
    style.picture_axes(ax)
