"""Linear interpolation as a sum of tents, one for each input."""

import numpy as np

from segcourse.plots import palette, style
from segcourse.plots.curves import COLORS, DASHES
from segcourse.texts import _


@style.styled
def tents(values, factor, ax=None, title=None):
    """Draw what each input of a linear enlargement spreads over the outputs, and the sum.

    Each input has a tent: its top, a dot, stands at the place of the input on the axis of the
    outputs, and it comes down to 0 at the next inputs. The black line is the sum of all tents. The
    squares on it are the outputs of the transposed convolution that does this, without padding.

    Args:
        values: real numbers [inputs], at most six.
        factor: int, how many outputs there are for each input.
        ax: axes to draw on; a new figure without it.
        title: text above the chart.

    Returns:
        The axes.

    Raises:
        ValueError: no values, more than six or such as are not finite, or a factor below 1.

    Example:

        plots.tents([10, 20, 15, 5], factor=2)
    """
    values = np.asarray(values, "float64")
    if values.ndim != 1 or not 1 <= len(values) <= len(COLORS) or not np.isfinite(values).all():
        raise ValueError(
            f"`values` must be 1 to {len(COLORS)} numbers in a row. Received: {values.tolist()}"
        )
    if isinstance(factor, bool) or not isinstance(factor, int | np.integer) or factor < 1:
        raise ValueError(f"`factor` must be a whole number, 1 or more. Received: factor={factor!r}")
    ax = style.new_axes(ax, size=(9, 3.8))
    size = 2 * factor - factor % 2  # of the kernel
    centres = (size - 1) / 2 + factor * np.arange(len(values))
    for k, (centre, value) in enumerate(zip(centres, values, strict=True)):
        look = {"color": np.array(palette.POOL[COLORS[k]]) / 255}
        sides = centre + factor * np.array([-1, 0, 1])
        ax.plot(
            sides,
            [0, value, 0],
            linestyle=DASHES[k],
            label=_("tent of {value:g}").format(value=value),
            **look,
        )
        ax.plot(centre, value, "o", markersize=9, zorder=4, **look)
    corners = np.concatenate([[centres[0] - factor], centres, [centres[-1] + factor]])
    ax.plot(corners, [0, *values, 0], color=style.INK, linewidth=2.4, label=_("sum"), zorder=3)
    outputs = np.arange(factor * (len(values) - 1) + size)
    ax.plot(
        outputs,
        np.interp(outputs, corners, [0, *values, 0]),
        "s",
        color=style.INK,
        markersize=6.5,
        label=_("output"),
        zorder=5,
    )
    ax.set(xlabel=_("output pixel"), ylabel=_("value"), xticks=outputs)
    ax.legend(ncols=len(values) + 2, loc="lower center", bbox_to_anchor=(0.5, 1.0))
    style.chart_axes(ax, "both")
    if title is not None:
        ax.set_title(title, pad=30)
    return ax
