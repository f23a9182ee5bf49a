"""`max_pool` against independent implementations, and the example of its text."""

import keras
import numpy as np
import pytest
from keras import ops

from segcourse.exercises.week2.max_pool import max_pool as exercise

max_pool = exercise.right.build()


@pytest.mark.parametrize("size", [1, 2, 3])
def test_max_pool_by_looking_at_every_cell(size):
    rng = np.random.default_rng(5)
    x = rng.integers(-3, 3, (3 * size, 4 * size)).astype("float32")  # many ties
    pooled, positions = max_pool(x, size)
    keras_pool = keras.layers.MaxPooling2D(size)(x[None, ..., None])
    np.testing.assert_array_equal(pooled, ops.convert_to_numpy(keras_pool)[0, ..., 0])
    for i, j in np.ndindex(3, 4):
        cells = [
            (row, column)
            for row in range(i * size, (i + 1) * size)
            for column in range(j * size, (j + 1) * size)
        ]
        first = next(cell for cell in cells if x[cell] == max(x[c] for c in cells))
        assert positions[i, j] == first[0] * x.shape[1] + first[1]


def test_max_pool_example():
    pooled, positions = max_pool(np.array([[1, 5, 2, 0], [3, 4, 8, 6]]), 2)
    assert pooled.tolist() == [[5, 8]] and positions.tolist() == [[1, 6]]


# What students write, and the mistake it is recognised as.
LOOP = """height, width = x.shape
pooled = np.zeros((height // size, width // size))
positions = np.zeros((height // size, width // size), int)
for i in range(height // size):
    for j in range(width // size):
        window = x[i * size : (i + 1) * size, j * size : (j + 1) * size]
        k = np.argmax(window)
        pooled[i, j] = window.max()
        positions[i, j] = POSITION
return pooled, positions"""
RIGHT = "(i * size + k // size) * width + j * size + k % size"
OVERLAPPING = LOOP.replace(
    "i * size : (i + 1) * size, j * size : (j + 1) * size", "i : i + size, j : j + size"
)
IN_THE_WHOLE_MAP = LOOP.replace("k = np.argmax(window)", "r, c = np.where(x == window.max())")
WRITTEN = [
    (IN_THE_WHOLE_MAP.replace("POSITION", "r[0] * width + c[0]"), "looked for in the whole map"),
    (LOOP.replace("POSITION", "np.argmax(x == window.max())"), "looked for in the whole map"),
    (IN_THE_WHOLE_MAP.replace("POSITION", "r * width + c"), "arrays of places"),
    (LOOP.replace("POSITION", RIGHT.replace("width", "height")), "times the height"),
    (LOOP.replace("POSITION", RIGHT + " + 1"), "counted from 1"),
    (OVERLAPPING.replace("POSITION", RIGHT.replace("* size ", "")
     .replace("+ j * size", "+ j")), "overlapping windows"),
    ("size = 2\n" + LOOP.replace("POSITION", RIGHT), "size 2 typed in"),
    (LOOP.replace("POSITION", "np.argmax(x)"), "largest of the whole map"),
    (LOOP.replace("POSITION", "k"), "positions inside the window"),
    (LOOP.replace("POSITION", "i * size * width + j * size + k"), "place added to the corner"),
    (LOOP.replace(", int", "").replace("POSITION", RIGHT), "float positions"),
    # NumPy 1 wraps round what NumPy 2 refuses, and has one text for both.
    (LOOP.replace(", int", ', "uint8"').replace("POSITION", RIGHT),
     "positions wrapped round" if np.__version__ >= "2" else "small whole numbers"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "mistake"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, recognised):
    recognised(exercise, body, mistake, "")


def test_the_wrong_one_of_the_two_maps_is_drawn(drawn):
    for mistake, first in (("mean of the window", "3.375"), ("times the height", "1")):
        given, yours, _ = drawn(exercise, mistake).axes
        assert len(given.texts) == 8 and yours.texts[0].get_text() == first
