"""`mask_to_ids` against `from_folder`, its example, and what students write."""

import numpy as np
import pytest
from PIL import Image

from segcourse import data
from segcourse.exercises.own_pictures.mask_to_ids import mask_to_ids as exercise

mask_to_ids = exercise.right.build()


def test_it_reads_a_mask_as_from_folder_does(tmp_path):
    mask = np.array([[0, 128, 255, 128], [255, 0, 0, 128]], "uint8")
    for part in ("images", "masks"):
        (tmp_path / part).mkdir()
        Image.fromarray(mask).save(tmp_path / part / "a.png")
    own = data.from_folder(tmp_path, {0: "ground", 255: "leaf", 128: None}, val=0)
    np.testing.assert_array_equal(mask_to_ids(mask), own.train.labels[0])


def test_every_grey_by_hand():
    every = np.arange(256, dtype="uint8").reshape(16, 16)
    expected = np.full(256, 255)
    expected[0], expected[255] = 0, 1
    np.testing.assert_array_equal(mask_to_ids(every), expected.reshape(16, 16))


# What students write -> the mistake it is taken for.
WRONG = {
    "return (mask / 255).astype('uint8')": "unsure becomes ground",
    "return (mask == 255).astype('uint8')": "unsure becomes ground",
    "return np.clip(mask, 0, 1)": "unsure becomes leaf",
    "return mask.astype(bool).astype(int)": "unsure becomes leaf",
    "ids = mask.copy()\nids[(ids != 0) & (ids != 255)] = 255\nids[ids == 255] = 1\nreturn ids": (
        "unsure becomes leaf"
    ),
    "return np.round(mask / 255).astype('uint8')": "cut in the middle",
    "return (mask >= 128).astype('uint8')": "cut in the middle",
    "ids = 0 * mask\nids[mask == 255] = 1\nids[mask == 128] = 255\nreturn ids": (
        "only 128 is void, others are ground"
    ),
    "ids = mask.copy()\nids[mask == 128] = 255\nids[mask == 255] = 1\nreturn ids": (
        "only 128 is void, others are kept"
    ),
    "ids = mask.copy()\nids[ids == 255] = 1\nreturn ids": "only 255 is changed",
    "ids = mask.copy()\nids[mask > 0] = 255\nreturn ids": "leaf is 255 too",
    "return mask": "nothing changed",
}


@pytest.mark.parametrize("body", WRONG)
def test_a_likely_slip_gets_its_message(body, recognised):
    recognised(exercise, body, WRONG[body], "expected|asked for")


def test_a_mask_that_is_written_over_is_noticed(recognised):
    body = "mask[(mask > 0) & (mask < 255)] = 128\nmask[mask == 255] = 1\nreturn mask"
    recognised(exercise, body, None, "changed its input `mask`")
