"""True and predicted segments of a class, pair by pair, with their IoU."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Patch

from segcourse.plots import palette, style
from segcourse.plots.overlay import draw_outlines
from segcourse.texts import _

TRUE_ONLY, BOTH, PRED_ONLY = "sky", "navy", "orange"
MAX_PANELS = 24


def overlapping_pairs(true, pred):
    """Every pair of segments of one category that share a pixel, with intersection and union.

    Void pixels of the true map leave the union, as in the COCO panoptic evaluation.

    Args:
        true, pred: pairs (id map, segments_info), as for `metrics.match_segments`.

    Returns:
        list of (true id, predicted id, category id, intersection, union), in the order of the ids.

    Example:

    >>> segments = [{"id": 1, "category_id": 7}, {"id": 2, "category_id": 7}]
    >>> overlapping_pairs(([[1, 1, 2, 2]], segments), ([[1, 1, 1, 2]], segments))
    [(1, 1, 7, 2, 3), (2, 1, 7, 1, 4), (2, 2, 7, 1, 2)]
    """
    true_map, pred_map = np.asarray(true[0]), np.asarray(pred[0])
    category = {one["id"]: one["category_id"] for one in pred[1]}
    found = []
    for segment in sorted(true[1], key=_id):
        mask = true_map == segment["id"]
        for other in np.unique(pred_map[mask]).tolist():
            if category.get(other) != segment["category_id"]:
                continue
            there = (pred_map == other) & (true_map != 0)
            pair = segment["id"], other, segment["category_id"]
            found.append((*pair, int((mask & there).sum()), int((mask | there).sum())))
    return found


@style.styled
def matching(true, pred, categories, only=None, columns=4):
    """Draw which segments match: a panel for each pair that overlaps, and for each one alone.

    A panel shows the pixels of the true segment only, of both, and of the predicted segment only,
    and above them the IoU and what follows from it. Void pixels of the true map are grey. All
    panels show the same part of the map, the smallest that holds every segment drawn.

    Args:
        true: pair (id map, segments_info); 0 in the map is void.
        pred: the same for the prediction.
        categories: dict `{id: {"name", "isthing"}}`.
        only: category ids; segments of others are not drawn. None: all.
        columns: panels in a row.

    Returns:
        The figure.

    Raises:
        ValueError: as `metrics.match_segments`; or for more than 24 panels.

    Example:

        plots.matching(true, metrics.from_semantic(labels, categories), categories)
    """
    from segcourse.metrics import match_segments  # its package imports Keras; plots alone do not

    result = match_segments(true, pred, categories)
    matches = {(match.true_id, match.pred_id) for match in result.matches}
    panels = []
    only = categories if only is None else only
    true_shown, pred_shown = (
        sorted((one for one in side[1] if one["category_id"] in only), key=_id)
        for side in (true, pred)
    )
    pairs = [pair for pair in overlapping_pairs(true, pred) if pair[2] in only]
    for true_id, pred_id, category, shared, union in pairs:
        verdict = "match" if (true_id, pred_id) in matches else "no match"
        text = f"true {true_id}, predicted {pred_id}\n{shared} / {union} = {shared / union:.2f}: "
        panels.append((true_id, pred_id, category, text + verdict))
    for segment in true_shown:
        if segment["id"] not in {pair[0] for pair in pairs}:
            text = f"true {segment['id']}\nno prediction of its class"
            panels.append((segment["id"], None, segment["category_id"], text))
    for segment in pred_shown:
        if segment["id"] not in {pair[1] for pair in pairs}:
            text = f"predicted {segment['id']}\non no true one of its class"
            panels.append((None, segment["id"], segment["category_id"], text))
    if not 1 <= len(panels) <= MAX_PANELS:
        raise ValueError(
            f"`true` and `pred` must give 1 to {MAX_PANELS} pairs. Received: {len(panels)}"
        )
    true_map, pred_map = np.asarray(true[0]), np.asarray(pred[0])
    part = _around(
        np.isin(true_map, [one["id"] for one in true_shown])
        | np.isin(pred_map, [one["id"] for one in pred_shown])
    )
    return _draw(true_map[part], pred_map[part], panels, categories, columns)


def _around(mask, margin=4):
    """The part of the map that holds `mask`, as a pair of slices."""
    found = []
    for axis in (1, 0):
        places = np.flatnonzero(mask.any(axis))
        found.append(slice(max(places[0] - margin, 0), places[-1] + 1 + margin))
    return tuple(found)


def _draw(true_map, pred_map, panels, categories, columns):
    columns = min(columns, len(panels))
    rows = -(-len(panels) // columns)
    height = 2.3 * true_map.shape[0] / true_map.shape[1]
    size = (2.3 * columns + 0.2, (height + 0.75) * rows + 0.4)
    fig, grid = plt.subplots(rows, columns, figsize=size, squeeze=False, layout="constrained")
    for ax, (true_id, pred_id, category, text) in zip(grid.flat, panels, strict=False):
        true = np.zeros(true_map.shape, bool) if true_id is None else true_map == true_id
        pred = np.zeros(true_map.shape, bool) if pred_id is None else pred_map == pred_id
        _panel(ax, true, pred, true_map == 0)
        style.picture_axes(ax, f"{categories[category]['name']}: {text}")
        ax.title.set_fontsize(9.5)
        for spine in ax.spines.values():
            spine.set(visible=True, color="#8C8C8C")
    for ax in grid.flat[len(panels) :]:
        ax.axis("off")
    names = {TRUE_ONLY: _("true only"), BOTH: _("both"), PRED_ONLY: _("predicted only")}
    handles = [
        Patch(facecolor=_color(color), edgecolor=style.INK, linewidth=0.8, label=name)
        for color, name in names.items()
    ]
    if (true_map == 0).any():
        grey = np.array(palette.VOID_COLOR) / 255
        handles.append(Patch(facecolor=0.5 * grey + 0.5, edgecolor=style.INK, label=_("void")))
    fig.legend(handles=handles, loc="outside lower center", ncols=2 if columns < 3 else 4)
    return fig


def _panel(ax, true, pred, void):
    picture = np.ones((*true.shape, 3))
    picture[void] = 0.5 * np.array(palette.VOID_COLOR) / 255 + 0.5
    for mask, color in ((true & ~pred, TRUE_ONLY), (true & pred, BOTH), (pred & ~true, PRED_ONLY)):
        picture[mask & ~void] = _color(color)
    ax.imshow(picture)
    draw_outlines(ax, true + 2 * pred, width=0.4)


def _color(name):
    return np.array(palette.POOL[name]) / 255


def _id(segment):
    return segment["id"]
