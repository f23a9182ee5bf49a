import tracemalloc

import numpy as np
import pytest

from segcourse.metrics import PanopticQuality, match_segments, panoptic_map, panoptic_quality

CATEGORIES = {
    0: {"name": "sky", "isthing": 0},
    1: {"name": "grass", "isthing": 0},
    7: {"name": "cat", "isthing": 1},
    9: {"name": "dog", "isthing": 1},
}


def segment(number, category, crowd=0):
    return {"id": number, "category_id": category, "iscrowd": crowd}


def brute_force(images, categories):
    """COCO's rules, pixel by pixel, with sets of pixels and fractions of Python."""
    table = {category: [0.0, 0, 0, 0] for category in categories}
    for (true_map, true_info), (pred_map, pred_info) in images:
        height, width = len(true_map), len(true_map[0])
        places = [(i, j) for i in range(height) for j in range(width)]
        void = {place for place in places if true_map[place] == 0}
        true = {s["id"]: {p for p in places if true_map[p] == s["id"]} for s in true_info}
        pred = {s["id"]: {p for p in places if pred_map[p] == s["id"]} for s in pred_info}
        found, used = set(), set()
        for one in sorted(true_info, key=lambda s: s["id"]):
            for other in pred_info:
                a, b = true[one["id"]], pred[other["id"]]
                if one["iscrowd"] or one["category_id"] != other["category_id"]:
                    continue
                iou = len(a & b) / len((a | b) - void)
                if iou > 0.5:
                    table[one["category_id"]][0] += iou
                    table[one["category_id"]][1] += 1
                    assert one["id"] not in found and other["id"] not in used
                    found.add(one["id"])
                    used.add(other["id"])
        for one in true_info:
            if one["id"] not in found and not one["iscrowd"]:
                table[one["category_id"]][3] += 1
        for other in pred_info:
            if other["id"] in used:
                continue
            crowds = [
                s["id"]
                for s in true_info
                if s["iscrowd"] and s["category_id"] == other["category_id"]
            ]
            excused = void | (true[crowds[-1]] if crowds else set())
            pixels = pred[other["id"]]
            if len(pixels & excused) / len(pixels) > 0.5:
                continue
            table[other["category_id"]][2] += 1
    result = {"per_class": {}}
    for category, (iou, tp, fp, fn) in table.items():
        whole = tp + fp / 2 + fn / 2
        result["per_class"][category] = {
            "pq": iou / whole if whole else 0.0,
            "sq": iou / tp if tp else 0.0,
            "rq": tp / whole if whole else 0.0,
        }
    for group, kinds in (("all", (0, 1)), ("things", (1,)), ("stuff", (0,))):
        members = [
            result["per_class"][category]
            for category, (_, tp, fp, fn) in table.items()
            if tp + fp + fn and categories[category]["isthing"] in kinds
        ]
        result[group] = {"n": len(members)}
        for key in ("pq", "sq", "rq"):
            mean = sum(values[key] for values in members) / len(members) if members else np.nan
            result[group][key] = mean
    return result


def random_pair(rng):
    """A map of blocks and its prediction: moved, merged, with void, crowd and wrong classes."""
    height, width = rng.integers(3, 9, 2)
    labels = rng.integers(0, rng.integers(2, 8), (height, width))
    labels = np.sort(labels, axis=int(rng.integers(2))) if rng.random() < 0.8 else labels
    guess = np.where(rng.random(labels.shape) < rng.uniform(0, 0.4), np.roll(labels, 1), labels)
    guess[rng.random(labels.shape) < 0.1] = 0
    numbers = rng.permutation(10) + 10 * rng.integers(0, 1_600_000, 10)
    kinds = rng.choice([*CATEGORIES], 10)
    maps = []
    for values, shift, changed in ((labels, 0, 0.0), (guess, 77, 0.2)):
        ids = np.where(values == 0, 0, (numbers[values] + shift) % ((1 << 24) - 1) + 1)
        info = []
        for value in rng.permutation(np.unique(values[values > 0])):
            kind = rng.choice([*CATEGORIES]) if rng.random() < changed else kinds[value]
            number = (numbers[value] + shift) % ((1 << 24) - 1) + 1
            info.append(segment(int(number), int(kind), int(rng.random() < 0.2)))
        maps.append((ids, info))
    return maps


