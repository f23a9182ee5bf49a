"""A U-Net as the paper draws it, with the sizes of the very model that is drawn."""

import math
from itertools import pairwise

from matplotlib.patches import FancyArrowPatch, Rectangle

from segcourse.plots import style
from segcourse.texts import N_, _

PITCH = 0.74
FILL, EDGE = "#DCE8F5", "#34587F"
SKIP_FILL = "#FBE3BF"

# Kind of step: colour, line style and what it is called below the diagram.
STEPS = {
    "conv": ("#34587F", "solid", N_("3×3 convolution, ReLU")),
    "pool": ("#B3382C", "solid", N_("2×2 max pooling")),
    "up": ("#0C694C", (0, (4, 1.5)), N_("2×2 up-convolution")),
    "skip": ("#8A5A00", (0, (1, 1.2)), "skip"),
    "last": ("#222222", "solid", N_("1×1 convolution")),
}
SKIPS = {
    ("concatenate", True): N_("skip: crop, concatenate"),
    ("concatenate", False): N_("skip: concatenate"),
    ("add", True): N_("skip: crop, add"),
    ("add", False): N_("skip: add"),
}
ABOVE, BELOW = N_("above a box: channels"), N_("below a box: height × width")


@style.styled
def unet_diagram(model, ax=None, title=None):
    """Draw a U-Net: every map with its channels (above) and its size (below).

    The height of a box follows the logarithm of the map's height, its width the logarithm of its
    channels. In a box of a concatenation the hatched part is what the skip brings.

    Args:
        model: what `segcourse.models.unet` gives, with a fixed height and width.
        ax: axes to draw on; a new figure without it.
        title: text above the diagram.

    Returns:
        The axes.

    Raises:
        ValueError: a model whose layers are not those of `unet`, or with an open size.

    Example:

        plots.unet_diagram(models.unet(2, (572, 572, 1), padding="valid"))

    Reference: O. Ronneberger, P. Fischer and T. Brox, U-Net: Convolutional Networks for Biomedical
    Image Segmentation, 2015, figure 1. Week 6, section 2.
    """
    maps = _maps(model)
    depth = sum(name.endswith("_upconv") for name in maps)
    levels = range(1, depth + 1)
    rows = _rows(maps, depth)
    columns = 4 * depth + 3
    bottom = rows[depth + 1] - 1.15
    ax = style.new_axes(ax, size=(12.0, 12.0 * (0.95 - bottom) / (columns * PITCH + 1.2)))
    ax.set(xlim=(-0.6, columns * PITCH + 0.6), ylim=(bottom, 0.95), aspect="equal")

    for level in levels:
        y, down, up = rows[level], 2 * (level - 1), 2 * (2 * depth - level + 1)
        first = "images" if level == 1 else f"down{level - 1}_pool"
        _row(ax, maps, down, y, [first, f"down{level}_conv1", f"down{level}_conv2"])
        joined = f"up{level}_skip" if f"up{level}_skip" in maps else f"up{level}_upconv"
        _row(ax, maps, up, y, [joined, f"up{level}_conv1", f"up{level}_conv2"])
        _skip(ax, maps, level, (down + 2, up), y)
        below = rows[level + 1]
        pooled = f"down{level}_pool"
        _down(ax, down + 2, y, below, maps[f"down{level}_conv2"], maps[pooled])
        source = "bottom_conv2" if level == depth else f"up{level + 1}_conv2"
        _up(ax, up, below, y, maps[source], maps[joined])
    _row(
        ax, maps, 2 * depth, rows[depth + 1], [f"down{depth}_pool", "bottom_conv1", "bottom_conv2"]
    )
    _box(ax, columns, rows[1], maps["logits"])
    _across(ax, columns - 1, columns, rows[1], maps["up1_conv2"], maps["logits"], "last")
    _key(ax, maps, bottom, columns)
    style.picture_axes(ax, title)
    return ax


def _maps(model):
    """Layer name -> (height, width, channels)."""
    names = {layer.name: layer for layer in getattr(model, "layers", [])}
    needed = {"images", "down1_conv1", "bottom_conv2", "up1_upconv", "up1_conv2", "logits"}
    if not needed <= set(names):
        raise ValueError(
            "`model` must come from segcourse.models.unet. "
            f"Received: {getattr(model, 'name', model)!r} without the layers "
            f"{sorted(needed - set(names))}"
        )
    maps = {name: tuple(layer.output.shape[1:]) for name, layer in names.items()}
    if None in maps["images"]:
        raise ValueError(
            "`model` must have a fixed size, such as input_shape=(572, 572, 1). "
            f"Received: images of shape {maps['images']}"
        )
    for name in list(maps):
        # A cropped skip says how a later one is joined, and its own size.
        if name.endswith("_skip"):
            kind = "add" if type(names[name]).__name__ == "Add" else "concatenate"
            maps[name] = (*maps[name], kind)
    return maps


def _height(size):
    return max(0.2 * math.log2(size) - 0.32, 0.16)


def _width(channels):
    return 0.06 + 0.036 * math.log2(channels)


