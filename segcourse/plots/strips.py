"""Segments of one row of pixels, drawn as bars above each other."""

import numpy as np
from matplotlib.patches import Rectangle

from segcourse.plots import palette, style

COLORS = ("sky", "orange", "grass", "pink")
HATCHES = ("", "///", "...", "\\\\\\")


@style.styled
def strips(rows, marks=(), ax=None, title=None):
    """Draw rows of segments, each segment a bar as long as it has pixels.

    Args:
        rows: dict from the name of a row to its segments, a list of (start, stop, text) with
            whole numbers start < stop. Segments of one row must not overlap.
        marks: places at which a dashed line crosses all rows.
        ax: axes to draw on; a new figure without it.
        title: text above.

    Returns:
        The axes.

    Raises:
        ValueError: no rows, a segment without a pixel, or two that overlap in one row.

    Example:

        plots.strips({"true": [(0, 10, "T")], "predicted": [(0, 6, "A"), (6, 10, "B")]}, marks=[5])
    """
    if not isinstance(rows, dict) or not any(rows.values()):
        raise ValueError(f"`rows` must be a dict with at least one segment. Received: {rows!r}")
    for name, segments in rows.items():
        _check(name, segments)
    first = min(start for segments in rows.values() for start, _, _ in segments)
    last = max(stop for segments in rows.values() for _, stop, _ in segments)
    size = (0.36 * (last - first) + 1.4, 0.62 * len(rows) + 0.3 + 0.3 * bool(title))
    ax = style.new_axes(ax, size=size)
    ax.set(xlim=(first - 0.3, last + 0.3), ylim=(len(rows) - 0.4, -0.6))
    pool = np.array([palette.POOL[name] for name in COLORS]) / 255
    drawn = 0
    for y, segments in enumerate(rows.values()):
        for start, stop, text in segments:
            color = pool[drawn % len(pool)]
            ax.add_patch(
                Rectangle(
                    (start, y - 0.36),
                    stop - start,
                    0.72,
                    facecolor=0.55 * color + 0.45,
                    edgecolor=0.8 * color,
                    hatch=HATCHES[drawn % len(HATCHES)],
                    linewidth=0,
                )
            )
            for x in range(start, stop + 1):
                end = x in (start, stop)
                look = {"color": style.INK, "linewidth": 1.6 if end else 0.4}
                ax.plot([x, x], [y - 0.36, y + 0.36], **look)
            for edge in (y - 0.36, y + 0.36):
                ax.plot([start, stop], [edge, edge], color=style.INK, linewidth=1.6)
            box = {"facecolor": "white", "edgecolor": "none", "pad": 1.5, "alpha": 0.9}
            ax.text((start + stop) / 2, y, text, ha="center", va="center", fontsize=9.5, bbox=box)
            drawn += 1
    for mark in marks:
        ax.plot([mark, mark], [-0.55, len(rows) - 0.45], color=style.INK, linewidth=1.6, ls="--")
    style.picture_axes(ax, title)
    ax.set_yticks(range(len(rows)), list(rows), fontsize=10)
    ax.tick_params(axis="y", length=0, labelcolor=style.INK)
    return ax


def _check(name, segments):
    end = None
    for start, stop, _ in sorted(segments):
        if start >= stop:
            raise ValueError(
                "`rows` must hold segments with start < stop. "
                f"Received: {(start, stop)} in {name!r}"
            )
        if end is not None and start < end:
            raise ValueError(
                f"`rows` must not hold segments that overlap in one row. Received: two that share "
                f"pixel {start} in {name!r}"
            )
        end = stop
