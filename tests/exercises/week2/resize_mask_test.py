"""`resize_mask` against independent implementations, and the example of its text."""

import numpy as np
import pytest
from PIL import Image

from segcourse.exercises.week2.resize_mask import resize_mask as exercise

resize_mask = exercise.right.build()


@pytest.mark.parametrize("size", [(14, 22), (3, 4), (6, 7), (20, 5), (1, 1)])
def test_resize_mask_is_pillows_nearest(size):
    labels = np.random.default_rng(8).integers(0, 256, (7, 11)).astype("uint8")
    expected = Image.fromarray(labels).resize(size[::-1], Image.Resampling.NEAREST)
    came = resize_mask(labels, *size)
    np.testing.assert_array_equal(came, np.asarray(expected))
    assert came.dtype == "uint8"


def test_resize_mask_example_and_ties():
    assert resize_mask(np.array([[1, 2, 3]]), 1, 5).tolist() == [[1, 1, 2, 3, 3]]
    # Half the size: the centre lies on the border of two pixels, and the later one is copied.
    assert resize_mask(np.arange(8)[None], 1, 4).tolist() == [[1, 3, 5, 7]]


# What students write, and the mistake it is recognised as.
PILLOW = "from PIL import Image\nreturn np.array(Image.fromarray(labels).resize"
WHOLE = """rows = ((np.arange(height) + 0.5) * labels.shape[0] / height).astype(int)
columns = ((np.arange(width) + 0.5) * labels.shape[1] / width).astype(int)
"""
LOOP = """result = np.zeros((height, width), labels.dtype)
for i in range(height):
    for j in range(width):
        y, x = (i + 0.5) * labels.shape[0] / height, (j + 0.5) * labels.shape[1] / width
        result[i, j] = labels[int(y), int(x)]
return result"""
WRITTEN = [
    (PILLOW + "((height, width), Image.NEAREST))", "height and width swapped"),
    (PILLOW + "((width, height)))", "Pillow's default"),
    (PILLOW + "((width, height), Image.BILINEAR))", "Pillow's bilinear"),
    (WHOLE + "return labels[columns][:, rows]", "rows and columns exchanged"),
    (WHOLE + "return labels[rows][:, columns].T", "transposed"),
    (WHOLE.replace(".astype(int)", "") + "return labels[rows][:, columns]",
     "indices with a fraction"),
    (LOOP.replace("int(y), int(x)", "y, x"), "an index with a fraction"),
    (LOOP.replace("int(y), int(x)", "round(y - 0.5), round(x - 0.5)"), "ties to the even row"),
    (LOOP.replace("int(y), int(x)", "round(y), round(x)"), "centre rounded, too far"),
    (LOOP.replace(", labels.dtype", ""), "float labels"),
    ("return np.kron(labels, np.ones((height // len(labels), width // labels.shape[1]), int))",
     "repeat"),
    ("w, h = labels.shape\n" + WHOLE.replace("labels.shape[0]", "h")
     .replace("labels.shape[1]", "w") + "return labels[rows][:, columns]", "old sides exchanged"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "mistake"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, recognised):
    recognised(exercise, body, mistake, "")


def test_a_wrong_map_is_drawn(drawn):
    assert len(drawn(exercise, "align corners").axes) == 3
