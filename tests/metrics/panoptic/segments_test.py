from collections import Counter

import numpy as np
import pytest

from segcourse.metrics.panoptic import segments
from segcourse.metrics.panoptic.segments import UnknownId, count_matchable, count_pairs


def by_pixels(true, pred):
    return Counter(zip(true.reshape(-1).tolist(), pred.reshape(-1).tolist(), strict=True))


def by_runs(true, pred):
    ids = [np.union1d(values, [0]) for values in (true, pred)]
    pairs = count_pairs(true, pred, *ids)
    keys = list(zip(ids[0][pairs.rows].tolist(), ids[1][pairs.columns].tolist(), strict=True))
    assert keys == sorted(set(keys))
    return dict(zip(keys, pairs.pixels.tolist(), strict=True))


def blocks(rng, ids, shape, side):
    small = rng.choice(ids, [-(-length // side) for length in shape])
    return small.repeat(side, 0).repeat(side, 1)[: shape[0], : shape[1]]


@pytest.mark.parametrize("dtype", ["uint8", "int16", "int32", "uint32", "int64", "uint64"])
def test_every_integer_type(dtype):
    rng = np.random.default_rng(1)
    true, pred = (blocks(rng, np.arange(100), (41, 67), 5).astype(dtype) for _ in range(2))
    assert by_runs(true, pred) == by_pixels(true, pred)


@pytest.fixture
def small_chunks(monkeypatch):
    """Chunks of 4096 pixels and tables of 4096 pairs: small maps then go every way."""
    monkeypatch.setattr(segments, "_CHUNK", 1 << 12)
    monkeypatch.setattr(segments, "_PIECE", 1 << 10)


# 150×101 pixels are four chunks: runs cross their borders. 40 ids fit a table; 900 a side do not.
@pytest.mark.parametrize("count", [1, 40, 900, 3000])
@pytest.mark.parametrize("most", [4000, 1 << 24])
@pytest.mark.parametrize("side", [1, 20])
def test_small_and_large_ids_coherent_or_not(small_chunks, count, most, side):
    rng = np.random.default_rng(count)
    true, pred = (
        blocks(rng, rng.integers(0, most, count), (150, 101), side).astype("int32")
        for _ in range(2)
    )
    assert by_runs(true, pred) == by_pixels(true, pred)


@pytest.mark.parametrize("count", [30, 1500])
@pytest.mark.parametrize("parts", [1, 3])
def test_noise_below_and_blocks_above(small_chunks, count, parts):
    rng = np.random.default_rng(2)
    ids = rng.integers(0, 1 << 24, count)
    true, pred = (
        np.concatenate([blocks(rng, ids, (90, 100), k) for k in (side, 1) * parts])
        for side in (10, 7)
    )
    assert by_runs(true, pred) == by_pixels(true, pred)


@pytest.mark.parametrize("side", [1, 30])
@pytest.mark.parametrize("count", [90, 1100])
def test_a_large_pair(side, count):
    rng = np.random.default_rng(9)
    ids = rng.integers(0, 1 << 24, count)
    true, pred = (blocks(rng, ids, (700, 1001), side) for _ in range(2))
    keys, pixels = np.unique(true << 24 | pred, return_counts=True)
    ids = np.union1d(ids, [0])
    pairs = count_pairs(true, pred, ids, ids)
    np.testing.assert_array_equal(ids[pairs.rows], keys >> 24)
    np.testing.assert_array_equal(ids[pairs.columns], keys % (1 << 24))
    np.testing.assert_array_equal(pairs.pixels, pixels)


def test_arrays_that_are_not_contiguous():
    rng = np.random.default_rng(3)
    true, pred = rng.integers(0, 9, (2, 40, 30))
    assert by_runs(true[::2, ::3], pred.T[::3, ::2].T) == by_pixels(
        true[::2, ::3], pred.T[::3, ::2].T
    )


@pytest.mark.parametrize("count", [5, 2000])
@pytest.mark.parametrize("noise", [False, True])
@pytest.mark.parametrize("value", [-1, -(2**31), 1 << 24, (1 << 24) + 3, 2**32 + 1, 2**40, 12])
def test_a_value_that_is_no_id(count, noise, value):
    # 2**32 + 1 and the id 1 share their lower bits; 2**24 + 3 falls into a slot of the table.
    rng = np.random.default_rng(4)
    ids = np.union1d([0, 1, 3], rng.integers(100, 1 << 24, count))
    side = 1 if noise else 8
    true, pred = (blocks(rng, ids, (60, 80), side).astype("int64") for _ in range(2))
    pred[50, 7] = value
    with pytest.raises(UnknownId) as error:
        count_pairs(true, pred, ids, ids)
    assert (error.value.argument, error.value.value) == ("pred", value)
    with pytest.raises(UnknownId) as error:
        count_pairs(pred, true, ids, ids)
    assert error.value.argument == "true"


@pytest.mark.parametrize("most", [6000, 1 << 24])
def test_thousands_of_segments_salt_and_pepper(most):
    """No factor sends so many large ids to slots of their own; those that share one are found."""
    rng = np.random.default_rng(5)
    ids = np.sort(rng.permutation(most - 1)[:5000] + 1)
    true, pred = (ids[rng.integers(0, len(ids), 20_000)].astype("int32") for _ in range(2))
    assert by_runs(true, pred) == by_pixels(true, pred)
    with pytest.raises(UnknownId) as error:
        count_pairs(true, pred, np.unique(true), np.unique(pred)[:-1])
    assert (error.value.argument, error.value.value) == ("pred", pred.max())


@pytest.mark.parametrize("most", [4000, 1 << 24])
def test_of_several_unknown_values_the_smallest_of_true_is_named(most):
    rng = np.random.default_rng(6)
    ids = np.sort(rng.permutation(most - 1)[:3000] + 1)
    true, pred = (ids[rng.integers(0, len(ids), 20_000)] for _ in range(2))
    with pytest.raises(UnknownId) as error:
        count_pairs(true, pred, ids[5:], ids[5:])
    assert (error.value.argument, error.value.value) == ("true", true.min())
    pred[70], pred[9000] = -5, 1 << 24
    with pytest.raises(UnknownId) as error:
        count_pairs(true, pred, ids[5:], ids[5:])
    assert (error.value.argument, error.value.value) == ("pred", -5)


def noisy_and_found_again(rng, ids, shape, again):
    """Salt and pepper, void in places; some segments are found again in most of their pixels."""
    true, pred = (rng.choice(ids, shape) for _ in range(2))
    true[rng.random(shape) < 0.2] = 0
    kept = np.isin(true, ids[:again]) & (rng.random(shape) < 0.7)
    return true, np.where(kept, true, pred)


# 1900 of 2000 found again: too many to be worth groups. Blocks below give runs beside the pixels.
@pytest.mark.parametrize("again", [0, 3, 300, 1900])
@pytest.mark.parametrize("most", [4000, 1 << 24])
@pytest.mark.parametrize("below", [False, True])
def test_matchable_pairs_are_all_there_and_counted_in_full(again, most, below):
    rng = np.random.default_rng(again)
    ids = np.sort(rng.permutation(most - 1)[:2000] + 1)
    true, pred = noisy_and_found_again(rng, ids, (600, 700), again)
    if below:
        true[400:], pred[400:] = (blocks(rng, ids, (200, 700), side) for side in (20, 30))
    ids = np.union1d(ids, [0])
    found = count_matchable(true, pred, ids, ids, [0, 7])
    expected = by_pixels(np.searchsorted(ids, true), np.searchsorted(ids, pred))
    areas = [np.zeros(len(ids), int), np.zeros(len(ids), int)]
    for (row, column), pixels in expected.items():
        areas[0][row] += pixels
        areas[1][column] += pixels
    assert found.true_areas.tolist() == areas[0].tolist()
    assert found.pred_areas.tolist() == areas[1].tolist()
    rows, columns, pixels = (
        values.tolist() for values in (found.pairs.rows, found.pairs.columns, found.pairs.pixels)
    )
    keys = list(zip(rows, columns, strict=True))
    assert keys == sorted(set(keys))
    assert all(expected[key] == value for key, value in zip(keys, pixels, strict=True))
    needed = {
        key for key, value in expected.items() if 2 * value > areas[0][key[0]] or key[0] in (0, 7)
    }
    assert needed <= set(keys)
    if again < 1900:
        assert len(keys) < len(expected) / 2  # most pairs were spared
