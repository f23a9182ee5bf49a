"""What was tried, one bar after the other."""

import math

import matplotlib.pyplot as plt
import numpy as np

from segcourse.checks.sizes import is_number
from segcourse.plots import palette, style

_DASHES = ("--", "-.", ":")
_LONGEST = 34


@style.styled
def attempts(names, values, label, lines=None, ax=None, title=None):
    """Draw the scores of trials as bars in the order of trying, the best one marked.

    Args:
        names: what each trial is called; the same name may come again.
        values: its score, 0 to 1.
        label: what is measured.
        lines: dict from a name to a score that a vertical line stands at, at most three, or None.
        ax: axes to draw on; a new figure without it.
        title: text above the chart.

    Returns:
        The axes.

    Raises:
        ValueError: for no trial, names and values that are not equally many, a value that is not
            from 0 to 1, or more than three lines.

    Example:

        plots.attempts(["FCN-32s", "FCN-8s"], [0.41, 0.61], "mean IoU", lines={"pass": 0.55})
    """
    names, values = _checked(names, values)
    lines = _checked_lines(lines)
    if ax is None:
        size = (6.8, 0.34 * len(names) + 1.0 + (0.3 if title else 0) + (0.3 if lines else 0))
        ax = plt.subplots(figsize=size, layout="constrained")[1]
    best = int(np.argmax(values))
    for place, value in enumerate(values):
        _bar(ax, place, value, marked=place == best)
    for k, (name, value) in enumerate(lines.items()):
        text = f"{name}, {value:.3g}"
        ax.axvline(value, color=style.INK, linestyle=_DASHES[k], linewidth=1.4, label=text)
    ax.set_yticks(np.arange(len(names)), names)
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.set_xlim(0, 1.2 * (max(values + list(lines.values())) or 1.0))
    ax.set_xlabel(label)
    style.chart_axes(ax, "x")
    ax.tick_params(axis="y", length=0)
    if lines:
        ax.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=len(lines), borderaxespad=0.2)
    if title is not None:
        ax.set_title(title, fontsize=style.RC["axes.titlesize"], pad=28 if lines else 6)
    return ax


def _bar(ax, place, value, marked):
    color = np.array(palette.POOL["orange" if marked else "sky"]) / 255
    ax.barh(
        place,
        value,
        height=0.72,
        color=0.85 * color + 0.15,
        edgecolor=style.INK,
        linewidth=0.7,
        hatch="///" if marked else "",
    )
    ax.annotate(
        f"{value:.3f} (best)" if marked else f"{value:.3f}",
        (value, place),
        xytext=(4, 0),
        textcoords="offset points",
        va="center",
        fontsize=9,
        color=style.INK,
        bbox={"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none"},
    )


def _checked(names, values):
    names = [str(name) for name in names] if isinstance(names, list | tuple) else []
    values = list(values) if isinstance(values, list | tuple | np.ndarray) else []
    if not names or len(names) != len(values):
        raise ValueError(
            "`names` must be as many as `values`, at least one. "
            f"Received: {len(names)} names, {len(values)} values"
        )
    wrong = [value for value in values if not is_number(value) or not 0 <= value <= 1]
    if wrong:
        raise ValueError(f"`values` must be from 0 to 1. Received: {wrong[0]!r}")
    short = [one if len(one) <= _LONGEST else one[: _LONGEST - 1] + "…" for one in names]
    return short, [float(value) for value in values]


def _checked_lines(lines):
    lines = {} if lines is None else lines
    right = isinstance(lines, dict) and len(lines) <= len(_DASHES)
    if not right or not all(is_number(one) and math.isfinite(one) for one in lines.values()):
        raise ValueError(
            f"`lines` must be a dict of at most {len(_DASHES)} scores. Received: lines={lines!r}"
        )
    return lines