def _rows(maps, depth):
    """Level -> y of its middle; each level leaves room for its texts and an arrow."""
    heights = {level: _height(maps[f"down{level}_conv1"][0]) for level in range(1, depth + 1)}
    heights[depth + 1] = _height(maps[f"down{depth}_pool"][0])
    rows = {1: 0.0}
    for level in range(1, depth + 1):
        rows[level + 1] = rows[level] - heights[level] / 2 - heights[level + 1] / 2 - 0.92
    return rows


def _size(height, width):
    return f"{height}²" if height == width else f"{height}×{width}"


def _box(ax, column, y, shape):
    height, width, channels, *kind = shape
    x, h, w = column * PITCH, _height(height), _width(channels)
    ax.add_patch(Rectangle((x - w / 2, y - h / 2), w, h, facecolor=FILL, edgecolor="none"))
    if kind == ["concatenate"]:
        part = Rectangle(
            (x - w / 2, y - h / 2), w / 2, h,
            facecolor=SKIP_FILL, edgecolor=STEPS["skip"][0], hatch="///", linewidth=0,
        )  # fmt: skip
        ax.add_patch(part)
    ax.add_patch(Rectangle((x - w / 2, y - h / 2), w, h, fill=False, edgecolor=EDGE, linewidth=1.2))
    if kind == ["add"]:
        ax.text(x, y, "+", ha="center", va="center", fontsize=12, weight="bold")
    ax.text(x, y + h / 2 + 0.04, str(channels), ha="center", va="bottom", fontsize=8.5)
    size = _size(height, width)
    ax.text(x, y - h / 2 - 0.06, size, ha="center", va="top", fontsize=8.5, color=style.QUIET)


def _row(ax, maps, column, y, names):
    for i, name in enumerate(names):
        _box(ax, column + i, y, maps[name])
    for i, (left, right) in enumerate(pairwise(names)):
        _across(ax, column + i, column + i + 1, y, maps[left], maps[right], "conv")


def _across(ax, first, last, y, left, right, kind):
    start = first * PITCH + _width(left[2]) / 2 + 0.03
    stop = last * PITCH - _width(right[2]) / 2 - 0.03
    _arrow(ax, (start, y), (stop, y), kind)


def _down(ax, column, y, below, source, target):
    start = y - _height(source[0]) / 2 - 0.27
    _arrow(
        ax, (column * PITCH, start), (column * PITCH, below + _height(target[0]) / 2 + 0.24), "pool"
    )


def _up(ax, column, below, y, source, target):
    start = below + _height(source[0]) / 2 + 0.24
    _arrow(ax, (column * PITCH, start), (column * PITCH, y - _height(target[0]) / 2 - 0.27), "up")


def _skip(ax, maps, level, columns, y):
    joined = maps.get(f"up{level}_skip")
    if joined is None:
        return
    source = maps[f"down{level}_conv2"]
    start = columns[0] * PITCH + _width(source[2]) / 2 + 0.03
    stop = columns[1] * PITCH - _width(joined[2]) / 2 - 0.03
    _arrow(ax, (start, y), (stop, y), "skip")
    if source[:2] != joined[:2]:
        text = f"{_size(*source[:2])} → {_size(*joined[:2])}"
        ax.text((start + stop) / 2, y + 0.05, text, ha="center", va="bottom", fontsize=8.5)


def _arrow(ax, start, stop, kind):
    color, line = STEPS[kind][:2]
    look = {"color": color, "linewidth": 1.5, "shrinkA": 0, "shrinkB": 0}
    # The head is drawn by itself: with a dashed line its outline would be dashed as well.
    length = math.dist(start, stop)
    share = max(0.0, 1 - 0.09 / max(length, 1e-6))
    neck = tuple(a + share * (b - a) for a, b in zip(start, stop, strict=True))
    ax.plot(*zip(start, neck, strict=True), color=color, linewidth=1.5, linestyle=line)
    ax.add_patch(FancyArrowPatch(neck, stop, arrowstyle="-|>", mutation_scale=8, **look))


def _key(ax, maps, bottom, columns):
    """What the arrows mean, in the two corners below the U."""
    joined = maps.get("up1_skip")
    kinds = ["conv", "pool", "up", "last"]
    lines = {kind: STEPS[kind][2] for kind in kinds}
    if joined:
        cropped = maps["down1_conv2"][:2] != joined[:2]
        lines["skip"] = SKIPS[joined[3], cropped]
    lines["above"], lines["below"] = ABOVE, BELOW
    lines = {name: _(text) for name, text in lines.items()}
    names = list(lines)
    # The lower left corner first, then the lower right one.
    left = names[: (len(names) + 1) // 2]
    for x, group in ((-0.4, left), ((columns - 4.4) * PITCH, names[len(left) :])):
        for i, name in enumerate(reversed(group)):
            y = bottom + 0.16 + 0.27 * i
            if name in STEPS:
                _arrow(ax, (x, y), (x + 0.5, y), name)
                ax.text(x + 0.6, y, lines[name], ha="left", va="center", fontsize=9)
            else:
                ax.text(x, y, lines[name], ha="left", va="center", fontsize=9, color=style.QUIET)
