"""Many small pictures in blocks: what the channels of several layers answer to."""

import matplotlib.pyplot as plt
import numpy as np

from segcourse.plots import arguments, style

_GAP = 0.08  # between the pictures of a block, of their side


@style.styled
def patch_grid(groups, title=None, signed=False):
    """Draw a row a group, in it a block a channel, and in the block the channel's pictures.

    Args:
        groups: dict from a name, written left of the row, to an array
            [channels, count, height, width, 3]; every group with as many channels. The pictures
            of a block stand in rows, the first at the top left.
        title: text above the figure.
        signed: whether the arrays hold values around zero, such as projections: grey is then
            zero, and each picture is scaled to its own largest value. Otherwise they are uint8
            0..255 or float 0..1.

    Returns:
        The figure.

    Raises:
        ValueError: no groups, arrays of another shape or kind, or of different numbers of
            channels.

    Example:

        plots.patch_grid({"relu1_1": found.patches})
    """
    groups = _check(groups, signed)
    columns = len(next(iter(groups.values())))
    side = min(2.0, 11.4 / columns)
    height = side * len(groups) + (0.35 if title else 0)
    fig, grid = plt.subplots(
        len(groups), columns, figsize=(side * columns + 0.6, height), squeeze=False,
        layout="constrained",
    )  # fmt: skip
    fig.get_layout_engine().set(w_pad=0.035, h_pad=0.035, wspace=0.0, hspace=0.0)
    for row, (name, blocks) in zip(grid, groups.items(), strict=True):
        for ax, pictures in zip(row, blocks, strict=True):
            ax.imshow(_block(pictures), interpolation="nearest")
            style.picture_axes(ax)
        row[0].set_ylabel(name, fontsize=style.RC["axes.titlesize"])
    if title is not None:
        fig.suptitle(title, fontsize=style.RC["axes.titlesize"])
    return fig


def _check(groups, signed):
    if not isinstance(groups, dict) or not groups:
        raise ValueError(f"`groups` must be a dict of one name or more. Received: {groups!r}")
    found = {}
    for name, pictures in groups.items():
        array = np.asarray(pictures)
        if array.ndim != 5 or array.shape[-1] != 3 or not array.size:
            raise ValueError(
                "`groups` must hold arrays [channels, count, height, width, 3]. "
                f"Received: shape={array.shape} for {name!r}"
            )
        flat = array.reshape(-1, *array.shape[2:])
        flat = _around_grey(flat, name) if signed else arguments.as_images(flat, "groups", ndim=4)
        found[name] = flat.reshape(array.shape)
    counts = {len(array) for array in found.values()}
    if len(counts) > 1:
        raise ValueError(
            f"`groups` must have as many channels each. Received: {sorted(counts)} channels"
        )
    return found


def _around_grey(pictures, name):
    if pictures.dtype.kind != "f" or not np.isfinite(pictures).all():
        raise ValueError(f"`groups` must hold finite floats with signed=True. Received: {name!r}")
    largest = np.abs(pictures).max(axis=(1, 2, 3), keepdims=True)
    return (0.5 + 0.5 * pictures / np.maximum(largest, 1e-12)).astype("float32")


def _block(pictures):
    """One picture of all pictures, as near to a square as their number allows, white between."""
    count, height, width = pictures.shape[:3]
    columns = int(np.ceil(np.sqrt(count)))
    rows = -(-count // columns)
    # Enlarged first where they are tiny, so that the gap can be thin.
    times = max(1, round(48 / max(height, width)))
    pictures = pictures.repeat(times, axis=1).repeat(times, axis=2)
    height, width = pictures.shape[1:3]
    gap = max(1, round(_GAP * max(height, width)))
    sheet = np.ones((rows * (height + gap) - gap, columns * (width + gap) - gap, 3), "float32")
    for place, picture in enumerate(pictures):
        row, column = divmod(place, columns)
        y, x = row * (height + gap), column * (width + gap)
        sheet[y : y + height, x : x + width] = picture
    return sheet