def test_equals_brute_force_to_the_last_digit():
    rng = np.random.default_rng(0)
    pairs = [random_pair(rng) for _ in range(300)]
    matched = excused = 0
    quality = PanopticQuality(CATEGORIES)
    for true, pred in pairs:
        expected = brute_force([(true, pred)], CATEGORIES)
        np.testing.assert_equal(panoptic_quality(true, pred, CATEGORIES), expected)
        quality.update(true, pred)
        matching = match_segments(true, pred, CATEGORIES)
        matched, excused = matched + len(matching.matches), excused + len(matching.ignored)
    np.testing.assert_equal(quality.result(), brute_force(pairs, CATEGORIES))
    assert matched > 200 and excused > 30  # the cases do hold what they are about


def test_a_table_by_hand():
    # Sky: 3 of 4 pixels found, and 1 pixel too many: IoU 3/5. Grass: found whole.
    # Cats: 8 matched with IoU 1, cat 9 missed; cat 26 invented. A dog where none is.
    true = (
        np.array([[1, 1, 1, 1, 3, 3, 8, 9, 9, 9]]),
        [
            segment(1, 0),
            segment(3, 1),
            segment(8, 7),
            segment(9, 7),
        ],
    )
    pred = (
        np.array([[20, 20, 20, 0, 23, 23, 24, 20, 25, 26]]),
        [
            segment(20, 0),
            segment(23, 1),
            segment(24, 7),
            segment(25, 9),
            segment(26, 7),
        ],
    )
    result = panoptic_quality(true, pred, CATEGORIES)
    assert result["per_class"] == {
        0: {"pq": 3 / 5, "sq": 3 / 5, "rq": 1.0},
        1: {"pq": 1.0, "sq": 1.0, "rq": 1.0},
        7: {"pq": 1 / 2, "sq": 1.0, "rq": 1 / 2},
        9: {"pq": 0.0, "sq": 0.0, "rq": 0.0},
    }
    assert result["stuff"] == {"pq": 0.8, "sq": 0.8, "rq": 1.0, "n": 2}
    assert result["things"] == {"pq": 0.25, "sq": 0.5, "rq": 0.25, "n": 2}
    assert result["all"]["pq"] == pytest.approx((0.6 + 1 + 0.5 + 0) / 4)
    assert result["all"]["n"] == 4


def test_iou_of_exactly_a_half_is_no_match():
    true = np.array([[1, 1, 0]]), [segment(1, 7)]
    pred = np.array([[5, 6, 6]]), [segment(5, 7), segment(6, 9)]
    # Dog 6 has 1 of 2 pixels on void: exactly half is not enough to be ignored either.
    matching = match_segments(true, pred, CATEGORIES)
    assert matching.matches == () and matching.ignored == {}
    assert matching.false_negatives == {1: 7} and matching.false_positives == {5: 7, 6: 9}


def test_a_large_iou_just_above_a_half():
    # 2**18 + 1 of 2**19 + 1 pixels: float32 takes this for 0.5.
    half = 1 << 18
    ids = np.ones((1, 2 * half + 1), np.int32)
    pred = np.where(np.arange(2 * half + 1) <= half, 3, 0)[None]
    matching = match_segments((ids, [segment(1, 7)]), (pred, [segment(3, 7)]), CATEGORIES)
    assert [(match.intersection, match.union) for match in matching.matches] == [
        (half + 1, 2 * half + 1)
    ]


def test_void_leaves_the_union():
    true = np.array([[1, 1, 0, 0, 0]]), [segment(1, 7)]
    pred = np.array([[4, 4, 4, 4, 4]]), [segment(4, 7)]
    (match,) = match_segments(true, pred, CATEGORIES).matches
    assert (match.intersection, match.union, match.iou) == (2, 2, 1.0)


def test_void_of_the_prediction_stays_in_the_union():
    true = np.array([[1, 1, 1, 1]]), [segment(1, 7)]
    pred = np.array([[4, 4, 4, 0]]), [segment(4, 7)]
    (match,) = match_segments(true, pred, CATEGORIES).matches
    assert match.iou == 3 / 4


def test_crowds_are_neither_matched_nor_missed():
    crowd = np.array([[1, 1, 1, 1]]), [segment(1, 7, crowd=1)]
    cat = np.array([[4, 4, 4, 4]]), [segment(4, 7)]
    dog = np.array([[4, 4, 4, 4]]), [segment(4, 9)]
    assert match_segments(crowd, cat, CATEGORIES).ignored == {4: 7}
    assert match_segments(crowd, dog, CATEGORIES).false_positives == {4: 9}
    result = panoptic_quality(crowd, cat, CATEGORIES)
    assert result["all"]["n"] == 0 and np.isnan(result["all"]["pq"])
    # A crowd among the predictions is a segment like any other.
    assert len(match_segments(cat, crowd, CATEGORIES).matches) == 1


