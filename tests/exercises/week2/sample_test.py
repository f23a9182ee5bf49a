"""`sample` against independent implementations, and the example of its text."""

import numpy as np
import pytest
from scipy import ndimage

from segcourse.exercises.week2.sample import sample as exercise

sample = exercise.right.build()


@pytest.mark.parametrize("shape", [(4, 7), (5, 3, 2), (1, 4), (3, 1, 2)])
def test_sample_is_scipys_linear_spline(shape):
    rng = np.random.default_rng(1)
    image = rng.normal(size=shape)
    planes = np.moveaxis(image.reshape(*shape[:2], -1), -1, 0)
    for y, x in rng.uniform((-2, -2), (shape[0] + 1, shape[1] + 1), (60, 2)):
        expected = [
            ndimage.map_coordinates(plane, [[y], [x]], order=1, mode="nearest")[0]
            for plane in planes
        ]
        came = sample(image, y, x)
        np.testing.assert_allclose(np.ravel(came), expected, atol=1e-9)


def test_sample_at_pixels_and_in_its_example():
    image = np.array([[10.0, 20], [30, 40]])
    for y, x in np.ndindex(2, 2):
        assert sample(image, y, x) == image[y, x]
    assert sample(image, 0.25, 0.5) == 20
    assert sample(image, -3, 0.5) == 15


# What students write, and the mistake it is recognised as.
CLAMPED = """height, width = image.shape[:2]
y, x = min(max(y, 0), height - 1), min(max(x, 0), width - 1)
"""
NEIGHBOURS = """top, left = int(y), int(x)
bottom, right = min(top + 1, height - 1), min(left + 1, width - 1)
"""
FRACTIONS = "alpha, p = y - top, x - left\n"
MIXED = """
A, B = image[top, left], image[bottom, left]
C, D = image[bottom, right], image[top, right]
value = (1 - p) * ((1 - alpha) * A + alpha * B) + p * ((1 - alpha) * D + alpha * C)
"""
RETURN = MIXED + "return value"
BY_FLOOR_AND_CEIL = """top, left = int(np.floor(y)), int(np.floor(x))
bottom, right = int(np.ceil(y)), int(np.ceil(x))
h1, h2, w1, w2 = y - top, bottom - y, x - left, right - x
"""
SIZES = "height, width = image.shape[:2]\n"
REST = NEIGHBOURS + FRACTIONS + RETURN
WRITTEN = [
    (SIZES + "alpha, p = y % 1, x % 1\n" + CLAMPED + NEIGHBOURS + RETURN,
     "fraction of y before the clamping"),
    (SIZES + "alpha, p = y - int(y), x - int(x)\n" + CLAMPED + NEIGHBOURS + RETURN,
     "fraction with int before the clamping"),
    (CLAMPED + BY_FLOOR_AND_CEIL + "alpha, p = h1 / (h1 + h2), w1 / (w1 + w2)" + RETURN,
     "floor and ceil, divided by 0"),
    (CLAMPED.replace("min(max(y, 0), height - 1)", "np.clip(y, 0, height - 1)")
     .replace("min(max(x, 0), width - 1)", "np.clip(x, 0, width - 1)") + BY_FLOOR_AND_CEIL
     + "alpha, p = h1 / (h1 + h2), w1 / (w1 + w2)" + RETURN, "floor and ceil, 0 / 0"),
    (SIZES + "if not (0 <= y < height and 0 <= x < width):\n    return 0\n" + REST,
     "0 outside the indices"),
    (SIZES + "if y < 0: y = 0\nif x < 0: x = 0\n" + REST, "clamped below 0 only"),
    (SIZES + "y = min(max(y, 0), height - 1)\n" + REST, "only y clamped"),
    (SIZES + "y, x = np.clip(y, 0, height), np.clip(x, 0, width)\n" + REST, "clamped to height"),
    (CLAMPED + NEIGHBOURS.replace("int", "round") + FRACTIONS + RETURN, "neighbours from round"),
    (CLAMPED + NEIGHBOURS + FRACTIONS + MIXED + "return float(value)", "one number with float"),
    ("return image[int(y), int(x)]", "fraction cut off, no clamp"),
    (REST.replace("height", "len(image)").replace("width", "image.shape[1]"), None),
]  # fmt: skip


@pytest.mark.parametrize(("body", "mistake"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, recognised):
    recognised(exercise, body, mistake, "")
