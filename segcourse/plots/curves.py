"""Loss and scores against the epoch."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import MaxNLocator

from segcourse.plots import palette, style
from segcourse.texts import N_, _

NAMES = {
    "loss": N_("training loss (nats per pixel)"),
    "val_loss": N_("validation loss (nats per pixel)"),
    "val_mean_iou": N_("validation mean IoU (0 to 1)"),
    "learning_rate": N_("learning rate (per step)"),
    "seconds": N_("time (seconds)"),
}
# Colour, dash and marker change together, so that a line is known by any one of them.
COLORS = ("blue", "orange", "green", "purple", "sky", "vermillion")
DASHES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 1)))
MARKERS = ("o", "s", "^", "D", "v", "P")


@style.styled
def curves(histories, metrics=("loss", "val_mean_iou"), title=None):
    """Draw what was measured at each epoch, a panel a metric, a line a history.

    Args:
        histories: dict from a name to a history, at most six. A history has `.epochs`, a list
            with a dict an epoch. Epochs in which a metric is missing are left out.
        metrics: keys of those dicts, such as "loss" (nats), "val_mean_iou" (0 to 1), "val_loss",
            "learning_rate" or "seconds".
        title: text above the figure.

    Returns:
        The figure.

    Raises:
        ValueError: no history or more than six, no metric, or a metric that no epoch holds.

    Example:

        plots.curves({"FCN-32s": history_32s, "FCN-8s": history_8s})
    """
    metrics = (metrics,) if isinstance(metrics, str) else tuple(metrics)
    if not isinstance(histories, dict) or not 1 <= len(histories) <= len(COLORS):
        raise ValueError(
            f"`histories` must be a dict of 1 to {len(COLORS)} histories. "
            f"Received: {len(histories) if hasattr(histories, '__len__') else histories!r}"
        )
    if not metrics:
        raise ValueError("`metrics` must name at least one metric. Received: none")
    lines = {m: {name: _line(h, m) for name, h in histories.items()} for m in metrics}
    for metric, found in lines.items():
        if not any(len(x) for x, y in found.values()):
            known = sorted({key for h in histories.values() for e in h.epochs for key in e})
            raise ValueError(
                f"`metrics` must be among those recorded, {known}. Received: {metric!r}"
            )

    size = (4.6 * len(metrics), 3.5 + (0.3 if title else 0))
    fig, axes = plt.subplots(1, len(metrics), figsize=size, squeeze=False, layout="constrained")
    fig.get_layout_engine().set(wspace=0.06)
    handles = {}
    for ax, metric in zip(axes[0], metrics, strict=True):
        for k, (name, (x, y)) in enumerate(lines[metric].items()):
            if len(x):
                handles[name] = _draw(ax, x, y, k)
        ax.set_xlabel(_("epoch"))
        ax.set_ylabel(_(NAMES.get(metric, metric.replace("_", " "))))
        ax.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=8))
        ax.margins(x=0.04, y=0.08)
        style.chart_axes(ax, "both")
    fig.legend(
        handles.values(),
        handles.keys(),
        loc="outside lower center",
        ncols=min(len(handles), 2 * len(metrics) + 1),
        handlelength=3.2,
    )
    if title is not None:
        fig.suptitle(title, fontsize=style.RC["axes.titlesize"])
    return fig


def _line(history, metric):
    points = [
        (epoch.get("epoch", k + 1), epoch[metric])
        for k, epoch in enumerate(history.epochs)
        if epoch.get(metric) is not None
    ]
    x, y = np.array(points, dtype="float64").reshape(-1, 2).T
    return x[np.isfinite(y)], y[np.isfinite(y)]


def _draw(ax, x, y, k):
    # A marker at every epoch of a long run would hide the line; the last epoch has one.
    step = -(-len(x) // 24)
    return ax.plot(
        x,
        y,
        color=np.array(palette.POOL[COLORS[k]]) / 255,
        linestyle=DASHES[k],
        marker=MARKERS[k],
        markevery=((len(x) - 1) % step, step),
        markeredgecolor="white",
        markeredgewidth=0.7,
        markersize=6.5,
    )[0]
