"""Repeated measurements against a number: their means as lines, their spread as bars."""

import numpy as np
from matplotlib.ticker import NullLocator

from segcourse.plots import palette, style
from segcourse.plots.curves import COLORS, DASHES, MARKERS

_APART = 0.02  # how far lines stand aside of one another, in doublings of x, so that bars show


@style.styled
def spread(values, xlabel, ylabel, ax=None, title=None):
    """Draw what was measured several times at each of some numbers, a line a name.

    A marker stands at the mean, and a bar reaches from the least to the largest value.

    Args:
        values: dict from a name, at most six, to a dict from a number above 0 to the values
            measured there, such as {"scratch": {16: [0.31, 0.35], 32: [0.40, 0.44]}}.
        xlabel: what the numbers are. They are drawn at even steps for each doubling.
        ylabel: what was measured, with its unit.
        ax: axes to draw on; a new figure without it.
        title: text above the chart.

    Returns:
        The axes.

    Raises:
        ValueError: no names or more than six, a name without values, numbers not above 0, or
            values that are not finite.

    Example:

        curve = {"scratch": {16: [0.31, 0.35]}, "fine-tuned": {16: [0.5, 0.52]}}
        plots.spread(curve, "labelled images", "mean IoU (0 to 1)")
    """
    lines = _lines(values)
    ax = style.new_axes(ax, (6.2, 4.0))
    for k, (name, points) in enumerate(lines.items()):
        x = np.array(sorted(points), "float64")
        found = [points[number] for number in sorted(points)]
        mean = np.array([one.mean() for one in found])
        reach = [
            mean - [one.min() for one in found],
            np.array([one.max() for one in found]) - mean,
        ]
        ax.errorbar(
            x * 2.0 ** (_APART * (k - (len(lines) - 1) / 2)),
            mean,
            np.maximum(reach, 0.0),
            label=name,
            color=np.array(palette.POOL[COLORS[k]]) / 255,
            linestyle=DASHES[k],
            marker=MARKERS[k],
            markeredgecolor="white",
            markeredgewidth=0.7,
            markersize=7.5,
            capsize=3.5,
            elinewidth=1.3,
        )
    numbers = sorted({number for points in lines.values() for number in points})
    ax.set_xscale("log", base=2)
    ax.set_xticks(numbers, [format(number, "g") for number in numbers])
    ax.xaxis.set_minor_locator(NullLocator())
    ax.set_xlim(numbers[0] / 1.2, numbers[-1] * 1.2)
    ax.set_xlabel(xlabel)
    ax.set_ylabel(ylabel)
    style.chart_axes(ax, "y")
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=min(len(lines), 4), handlelength=3.2)
    if title is not None:
        ax.set_title(title, pad=30)
    return ax


def _lines(values):
    if not isinstance(values, dict) or not 1 <= len(values) <= len(COLORS):
        raise ValueError(
            f"`values` must be a dict of 1 to {len(COLORS)} names. "
            f"Received: {len(values) if hasattr(values, '__len__') else values!r}"
        )
    lines = {}
    for name, points in values.items():
        if not isinstance(points, dict) or not points or min(points) <= 0:
            raise ValueError(
                f"`values` must give {name!r} a dict from numbers above 0 to lists of values. "
                f"Received: {points!r}"
            )
        lines[name] = {
            number: np.asarray(found, "float64").ravel() for number, found in points.items()
        }
        for number, found in lines[name].items():
            if not found.size or not np.isfinite(found).all():
                raise ValueError(
                    f"`values` must be finite and at least one each. Received: {name!r} with "
                    f"{found.tolist()} at {number}"
                )
    return lines
