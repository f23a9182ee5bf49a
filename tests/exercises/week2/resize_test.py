"""`resize` against independent implementations, and the example of its text."""

import numpy as np
import pytest
from keras import ops
from PIL import Image

from segcourse.exercises.judging.judge import judge
from segcourse.exercises.week2.resize import resize as exercise

resize = exercise.right.build()


@pytest.mark.parametrize("size", [(8, 14), (9, 3), (4, 7), (1, 1), (13, 20)])
def test_resize_is_keras_resize(size):
    image = np.random.default_rng(2).normal(size=(4, 7, 3)).astype("float32")
    expected = ops.image.resize(image, size, interpolation="bilinear", antialias=False)
    came = resize(image, *size)
    np.testing.assert_allclose(came, ops.convert_to_numpy(expected), atol=1e-5)


def test_resize_enlarges_as_pillow_does():
    image = np.random.default_rng(3).normal(size=(5, 4)).astype("float32")
    expected = Image.fromarray(image).resize((9, 13), Image.Resampling.BILINEAR)
    came = resize(image[..., None], 13, 9)[..., 0]
    np.testing.assert_allclose(came, np.asarray(expected), atol=1e-5)


def test_resize_example():
    came = resize(np.array([[[0.0], [10.0]]]), 1, 4)
    np.testing.assert_array_equal(came.ravel(), [0, 2.5, 7.5, 10])


# What students write, and the mistake it is recognised as.
PLACES = """old_height, old_width = image.shape[:2]
y = (np.arange(height) + 0.5) * old_height / height - 0.5
x = (np.arange(width) + 0.5) * old_width / width - 0.5
"""
CLAMPED = "y, x = np.clip(y, 0, old_height - 1), np.clip(x, 0, old_width - 1)\n"
NEIGHBOURS = """top, left = np.floor(y).astype(int), np.floor(x).astype(int)
bottom, right = np.minimum(top + 1, old_height - 1), np.minimum(left + 1, old_width - 1)
"""
FRACTIONS = "alpha, p = y - top, x - left\n"
MIXED = """alpha, p = alpha[:, None, None], p[None, :, None]
A, B = image[top][:, left], image[bottom][:, left]
C, D = image[bottom][:, right], image[top][:, right]
return (1 - p) * ((1 - alpha) * A + alpha * B) + p * ((1 - alpha) * D + alpha * C)
"""
REST = NEIGHBOURS + FRACTIONS + MIXED
UPPER = """top = np.maximum(np.floor(y), 0).astype(int)
left = np.maximum(np.floor(x), 0).astype(int)
"""
LOWER = NEIGHBOURS.splitlines()[1] + "\n"
OLD_HEIGHT = PLACES.replace("old_width = image.shape[:2]", "old_width = [len(image)] * 2")
WRITTEN = [
    (PLACES + UPPER + LOWER + "alpha, p = y % 1, x % 1\n" + MIXED,
     "fraction of y before the clamping"),
    (PLACES + UPPER + LOWER + FRACTIONS + MIXED, "fraction from the clamped row"),
    (PLACES + REST, "index -1"),
    (PLACES + CLAMPED + NEIGHBOURS.splitlines()[0] + "\nbottom, right = top + 1, left + 1\n"
     + FRACTIONS + MIXED, "no edge clamp"),
    (OLD_HEIGHT + CLAMPED + REST, "old height for both"),
    (PLACES.replace("[:2]", "") + CLAMPED + REST, "shape of two numbers"),
    (PLACES + CLAMPED + REST.replace("A, B =", "A, D =").replace("C, D =", "C, B ="),
     "B and D exchanged"),
    (PLACES + CLAMPED + REST.replace(".astype(int)", ""), "indices with a fraction"),
    (PLACES + "y, x = min(max(y, 0), old_height - 1), min(max(x, 0), old_width - 1)\n" + REST,
     "min and max of arrays"),
    ("return ops.convert_to_numpy(ops.image.resize(image, (width, height)))",
     "height and width swapped"),
    ("return ops.image.resize(image, (height, width))", None),  # a tensor
]  # fmt: skip


@pytest.mark.parametrize(("body", "mistake"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, recognised):
    recognised(exercise, body, mistake, "")


def test_a_loop_over_the_pixels_is_told_to_be_too_slow(student):
    source = """
    def resize(image, height, width):
        result = np.zeros((height, width, image.shape[2]))
        for i in range(height):
            for j in range(width):
                y = min(max((i + 0.5) * len(image) / height - 0.5, 0), len(image) - 1)
                x = min(max((j + 0.5) * image.shape[1] / width - 0.5, 0), image.shape[1] - 1)
                rows = np.maximum(0, 1 - abs(np.arange(len(image)) - y))
                columns = np.maximum(0, 1 - abs(np.arange(image.shape[1]) - x))
                result[i, j] = np.einsum("i,j,ijk->k", rows, columns, image)
        return result
    """
    verdict = judge(exercise, student(source, "resize"), seed=0)
    assert verdict.mistake == "loop over the pixels"
    assert "Your values are right" in verdict.message.splitlines()[0]


def test_a_wrong_picture_stands_between_the_given_and_the_expected_one(drawn):
    figure = drawn(exercise, "corners for centres")
    assert [ax.get_title() for ax in figure.axes] == ["given", "yours", "expected"]
    assert [len(ax.texts) for ax in figure.axes] == [2, 4, 4]
    drawn(exercise, "averaged when shrinking")
    drawn(exercise, "height and width swapped")
