import numpy as np
import pytest

from segcourse.data.own.annotations import rle


def encode(mask):
    """Runs of a mask column by column, one pixel after the other."""
    runs, inside = [0], False
    for column in range(mask.shape[1]):
        for row in range(mask.shape[0]):
            if bool(mask[row, column]) != inside:
                runs.append(0)
                inside = not inside
            runs[-1] += 1
    return runs


def pack(runs):
    """COCO's text, after the C code of its API (rleToString)."""
    text = ""
    for i, run in enumerate(runs):
        x = run - runs[i - 2] if i > 2 else run
        more = True
        while more:
            letter = x & 0x1F
            x >>= 5
            more = (x != -1) if letter & 0x10 else (x != 0)
            text += chr((letter | 0x20 if more else letter) + 48)
    return text


@pytest.mark.parametrize("seed", range(20))
def test_lists_and_texts_against_code_by_hand(seed):
    rng = np.random.default_rng(seed)
    shape = tuple(rng.integers(1, 90, 2))
    mask = rng.random(shape) < rng.choice([0.02, 0.5, 0.98])
    mask[: shape[0] // 2] |= rng.random() < 0.3
    for counts in (encode(mask), pack(encode(mask)), pack(encode(mask)).encode()):
        found = rle.decode({"size": list(map(int, shape)), "counts": counts})
        np.testing.assert_array_equal(found, mask)


def test_a_text_with_long_runs():
    runs = [100_000, 3, 70_000, 5, 90_000, 39_992]
    assert rle.unpack(pack(runs)) == runs


@pytest.mark.parametrize(
    "code",
    [{"size": [2, 3], "counts": [1, 2]}, {"size": [2, 3], "counts": [8, -2]}, {"counts": [6]},
     {"size": [2, 3], "counts": "\x01"}, {"size": [2, 3], "counts": "P"}, {"size": 6, "counts": []},
     {"size": [2, 3], "counts": None}, []],
)  # fmt: skip
def test_damaged_codes(code):
    with pytest.raises(ValueError, match="run-length code"):
        rle.decode(code)