def test_void_and_crowd_excuse_together():
    true = np.array([[0, 0, 1, 2, 2, 2]]), [segment(1, 7, crowd=1), segment(2, 0)]
    pred = np.array([[4, 4, 4, 4, 4, 5]]), [segment(4, 7), segment(5, 0)]
    assert match_segments(true, pred, CATEGORIES).ignored == {4: 7}


def test_absent_classes_are_left_out_of_the_means():
    pair = np.ones((2, 2), int), [segment(1, 7)]
    result = panoptic_quality(pair, pair, CATEGORIES)
    assert result["all"] == result["things"] == {"pq": 1.0, "sq": 1.0, "rq": 1.0, "n": 1}
    assert result["stuff"]["n"] == 0 and np.isnan(result["stuff"]["pq"])


def test_nothing_but_void():
    empty = np.zeros((2, 2), int), []
    pair = np.ones((2, 2), int), [segment(1, 7)]
    assert panoptic_quality(empty, empty, CATEGORIES)["all"]["n"] == 0
    assert match_segments(empty, pair, CATEGORIES).ignored == {1: 7}
    assert match_segments(pair, empty, CATEGORIES).false_negatives == {1: 7}


def test_does_not_depend_on_numbers_or_order():
    rng = np.random.default_rng(5)
    for _ in range(20):
        true, pred = random_pair(rng)
        ids = np.unique(pred[0][pred[0] > 0])
        names = dict(
            zip(ids.tolist(), (9 + 1000 * rng.permutation(len(ids))).tolist(), strict=True)
        )
        info = [{**s, "id": names[s["id"]]} for s in reversed(pred[1])]
        renamed = np.vectorize({0: 0, **names}.get, otypes=[int])(pred[0])
        np.testing.assert_equal(
            panoptic_quality(true, (renamed, info), CATEGORIES),
            panoptic_quality(true, pred, CATEGORIES),
        )


def test_a_map_agrees_with_itself():
    rng = np.random.default_rng(6)
    for _ in range(20):
        true, _ = random_pair(rng)
        result = panoptic_quality(true, true, CATEGORIES)["all"]
        assert result["n"] == 0 or result["pq"] == result["sq"] == result["rq"] == 1.0


def test_pq_is_sq_times_rq():
    rng = np.random.default_rng(7)
    for _ in range(20):
        result = panoptic_quality(*random_pair(rng), CATEGORIES)
        for values in result["per_class"].values():
            assert values["pq"] == pytest.approx(values["sq"] * values["rq"], abs=1e-15)


def test_merged_halves_are_the_whole():
    rng = np.random.default_rng(8)
    pairs = [random_pair(rng) for _ in range(20)]
    whole, first, second = (PanopticQuality(CATEGORIES) for _ in range(3))
    for k, pair in enumerate(pairs):
        whole.update(*pair)
        (first if k < 10 else second).update(*pair)
    first.merge(second)
    for category, counts in whole.counts().items():
        assert first.counts()[category] == pytest.approx(counts)
    with pytest.raises(ValueError, match="same categories"):
        first.merge(PanopticQuality({1: {"name": "sky", "isthing": 0}}))


