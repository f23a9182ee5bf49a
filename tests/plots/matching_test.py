import matplotlib.pyplot as plt
import numpy as np
import pytest

from segcourse import metrics, plots
from segcourse.plots.matching import BOTH, PRED_ONLY, TRUE_ONLY, _color, overlapping_pairs

CATEGORIES = {1: {"name": "cat", "isthing": 1}, 2: {"name": "dog", "isthing": 1}}


def segments(*categories):
    return [{"id": i, "category_id": c, "iscrowd": 0} for i, c in enumerate(categories, 1)]


TRUE = (
    np.array([[1, 1, 1, 1, 0], [2, 2, 2, 3, 3], [4, 4, 4, 4, 4]]),
    segments(1, 1, 2, 1),
)
PRED = (
    np.array([[1, 1, 1, 1, 1], [2, 2, 5, 3, 5], [5, 5, 5, 5, 5]]),
    segments(1, 1, 2) + [{"id": 5, "category_id": 2}],
)


def test_pairs_by_hand():
    # The prediction's pixel on void leaves the union of the first pair: 4 / 4.
    assert overlapping_pairs(TRUE, PRED) == [
        (1, 1, 1, 4, 4),
        (2, 2, 1, 2, 3),
        (3, 3, 2, 1, 2),
        (3, 5, 2, 1, 8),
    ]


@pytest.mark.parametrize("seed", range(5))
def test_pairs_above_a_half_are_the_matches(seed):
    rng = np.random.default_rng(seed)
    true = rng.integers(0, 2, (9, 9)).repeat(3, 0).repeat(3, 1)
    labels = np.where(rng.random(true.shape) < 0.1, 1 - true, true) + 1
    true = metrics.from_semantic(true + 1, CATEGORIES)
    pred = metrics.from_semantic(labels, CATEGORIES)
    found = [pair for pair in overlapping_pairs(true, pred) if pair[3] / pair[4] > 0.5]
    matches = metrics.match_segments(true, pred, CATEGORIES).matches
    assert found == [
        (m.true_id, m.pred_id, m.category_id, m.intersection, m.union) for m in matches
    ]
    assert found


def test_a_panel_for_each_pair_and_each_segment_alone():
    figure = plots.matching(TRUE, PRED, CATEGORIES)
    titles = [ax.get_title() for ax in figure.axes if ax.get_title()]
    assert titles == [
        "cat: true 1, predicted 1\n4 / 4 = 1.00: match",
        "cat: true 2, predicted 2\n2 / 3 = 0.67: match",
        "dog: true 3, predicted 3\n1 / 2 = 0.50: no match",
        "dog: true 3, predicted 5\n1 / 8 = 0.12: no match",
        "cat: true 4\nno prediction of its class",
    ]
    shown = figure.axes[1].images[0].get_array()
    for place, color in (((1, 0), BOTH), ((1, 2), TRUE_ONLY)):
        np.testing.assert_allclose(shown[place], _color(color))
    shown = figure.axes[3].images[0].get_array()
    np.testing.assert_allclose(shown[2, 0], _color(PRED_ONLY))
    legend = [text.get_text() for text in figure.legends[0].get_texts()]
    assert legend == ["true only", "both", "predicted only", "void"]


def test_a_prediction_alone():
    true = np.array([[1, 1, 1]]), segments(1)
    pred = np.array([[1, 1, 2]]), segments(1, 2)
    figure = plots.matching(true, pred, CATEGORIES)
    assert figure.axes[1].get_title() == "dog: predicted 2\non no true one of its class"


def test_only_the_dogs_and_the_part_of_the_map_around_them():
    wide = [(np.pad(ids, ((0, 0), (0, 20)), mode="edge"), info) for ids, info in (TRUE, PRED)]
    wide[0][0][1, 5:] = wide[1][0][:, 5:] = 1
    figure = plots.matching(*wide, CATEGORIES, only=(2,))
    titles = [ax.get_title() for ax in figure.axes]
    assert [title.split("\n")[0] for title in titles] == [
        "dog: true 3, predicted 3",
        "dog: true 3, predicted 5",
    ]
    assert figure.axes[0].images[0].get_array().shape[:2] == (3, 9)


def test_too_many_panels():
    ids = np.arange(1, 26)[None]
    many = ids, segments(*[1] * 25)
    with pytest.raises(ValueError, match="Received: 25"):
        plots.matching(many, many, CATEGORIES)
    assert not plt.get_fignums()
