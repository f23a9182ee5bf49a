"""The three networks of the FCN paper in one diagram."""

import math

from matplotlib.patches import Circle, Rectangle

from segcourse.plots import style
from segcourse.plots.stack import arrow
from segcourse.text_columns import text_columns
from segcourse.texts import N_, _

# Kind of layer: fill, edge and hatch.
LOOKS = {
    N_("backbone: convolutions and pooling"): ("#DCE8F5", "#34587F", ""),
    N_("score: 1×1 convolution"): ("#FBE3BF", "#B56A00", "///"),
    N_("upsampling: transposed convolution"): ("#D5EFE2", "#0C694C", "..."),
    N_("sum, after cropping"): ("white", "#222222", ""),
}
BACKBONE, SCORE, UP, SUM = LOOKS
WIDTH = 0.5


@style.styled
def fcn_diagram(strides=(32, 16, 8), ax=None, title=None):
    """Draw FCN-32s, 16s and 8s: the backbone, its score layers, what is upsampled and added.

    A box's height shows its resolution, which is written below it as a part of the input's. The
    names of the layers are those of the published networks.

    Args:
        strides: which of 32, 16 and 8 to draw. FCN-8s stands on what FCN-16s adds, so those
            layers are drawn with it.
        ax: axes to draw on; a new figure without it.
        title: text above the diagram.

    Returns:
        The axes.

    Raises:
        ValueError: strides other than 32, 16 and 8, or none.

    Example:

        plots.fcn_diagram(strides=(16,))

    Reference: J. Long, E. Shelhamer and T. Darrell, Fully Convolutional Networks for Semantic
    Segmentation, 2015, Figure 3.
    """
    strides = (strides,) if isinstance(strides, int) else tuple(strides)
    if not strides or not set(strides) <= {32, 16, 8}:
        raise ValueError(f"`strides` must be among 32, 16 and 8. Received: strides={strides}")
    rows = {32: 0.0}
    if {16, 8} & set(strides):
        rows[16] = -2.05
    if 8 in strides:
        rows[8] = -4.1
    bottom = min(rows.values()) - 1.75
    ax = style.new_axes(ax, size=(12.0, 0.78 * (1.3 - bottom)))
    ax.set(xlim=(-0.6, 14.2), ylim=(bottom, 1.3), aspect="equal")

    names = ("image", "pool1", "pool2", "pool3", "pool4", "pool5", "fc7")
    for i, (name, part) in enumerate(zip(names, (1, 2, 4, 8, 16, 32, 32), strict=True)):
        _box(ax, i, 0, name, part, BACKBONE)
        if i:
            _forward(ax, i - 1, i, 0)
    _box(ax, 7.1, 0, "score_fr", 32, SCORE)
    _forward(ax, 6, 7.1, 0)
    if 16 in rows:
        y = rows[16]
        _merge(ax, y, 7.1, 0, 8.25, 9.35, "upscore2", 4, "score_pool4", 16)
        if 16 in strides:
            _finish(ax, 9.35, y, "upscore16", 16, gap=0.17)
    if 8 in rows:
        y = rows[8]
        _merge(ax, y, 9.35, rows[16], 10.3, 11.2, "upscore_pool4", 3, "score_pool3", 8)
        _finish(ax, 11.2, y, "upscore8", 8, gap=0.17)
    if 32 in strides:
        # Last, so that the branch to the other rows leaves its line whole.
        _finish(ax, 7.1, 0, "upscore", 32)
    _key(ax, bottom, [kind for kind in LOOKS if kind != SUM or len(rows) > 1])
    style.picture_axes(ax, title)
    return ax


def _height(part):
    return 1.55 - 0.24 * math.log2(part)


def _box(ax, x, y, name, part, kind):
    fill, edge, hatch = LOOKS[kind]
    height = _height(part)
    look = {"facecolor": fill, "linewidth": 0, "edgecolor": "white", "hatch": hatch}
    ax.add_patch(Rectangle((x - WIDTH / 2, y - height / 2), WIDTH, height, **look))
    frame = {"fill": False, "edgecolor": edge, "linewidth": 1.3}
    ax.add_patch(Rectangle((x - WIDTH / 2, y - height / 2), WIDTH, height, **frame))
    low = y - height / 2
    ax.text(x, low - 0.07, name, ha="center", va="top", fontsize=8.5, weight="bold")
    size = "1" if part == 1 else f"1/{part}"
    ax.text(x, low - 0.3, size, ha="center", va="top", fontsize=8.5, color=style.QUIET)


def _forward(ax, start, stop, y, gap=WIDTH / 2, end=WIDTH / 2):
    arrow(ax, [(start + gap + 0.03, y), (stop - end - 0.03, y)])


def _finish(ax, x, y, name, stride, gap=WIDTH / 2):
    """Upsample to the input's size and name the network."""
    _forward(ax, x, 12.5, y, gap)
    _box(ax, 12.5, y, name, 1, UP)
    ax.text(12.5, y, f"{stride}×", ha="center", va="center", fontsize=10, weight="bold")
    ax.text(12.95, y, f"FCN-{stride}s", ha="left", va="center", fontsize=12, weight="bold")


def _merge(ax, y, source, source_y, up, total, up_name, pool, score_name, part):
    """Upsample what is at `source` twice, score a pooling layer, and add the two."""
    # From a box, right and down past its name; from a sum, straight down. Then into `up`.
    end = (up - WIDTH / 2 - 0.03, y)
    if source_y == 0:
        begin, bend = source + WIDTH / 2 + 0.03, source + 0.44
        arrow(ax, [(begin, 0), (bend, 0), (bend, y), end])
    else:
        arrow(ax, [(source, source_y - 0.2), (source, y), end])
    _box(ax, up, y, up_name, part, UP)
    ax.text(up, y, "2×", ha="center", va="center", fontsize=10, weight="bold")
    _forward(ax, up, total, y, end=0.17)
    below = -_height(part) / 2 - 0.55
    arrow(ax, [(pool, below), (pool, y + _height(part) / 2 + 0.04)])
    _box(ax, pool, y, score_name, part, SCORE)
    # The skip runs above the upsampling layer and comes down on the sum.
    lane = y + _height(part) / 2 + 0.16
    arrow(
        ax,
        [
            (pool + WIDTH / 2 + 0.03, y),
            (pool + 0.75, y),
            (pool + 0.75, lane),
            (total, lane),
            (total, y + 0.2),
        ],
    )
    ax.add_patch(
        Circle((total, y), 0.17, facecolor="white", edgecolor=LOOKS[SUM][1], linewidth=1.3)
    )
    ax.text(total, y - 0.01, "+", ha="center", va="center", fontsize=12)


def _key(ax, bottom, kinds):
    x = -0.25
    for kind in kinds:
        fill, edge, hatch = LOOKS[kind]
        y = bottom + 0.22
        if kind == SUM:
            ax.add_patch(Circle((x + 0.17, y), 0.15, facecolor=fill, edgecolor=edge))
            ax.text(x + 0.17, y, "+", ha="center", va="center", fontsize=10)
        else:
            box = ((x, y - 0.14), 0.4, 0.28)
            ax.add_patch(
                Rectangle(*box, facecolor=fill, edgecolor="white", hatch=hatch, linewidth=0)
            )
            ax.add_patch(Rectangle(*box, fill=False, edgecolor=edge, linewidth=1.1))
        name = _(kind)
        ax.text(x + 0.5, y, name, ha="left", va="center", fontsize=9)
        x += 1.0 + 0.098 * text_columns(name)
