"""What week 7 says of its figures and tables."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from scipy import ndimage

from segcourse import data, metrics

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "week7_metrics.ipynb"
NETWORKS = ("FCN-32s", "FCN-16s", "FCN-8s", "fine-tuned", "U-Net")


def printed(cell_id):
    """The lines that a cell of the stored notebook prints."""
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    (cell,) = (cell for cell in cells if cell["id"] == cell_id)
    streams = (out for out in cell["outputs"] if out["output_type"] == "stream")
    return "".join("".join(out["text"]) for out in streams).splitlines()


@pytest.fixture(scope="module")
def table():
    """A row of section 6.3 for each score: a dict from the predictor to its number."""
    lines = [line for line in printed("table-print") if re.search(r"\d\.\d", line)]
    names = ("no animals", *NETWORKS, "perfect map")
    rows = {}
    for line in lines:
        numbers = [float(number) for number in re.findall(r"\d+\.\d", line[23:])]
        rows[line[:23].strip()] = dict(zip(names, numbers, strict=True))
    return rows


@pytest.fixture(scope="module")
def val():
    return data.load("scenes").val


@pytest.fixture(scope="module")
def filled(val):
    maps = []
    for labels in val.labels:
        nearest = ndimage.distance_transform_edt(
            labels == 255, return_distances=False, return_indices=True
        )
        maps.append(labels[tuple(nearest)])
    return np.stack(maps)


@pytest.fixture(scope="module")
def categories(val):
    return {i: {"name": name, "isthing": int(i >= 3)} for i, name in enumerate(val.classes)}


def test_the_marked_number_of_a_row_is_the_best_of_the_five_networks(table):
    for line in printed("table-print"):
        marked = [float(number) for number in re.findall(r"(\d+\.\d)\*", line)]
        if row := table.get(line[:23].strip()):
            assert marked and set(marked) == {max(row[name] for name in NETWORKS)}


def test_a_predictor_without_animals_is_first_in_pq_of_all_and_last_in_pq_of_things(table):
    assert table["PQ all"]["no animals"] > max(table["PQ all"][name] for name in NETWORKS)
    assert table["PQ things"]["no animals"] == 0
    assert 0 < table["mean IoU"]["FCN-8s"] - table["mean IoU"]["no animals"] < 5


def test_no_network_wins_every_row(table):
    for name in NETWORKS:
        assert any(row[name] < max(row[n] for n in NETWORKS) for row in table.values())
    cat = table["IoU cat"]
    assert cat["U-Net"] < min(cat["FCN-8s"], cat["fine-tuned"]) - 8


def test_matches_fit_no_more_than_fairly_and_are_few(table):
    for name in ("FCN-8s", "fine-tuned"):
        assert 50 < table["SQ things"][name] < 70
        assert table["RQ things"][name] < 35


def test_the_draws_are_about_four_points_wide_and_pretraining_stands_them():
    ends = []
    for line in printed("spread"):
        points, low, high = (float(n) for n in re.findall(r"-?\d+\.\d", line))
        assert low < points < high
        assert 3 < high - low < 5
        ends.append((low, high))
    assert len(ends) == 3
    assert ends[1][0] > 0 and ends[2][0] > 0


def test_the_best_threshold_is_below_one_half():
    (line,) = printed("threshold-image")
    assert float(line.split()[-1]) < 0.5


def test_animals_fill_a_tenth_and_sky_and_grass_four_fifths(val):
    share = np.bincount(val.labels[val.labels != 255], minlength=5) / np.sum(val.labels != 255)
    assert 0.09 < share[3:].sum() < 0.12
    assert share[:2].sum() > 0.8


def test_two_cats_that_touch_are_one_component_and_the_tree_cuts_a_piece_off(
    val, filled, categories
):
    true = val[52]["panoptic"]
    pred, segments = metrics.from_semantic(filled[52], categories, min_area=20)
    assert sorted(s["id"] for s in segments if s["category_id"] == 3) == [4, 5]
    both = np.isin(true, [4, 5])
    assert np.mean(pred[both] == 5) > 0.9
    piece = true[(pred == 4) & both]
    assert np.mean(piece == 5) > 0.8
    truth = true, val[52]["segments_info"]
    matched = metrics.match_segments(truth, (pred, segments), categories).matches
    assert [(m.true_id, m.pred_id) for m in matched if m.true_id in (4, 5)] == [(5, 5)]


def test_the_mean_iou_and_the_mean_dice_can_disagree():
    first, second = np.array([0.9, 0.1]), np.array([0.5, 0.48])
    dice = [2 * ious / (1 + ious) for ious in (first, second)]
    assert first.mean() > second.mean()
    assert dice[0].mean() < dice[1].mean()
    np.testing.assert_allclose(np.round(dice, 3), [[0.947, 0.182], [0.667, 0.649]])


def test_average_precision_of_the_three_cats():
    def average_precision(found, wanted):
        hits = np.cumsum(found)
        precision = hits / np.arange(1, len(found) + 1)
        best = np.maximum.accumulate(precision[::-1])[::-1]
        return sum(best[np.array(found) == 1]) / wanted

    assert average_precision([1, 0, 1], 2) == pytest.approx(0.833, abs=5e-4)
    assert average_precision([1, 0, 0], 2) == 0.5


def test_pq_of_many_images_is_no_mean_over_images():
    kinds = {1: {"name": "cat", "isthing": 1}}

    def row(*runs):
        """Segments as runs of pixels: (id, length) each, 0 is void."""
        ids = np.concatenate([np.full(length, number) for number, length in runs])[None]
        return ids, [{"id": n, "category_id": 1, "iscrowd": 0} for n in np.unique(ids[ids > 0])]

    quality, alone = metrics.PanopticQuality(kinds), []
    for true, pred in (
        (row((1, 10)), row((1, 8), (0, 2))),
        (row((1, 10), (2, 5), (3, 5)), row((1, 6), (0, 14))),
    ):
        quality.update(true, pred)
        alone.append(metrics.panoptic_quality(true, pred, kinds)["per_class"][1]["pq"])
    assert quality.result()["per_class"][1]["pq"] == pytest.approx(1.4 / 3)
    assert alone == pytest.approx([0.8, 0.3])


def test_the_open_task_has_an_answer(val, filled, categories):
    """Animals in slices: each class has an IoU above one half, and no animal can be counted."""
    sliced = filled.copy()
    sliced[:, :, ::6][sliced[:, :, ::6] >= 3] = 1
    scores = metrics.scores(metrics.confusion_matrix(val.labels, sliced, 5))
    assert min(scores["iou"]) > 0.5
    quality = metrics.PanopticQuality(categories)
    for example, labels in zip(val, sliced, strict=True):
        truth = example["panoptic"], example["segments_info"]
        quality.update(truth, metrics.from_semantic(labels, categories, 20))
    assert quality.result()["things"]["pq"] < 0.1
