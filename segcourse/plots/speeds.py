"""Benchmarks of some models side by side."""

import matplotlib.pyplot as plt

from segcourse.plots import style
from segcourse.plots.bars import COLORS, bars
from segcourse.texts import N_, _

# Label of a panel, how its numbers come from a speed, and how they are written.
PANELS = (
    (N_("images a second"), lambda s: s.images_per_second, ".3g"),
    (N_("time a step, median (ms)"), lambda s: s.seconds * 1e3, ".3g"),
    (N_("peak memory (GiB)"), lambda s: s.memory / 2**30, ".2f"),
    (N_("share of the measured matrix peak (%)"), lambda s: s.share_of_peak * 100, ".1f"),
    (N_("time waiting for input (%)"), lambda s: s.waiting_share * 100, ".1f"),
)


@style.styled
def speeds(benchmarks, title=None):
    """Draw benchmarks as bars, a panel a quantity, a bar for each model and kind of work.

    Args:
        benchmarks: dict from a name to what `segcourse.training.benchmark` gives, at most six,
            all of the same kinds of work.
        title: text above the figure.

    Returns:
        The figure.

    Raises:
        ValueError: no benchmark, more than six, or of other kinds of work.

    Example:

        plots.speeds({"FCN-8s": benchmark(fcn_8s, val), "U-Net": benchmark(unet, val)})
    """
    if not isinstance(benchmarks, dict) or not 1 <= len(benchmarks) <= len(COLORS):
        raise ValueError(
            f"`benchmarks` must be a dict of 1 to {len(COLORS)} benchmarks. "
            f"Received: {len(benchmarks) if hasattr(benchmarks, '__len__') else benchmarks!r}"
        )
    works = [speed.work for speed in next(iter(benchmarks.values())).speeds]
    for name, one in benchmarks.items():
        if [speed.work for speed in one.speeds] != works:
            raise ValueError(
                f"`benchmarks` must all be of {works}. "
                f"Received: {name!r} of {[speed.work for speed in one.speeds]}"
            )
    rows = len(works) * len(benchmarks)
    size = (8.6, 3 * (0.3 * rows + 1.0) + (0.3 if title else 0))
    fig, axes = plt.subplots(3, 2, figsize=size, layout="constrained")
    for ax, (label, quantity, fmt) in zip(axes.flat, PANELS, strict=False):
        values = {
            name: {speed.work: quantity(speed) for speed in one.speeds}
            for name, one in benchmarks.items()
        }
        bars(values, _(label), ax=ax, fmt=fmt)
        if ax.get_legend():
            ax.get_legend().remove()
    last = axes.flat[-1]
    last.set_axis_off()
    if len(benchmarks) > 1:
        last.legend(axes.flat[0].containers, benchmarks, loc="center", handleheight=1.1)
    if title is not None:
        fig.suptitle(title, fontsize=style.RC["axes.titlesize"])
    return fig