MAP = np.array([[3, 3, 5]])
INFO = [segment(3, 7), segment(5, 0)]


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        ((MAP[:, :2], INFO[:1]), "same shape.*(1, 2)"),
        ((MAP, INFO[:1]), "not in segments_info: id 5"),
        ((MAP, [*INFO, segment(6, 7)]), "not in the map: id 6"),
        ((MAP, [segment(3, 7), segment(5, 4)]), "category_id=4 for segment id 5"),
        ((MAP * -1, INFO), "ids from 0 to 16777215.*id -"),
        ((MAP + (1 << 24), INFO), "ids from 0 to 16777215.*id 16777219"),
        ((MAP.astype(float), INFO), "integers.*float64"),
        ((np.stack([MAP] * 3, -1), INFO), r"rgb_to_ids.*\(1, 3, 3\)"),
        ((MAP, [*INFO, segment(0, 7)]), "0 is void.*id=0"),
        ((MAP, [*INFO, segment(-4, 7)]), "id=-4"),
        ((MAP, [*INFO, segment(1 << 24, 7)]), "id=16777216"),
        ((MAP, [*INFO, segment(3, 0)]), "Twice: id 3"),
        ((MAP, [*INFO, segment(2.0, 7)]), "id=2.0"),
        ((MAP, [*INFO, segment(2, "cat")]), "category_id='cat' for segment id 2"),
        ((MAP, [*INFO, segment(2, 7, crowd=3)]), "iscrowd=3 for segment id 2"),
        ((MAP, [{"id": 3}]), "id and category_id.*{'id': 3}"),
        ((MAP, INFO[0]), "a list of dicts"),
        (MAP, "pair"),
        ((np.zeros((0, 3), int), []), "at least one pixel"),
    ],
)
@pytest.mark.parametrize("side", ["true", "pred"])
def test_bad_input_is_named_and_changes_nothing(pair, words, side):
    quality = PanopticQuality(CATEGORIES)
    quality.update((MAP, INFO), (MAP, INFO))
    before = quality.counts()
    pairs = {"true": (MAP, INFO), "pred": (MAP, INFO), side: pair}
    with pytest.raises(ValueError, match=f"(?s)^Image 'street.png': `.*{words}") as error:
        quality.update(**pairs, name="street.png")
    assert side in str(error.value)
    assert quality.counts() == before
    with pytest.raises(ValueError, match="^`"):
        panoptic_quality(**pairs, categories=CATEGORIES)


@pytest.mark.parametrize(
    "categories",
    [{}, None, [segment(1, 1)], {"cat": {"isthing": 1}}, {1: {"name": "cat"}}, {1: {"isthing": 2}}],
)
def test_bad_categories(categories):
    with pytest.raises(ValueError, match="^`categories` must"):
        PanopticQuality(categories)


def coherent_pair(seed, shape, segments=100):
    """Two grids of rectangles of random heights and widths, things and stuff in turns."""
    rng = np.random.default_rng(seed)
    side = int(segments**0.5)
    maps = []
    for _ in range(2):
        rows = np.searchsorted(np.sort(rng.integers(0, shape[0], side - 1)), np.arange(shape[0]))
        columns = np.searchsorted(np.sort(rng.integers(0, shape[1], side - 1)), np.arange(shape[1]))
        ids = (rows[:, None] * side + columns + 1).astype("int32")
        maps.append((ids, [segment(i, i % 2 * 8) for i in np.unique(ids).tolist()]))
    return maps


def test_memory_is_at_most_three_times_the_maps():
    categories = {0: {"name": "sky", "isthing": 0}, 8: {"name": "cow", "isthing": 1}}
    true, pred = coherent_pair(0, (1024, 2048))
    noise = np.random.default_rng(0).integers(1, 101, (2, 1024, 2048)).astype("int32")
    info = [segment(i, i % 2 * 8) for i in range(1, 101)]
    for one, other in ((true, pred), ((noise[0], info), (noise[1], info))):
        tracemalloc.start()
        panoptic_quality(one, other, categories)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak <= 3 * (one[0].nbytes + other[0].nbytes)


def test_memory_stays_flat_over_a_data_set():
    categories = {0: {"name": "sky", "isthing": 0}, 8: {"name": "cow", "isthing": 1}}
    quality = PanopticQuality(categories)
    pairs = [coherent_pair(seed, (480, 640), 25) for seed in range(4)]
    tracemalloc.start()
    quality.update(*pairs[0])
    before = tracemalloc.get_traced_memory()[0]
    for k in range(500):
        quality.update(*pairs[k % 4])
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert grown < 1 << 16


def test_class_and_instance_maps_score_like_their_segments():
    classes = np.array([[0, 0, 7, 7], [1, 255, 7, 7]])
    instances = np.array([[0, 4, 1, 1], [0, 0, 2, 2]])
    true = panoptic_map(classes, instances, CATEGORIES)
    merged = panoptic_map(classes, np.zeros_like(instances), CATEGORIES)
    matching = match_segments(true, merged, CATEGORIES)
    # The two cats as one: exactly half of each, so no match.
    assert {match.category_id: match.iou for match in matching.matches} == {0: 1.0, 1: 1.0}
    assert matching.false_positives == {3: 7} and matching.false_negatives == {3: 7, 4: 7}
