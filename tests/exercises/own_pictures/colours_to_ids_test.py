"""`colours_to_ids` against `from_folder`, its example, and what students write."""

import numpy as np
import pytest
from PIL import Image

from segcourse import data
from segcourse.exercises.own_pictures.colours_to_ids import colours_to_ids as exercise

colours_to_ids = exercise.right.build()
RED, GREEN, YELLOW = (255, 0, 0), (0, 255, 0), (255, 255, 0)


def test_it_reads_a_mask_as_from_folder_does(tmp_path):
    mask = np.array([[RED, GREEN, YELLOW], [GREEN, GREEN, RED]], "uint8")
    for part in ("images", "masks"):
        (tmp_path / part).mkdir()
        Image.fromarray(mask).save(tmp_path / part / "a.png")
    own = data.from_folder(tmp_path, {RED: "a", GREEN: "b", YELLOW: None}, val=0)
    np.testing.assert_array_equal(colours_to_ids(mask, [RED, GREEN]), own.train.labels[0])


@pytest.mark.parametrize("seed", range(10))
def test_it_agrees_with_a_palette_that_is_looked_up(seed):
    rng = np.random.default_rng(seed)
    palette = np.unique(rng.integers(0, 256, (12, 3)), axis=0).astype("uint8")
    ids = rng.integers(0, len(palette), (5, 6))
    known = [tuple(int(n) for n in colour) for colour in palette[:8]]
    np.testing.assert_array_equal(colours_to_ids(palette[ids], known), np.where(ids < 8, ids, 255))


LOOP = "ids = np.full(mask.shape[:2], 255)\nfor k, c in enumerate(colours):\n    {}\nreturn ids"
# What students write -> the mistake it is taken for.
WRONG = {
    LOOP.format("ids[(mask == c).any(-1)] = k"): "any band in place of all",
    LOOP.format("ids[mask.mean(-1) == np.mean(c)] = k"): "sums compared",
    LOOP.format("ids[mask == c] = k"): "bands counted one by one",
    LOOP.format("ids[mask[:, :, 0] == c[0]] = k"): "red alone compared",
    LOOP.format("ids[np.all(mask == c[::-1], axis=-1)] = k"): "blue, green, red",
    LOOP.format("ids[np.all(mask == c, axis=-1)] = k + 1"): "ids from 1",
    "return (mask[:, :, None] == np.array(colours)).all(-1).argmax(-1)": (
        "unknown colours are class 0"
    ),
    "gap = np.abs(mask[:, :, None].astype(int) - np.array(colours)) ** 2\n"
    "return gap.sum(-1).argmin(-1)": "nearest colour",
    "return np.array([[colours.index(tuple(p)) for p in row] for row in mask])": (
        "unknown colours not caught"
    ),
}


@pytest.mark.parametrize("body", WRONG)
def test_a_likely_slip_gets_its_message(body, recognised):
    recognised(exercise, body, WRONG[body], "expected|raised|asked for")
