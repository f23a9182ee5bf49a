"""Labelled horizontal bars with their values."""

import math

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.container import BarContainer

from segcourse.plots import palette, style

COLORS = ("sky", "orange", "green", "purple", "yellow", "blue")
HATCHES = ("", "///", "...", "\\\\\\", "xx", "--")


@style.styled
def bars(values, label, ax=None, title=None, fmt=".3g"):
    """Draw numbers as horizontal bars, each with its value beside it.

    Args:
        values: dict from a name to a number, zero or more. Or a dict of such dicts, from the
            name of a model to its numbers, at most six: the bars of a name then stand together.
            NaN, a class that is absent, has no bar and says so.
        label: what is measured, with its unit.
        ax: axes to draw on; a new figure without it.
        title: text above the chart.
        fmt: a format for one number.

    Returns:
        The axes.

    Raises:
        ValueError: no values, negative ones, more than six models, or models whose names differ.

    Example:

        plots.bars({"sliding window": 1.92, "one pass": 0.31}, "time (seconds)")
        plots.bars({"FCN-32s": {"cat": 0.4, "dog": 0.3}, "FCN-8s": {"cat": 0.5, "dog": 0.4}}, "IoU")
    """
    series, names = _series(values)
    thick = 0.8 / len(series)
    rows = len(names) * (1 if len(series) == 1 else len(series) * 0.75)
    if ax is None:
        size = (6.4, 0.34 * rows + 0.75 + (0.3 if title else 0) + (0.35 if len(series) > 1 else 0))
        ax = plt.subplots(figsize=size, layout="constrained")[1]
    finite = [v for row in series.values() for v in row if math.isfinite(v)]
    highest = max(finite, default=0) or 1.0
    handles: dict[str, BarContainer] = {}
    for k, (model, row) in enumerate(series.items()):
        color = np.array(palette.POOL[COLORS[k]]) / 255
        y = np.arange(len(names)) + (k - (len(series) - 1) / 2) * thick
        handles[model] = ax.barh(
            y,
            np.nan_to_num(row),
            height=thick * 0.9,
            color=0.85 * color + 0.15,
            edgecolor=style.INK,
            linewidth=0.7,
            hatch=HATCHES[k],
        )
        for place, value in zip(y, row, strict=True):
            text = format(value, fmt) if math.isfinite(value) else "absent"
            width = value if math.isfinite(value) else 0
            ax.annotate(
                text,
                (width, place),
                xytext=(4, 0),
                textcoords="offset points",
                va="center",
                fontsize=9 if len(series) == 1 else 8,
                color=style.INK if math.isfinite(value) else style.QUIET,
            )
    ax.set_yticks(np.arange(len(names)), names)
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.set_xlim(0, highest * 1.14)
    ax.set_xlabel(label)
    style.chart_axes(ax, "x")
    ax.tick_params(axis="y", length=0)
    if len(series) > 1:
        ax.legend(
            handles.values(),
            handles.keys(),
            loc="lower left",
            bbox_to_anchor=(0, 1.0),
            ncols=len(series),
            borderaxespad=0.2,
            handleheight=1.1,
        )
    if title is not None:
        ax.set_title(title, fontsize=style.RC["axes.titlesize"], pad=28 if len(series) > 1 else 6)
    return ax


def _series(values):
    """(model → row of numbers, names of the row's places)."""
    if not isinstance(values, dict) or not values:
        raise ValueError(f"`values` must be a dict with at least one entry. Received: {values!r}")
    nested = [isinstance(v, dict) for v in values.values()]
    if any(nested) and not all(nested):
        raise ValueError("`values` must be numbers, or dicts, not both. Received: a mixture")
    table = values if all(nested) else {"": values}
    if len(table) > len(COLORS):
        raise ValueError(f"`values` must hold at most {len(COLORS)} models. Received: {len(table)}")
    names = list(next(iter(table.values())))
    for model, row in table.items():
        if set(row) != set(names) or not names:
            raise ValueError(
                f"`values` must give every model the same names, {names}. "
                f"Received: {model!r} with {list(row)}"
            )
    series = {model: [float(row[name]) for name in names] for model, row in table.items()}
    low = [v for row in series.values() for v in row if v < 0 or v == math.inf]
    if low:
        raise ValueError(f"`values` must be finite and at least 0. Received: {low[0]}")
    return series, names
