from collections import Counter

import numpy as np
import pytest

from segcourse.metrics.segments import UnknownId, count_pairs


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


# 450×300 pixels are two chunks: runs cross their borders. 40 ids fit a table; 900 a side do not.
@pytest.mark.parametrize("segments", [1, 40, 900, 3000])
@pytest.mark.parametrize("most", [4000, 1 << 24])
@pytest.mark.parametrize("side", [1, 20])
def test_small_and_large_ids_coherent_or_not(segments, most, side):
    rng = np.random.default_rng(segments)
    shape = 450, 300
    true, pred = (
        blocks(rng, rng.integers(0, most, segments), shape, side).astype("int32") for _ in range(2)
    )
    assert by_runs(true, pred) == by_pixels(true, pred)


@pytest.mark.parametrize("segments", [30, 1500])
def test_noise_below_and_blocks_above(segments):
    rng = np.random.default_rng(2)
    ids = rng.integers(0, 1 << 24, segments)
    true = np.concatenate([blocks(rng, ids, (300, 450), 10), rng.choice(ids, (300, 450))])
    pred = np.concatenate([blocks(rng, ids, (300, 450), 7), rng.choice(ids, (300, 450))])
    assert by_runs(true, pred) == by_pixels(true, pred)


def test_arrays_that_are_not_contiguous():
    rng = np.random.default_rng(3)
    true, pred = rng.integers(0, 9, (2, 40, 30))
    assert by_runs(true[::2, ::3], pred.T[::3, ::2].T) == by_pixels(
        true[::2, ::3], pred.T[::3, ::2].T
    )


@pytest.mark.parametrize("segments", [5, 2000])
@pytest.mark.parametrize("noise", [False, True])
@pytest.mark.parametrize("value", [-1, -(2**31), 1 << 24, (1 << 24) + 3, 2**32 + 1, 2**40, 12])
def test_a_value_that_is_no_id(segments, noise, value):
    # 2**32 + 1 and the id 1 share their lower bits; 2**24 + 3 falls into a slot of the table.
    rng = np.random.default_rng(4)
    ids = np.union1d([0, 1, 3], rng.integers(100, 1 << 24, segments))
    side = 1 if noise else 8
    true, pred = (blocks(rng, ids, (200, 300), side).astype("int64") for _ in range(2))
    pred[100, 7] = value
    with pytest.raises(UnknownId) as error:
        count_pairs(true, pred, ids, ids)
    assert (error.value.argument, error.value.value) == ("pred", value)
    with pytest.raises(UnknownId) as error:
        count_pairs(pred, true, ids, ids)
    assert error.value.argument == "true"
