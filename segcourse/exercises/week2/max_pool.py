"""Exercise 2.6: Max pooling that remembers."""

import numpy as np

from segcourse.exercises.judging.exercise import Case, Exercise, close
from segcourse.exercises.week2._cases import some_values, three_maps
from segcourse.texts import N_


def _pooling_map(rng, size, rows=None, columns=None):
    # Numbers of both signs, none whole, no two alike; by default wider than high.
    rows = int(rng.integers(2, 4)) if rows is None else rows
    columns = rows + int(rng.integers(1, 3)) if columns is None else columns
    height, width = rows * size, columns * size
    values = rng.permutation(height * width) - height * width // 2
    return (values.reshape(height, width) + 0.5).astype("float32")


def _cases(rng):
    low = _pooling_map(rng, 2)
    tall = _pooling_map(rng, 2).T.copy()
    tall[0, 0] = tall.max() + 1  # no other window reaches the first value of the map
    constant = np.kron(_pooling_map(rng, 1), np.ones((2, 2), "float32"))
    # All windows have the same largest value, every other one in its second row.
    same = _pooling_map(rng, 2)
    same[1::2, ::4] = same[::2, 2::4] = same.max() + 1
    return [
        (_pooling_map(rng, 2), 2),
        (tall, 2),
        (low - low.max() - 1, 2),
        (_pooling_map(rng, 3), 3),
        (constant, 2),
        (same, 2),
        (_pooling_map(rng, 2, 1, 1) + 9, 2),
        # Rows, columns and positions above 255.
        (_pooling_map(rng, 2, 131, 2), 2),
        (_pooling_map(rng, 2, 2, 131), 2),
    ]


def _space(rng):
    size = int(rng.integers(1, 5))
    rows, columns = (int(n) for n in rng.integers(1, 6, 2))
    return Case(some_values(rng, rows * size, columns * size), size)


max_pool = Exercise(
    id="2.6",
    title=N_("Max pooling that remembers"),
    function="max_pool",
    hints=(
        N_(
            "Two loops over the windows are fine here. In each window find the largest value AND "
            "where it stands."
        ),
        N_(
            "`np.argmax(window)` gives the place inside the window, counted row by row; "
            "`divmod(place, size)` gives its row and column there. Add those of the window."
        ),
        N_(
            "With row and column of the largest value in the whole map, the position is "
            "row * width + column, where width is that of x and not that of the result."
        ),
    ),
    cases=_cases,
    space=_space,
    compare=close(1e-6, parts=(N_("the pooled map"), N_("the map of positions"))),
    picture=three_maps,
    points=2,
)


@max_pool.reference
def max_pool(x, size):
    """Max pooling without overlap that also gives the positions of the maxima.

    The map is cut into windows of size × size. Of each window the largest value is
    kept. Its position is row * width + column, counted in the map x. If the largest
    value occurs more than once in a window, the first one counts, row by row.

    Args:
        x: float array [height, width]; both are multiples of size.
        size: int, side of the windows.

    Returns:
        Tuple (pooled, positions): float array [height // size, width // size], and an
        integer array of the same shape.

    Example:

    >>> max_pool(np.array([[1.0, 5.5, 2.0, 0.0], [3.0, 4.0, 8.0, 6.0]]), 2)
    (array([[5.5, 8.0]]), array([[1, 6]]))

    5.5 stands in row 0 and column 1: 0 * 4 + 1 = 1. 8 stands in row 1 and column 2:
    1 * 4 + 2 = 6.
    """
    height, width = x.shape
    rows, columns = height // size, width // size
    windows = x.reshape(rows, size, columns, size).swapaxes(1, 2).reshape(rows, columns, -1)
    place = windows.argmax(axis=-1)
    row = size * np.arange(rows)[:, None] + place // size
    column = size * np.arange(columns) + place % size
    return windows.max(axis=-1), row * width + column


@max_pool.mistake(
    "smallest value",
    "You kept the smallest value of each window. Max pooling keeps the largest.",
)
def max_pool(x, size):
    height, width = x.shape
    rows, columns = height // size, width // size
    windows = x.reshape(rows, size, columns, size).swapaxes(1, 2).reshape(rows, columns, -1)
    place = windows.argmin(axis=-1)
    row = size * np.arange(rows)[:, None] + place // size
    column = size * np.arange(columns) + place % size
    return windows.min(axis=-1), row * width + column


@max_pool.mistake(
    "mean of the window",
    "Your positions are right, but your values are the means of the windows. Keep the largest "
    "value.",
)
def max_pool(x, size):
    height, width = x.shape
    rows, columns = height // size, width // size
    windows = x.reshape(rows, size, columns, size).swapaxes(1, 2).reshape(rows, columns, -1)
    place = windows.argmax(axis=-1)
    row = size * np.arange(rows)[:, None] + place // size
    column = size * np.arange(columns) + place % size
    return windows.mean(axis=-1), row * width + column


@max_pool.mistake(
    "search began at 0",
    "You began the search with a largest value of 0, so in a window of negative values nothing is "
    "found. Begin with the first value of the window.",
)
def max_pool(x, size):
    height, width = x.shape
    pooled = np.zeros((height // size, width // size), x.dtype)
    positions = np.zeros(pooled.shape, int)
    for row in range(height):
        for column in range(width):
            window = row // size, column // size
            if x[row, column] > pooled[window]:
                pooled[window] = x[row, column]
                positions[window] = row * width + column
    return pooled, positions


@max_pool.mistake(
    "last of equal values",
    "Where the largest value occurs more than once, you took the last one. The first one counts: "
    "compare with >, not with >=.",
)
def max_pool(x, size):
    height, width = x.shape
    pooled = np.full((height // size, width // size), -np.inf, x.dtype)
    positions = np.zeros(pooled.shape, int)
    for row in range(height):
        for column in range(width):
            window = row // size, column // size
            if x[row, column] >= pooled[window]:
                pooled[window] = x[row, column]
                positions[window] = row * width + column
    return pooled, positions


@max_pool.mistake(
    "windows mixed up",
    "You reshaped without moving the axes, so a window holds values that are no neighbours. "
    "Reshape to [rows, size, columns, size], then bring the two `size` axes together.",
)
def max_pool(x, size):
    height, width = x.shape
    rows, columns = height // size, width // size
    windows = x.reshape(rows, columns, -1)
    place = windows.argmax(axis=-1)
    row = size * np.arange(rows)[:, None] + place // size
    column = size * np.arange(columns) + place % size
    return windows.max(axis=-1), row * width + column


@max_pool.mistake(
    "largest absolute value",
    "You compared the values without their sign. -9 is smaller than 1.",
)
def max_pool(x, size):
    height, width = x.shape
    rows, columns = height // size, width // size
    windows = x.reshape(rows, size, columns, size).swapaxes(1, 2).reshape(rows, columns, -1)
    place = np.abs(windows).argmax(axis=-1)
    row = size * np.arange(rows)[:, None] + place // size
    column = size * np.arange(columns) + place % size
    positions = row * width + column
    return x.reshape(-1)[positions], positions


@max_pool.mistake(
    "only the values",
    "You returned the pooled values alone. Unpooling needs the positions too: return both.",
)
def max_pool(x, size):
    height, width = x.shape
    rows, columns = height // size, width // size
    return x.reshape(rows, size, columns, size).max(axis=(1, 3))


@max_pool.mistake(
    "place for the value",
    "Your pooled map holds the places that np.argmax gives. Keep the largest value itself, "
    "window.max().",
)
def max_pool(x, size):
    height, width = x.shape
    pooled = np.zeros((height // size, width // size), x.dtype)
    positions = np.zeros(pooled.shape, int)
    for i in range(height // size):
        for j in range(width // size):
            window = x[i * size : (i + 1) * size, j * size : (j + 1) * size]
            row, column = divmod(int(np.argmax(window)), size)
            pooled[i, j] = np.argmax(window)
            positions[i, j] = (i * size + row) * width + j * size + column
    return pooled, positions


@max_pool.mistake(
    "only the first row",
    "You returned after the first row of windows. Write `return` below the outer loop.",
)
def max_pool(x, size):
    height, width = x.shape
    pooled = np.zeros((height // size, width // size), x.dtype)
    positions = np.zeros(pooled.shape, int)
    for i in range(height // size):
        for j in range(width // size):
            window = x[i * size : (i + 1) * size, j * size : (j + 1) * size]
            row, column = divmod(int(np.argmax(window)), size)
            pooled[i, j] = window.max()
            positions[i, j] = (i * size + row) * width + j * size + column
        return pooled, positions


@max_pool.mistake(
    "only the first window",
    "You returned after the first window. `return` ends the function at once: write it below the "
    "loops.",
)
def max_pool(x, size):
    height, width = x.shape
    pooled = np.zeros((height // size, width // size), x.dtype)
    positions = np.zeros(pooled.shape, int)
    for i in range(height // size):
        for j in range(width // size):
            window = x[i * size : (i + 1) * size, j * size : (j + 1) * size]
            row, column = divmod(int(np.argmax(window)), size)
            pooled[i, j] = window.max()
            positions[i, j] = (i * size + row) * width + j * size + column
            return pooled, positions


@max_pool.mistake(
    "windows mixed up, positions inside them",
    "You reshaped without moving the axes, so a window holds values that are no neighbours; and a "
    "position must count in the whole map. Loops over the windows are fine.",
)
def max_pool(x, size):
    height, width = x.shape
    windows = x.reshape(height // size, width // size, size * size)
    return windows.max(axis=-1), windows.argmax(axis=-1)


@max_pool.mistake(
    "windows of 2",
    "The size of your result is right, but each window is 2 × 2. Windows are size × size.",
)
def max_pool(x, size):
    height, width = x.shape
    pooled = np.zeros((height // size, width // size), x.dtype)
    positions = np.zeros(pooled.shape, int)
    for i in range(height // size):
        for j in range(width // size):
            window = x[i * 2 : i * 2 + 2, j * 2 : j * 2 + 2]
            row, column = divmod(int(np.argmax(window)), 2)
            pooled[i, j] = window.max()
            positions[i, j] = (i * 2 + row) * width + j * 2 + column
    return pooled, positions


@max_pool.mistake(
    "two sizes without brackets",
    "`np.zeros(a, b)` takes b for the dtype. Both sides go into one pair of brackets: np.zeros((a, "
    "b)).",
)
def max_pool(x, size):
    height, width = x.shape
    pooled = np.zeros(height // size, width // size)
    positions = np.zeros(pooled.shape, int)
    for i in range(height // size):
        for j in range(width // size):
            window = x[i * size : (i + 1) * size, j * size : (j + 1) * size]
            row, column = divmod(int(np.argmax(window)), size)
            pooled[i, j] = window.max()
            positions[i, j] = (i * size + row) * width + j * size + column
    return pooled, positions


@max_pool.mistake(
    "overlapping windows",
    "Your windows begin at row i and column j, so they overlap. Window (i, j) begins at row i * "
    "size and column j * size.",
)
def max_pool(x, size):
    height, width = x.shape
    pooled = np.zeros((height // size, width // size), x.dtype)
    positions = np.zeros(pooled.shape, int)
    for i in range(height // size):
        for j in range(width // size):
            window = x[i : i + size, j : j + size]
            row, column = divmod(int(np.argmax(window)), size)
            pooled[i, j] = window.max()
            positions[i, j] = (i + row) * width + j + column
    return pooled, positions


@max_pool.mistake(
    "a window at every pixel",
    "You put a window at every pixel: they overlap, and the result is nearly as large as x. The "
    "windows lie side by side, height // size of them below each other.",
)
def max_pool(x, size):
    height, width = x.shape
    pooled = np.zeros((height - size + 1, width - size + 1), x.dtype)
    positions = np.zeros(pooled.shape, int)
    for i in range(height - size + 1):
        for j in range(width - size + 1):
            window = x[i : i + size, j : j + size]
            row, column = divmod(int(np.argmax(window)), size)
            pooled[i, j] = window.max()
            positions[i, j] = (i + row) * width + j + column
    return pooled, positions


@max_pool.mistake(
    "size 2 typed in",
    "You typed in 2. The windows are size × size, and `size` may be another number.",
)
def max_pool(x, size):
    size = 2
    height, width = x.shape
    pooled = np.zeros((height // size, width // size), x.dtype)
    positions = np.zeros(pooled.shape, int)
    for i in range(height // size):
        for j in range(width // size):
            window = x[i * size : (i + 1) * size, j * size : (j + 1) * size]
            row, column = divmod(int(np.argmax(window)), size)
            pooled[i, j] = window.max()
            positions[i, j] = (i * size + row) * width + j * size + column
    return pooled, positions


@max_pool.mistake(
    "search began at x[0, 0]",
    "Each of your searches begins with x[0, 0], which belongs to the first window only. Begin with "
    "the first value of the window.",
)
def max_pool(x, size):
    height, width = x.shape
    pooled = np.full((height // size, width // size), x[0, 0])
    positions = np.zeros(pooled.shape, int)
    for row in range(height):
        for column in range(width):
            window = row // size, column // size
            if x[row, column] > pooled[window]:
                pooled[window] = x[row, column]
                positions[window] = row * width + column
    return pooled, positions


@max_pool.mistake(
    "whole-number values",
    "Your pooled map holds whole numbers, so each value loses its fraction. `np.zeros(...)` "
    "without a dtype gives floats.",
)
def max_pool(x, size):
    height, width = x.shape
    pooled = np.zeros((height // size, width // size), int)
    positions = np.zeros(pooled.shape, int)
    for i in range(height // size):
        for j in range(width // size):
            window = x[i * size : (i + 1) * size, j * size : (j + 1) * size]
            row, column = divmod(int(np.argmax(window)), size)
            pooled[i, j] = window.max()
            positions[i, j] = (i * size + row) * width + j * size + column
    return pooled, positions


@max_pool.mistake(
    "height for the width",
    "You took the height of x for both sides. The second number of the shape is the width: a map "
    "need not be square.",
)
def max_pool(x, size):
    height = width = x.shape[0]
    pooled = np.zeros((height // size, width // size), x.dtype)
    positions = np.zeros(pooled.shape, int)
    for i in range(height // size):
        for j in range(width // size):
            window = x[i * size : (i + 1) * size, j * size : (j + 1) * size]
            row, column = divmod(int(np.argmax(window)), size)
            pooled[i, j] = window.max()
            positions[i, j] = (i * size + row) * width + j * size + column
    return pooled, positions


@max_pool.also_right
def max_pool(x, size):
    height, width = x.shape
    pooled = np.zeros((height // size, width // size), x.dtype)
    positions = np.zeros(pooled.shape, int)
    for i in range(height // size):
        for j in range(width // size):
            window = x[i * size : (i + 1) * size, j * size : (j + 1) * size]
            row, column = divmod(int(np.argmax(window)), size)
            pooled[i, j] = window[row, column]
            positions[i, j] = (i * size + row) * width + j * size + column
    return pooled, positions


@max_pool.also_right
def max_pool(x, size):
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size))[::size, ::size]
    numbers = np.arange(x.size).reshape(x.shape)
    places = np.lib.stride_tricks.sliding_window_view(numbers, (size, size))[::size, ::size]
    best = windows.reshape(*windows.shape[:2], -1).argmax(axis=-1)[..., None]
    positions = np.take_along_axis(places.reshape(*windows.shape[:2], -1), best, axis=-1)[..., 0]
    return x.reshape(-1)[positions], positions


@max_pool.also_right
def max_pool(x, size):
    height, width = x.shape
    pooled = np.zeros((height // size, width // size))
    positions = np.zeros((height // size, width // size), dtype="int32")
    for i in range(height // size):
        for j in range(width // size):
            best = x[i * size, j * size]
            place = i * size * width + j * size
            for row in range(i * size, i * size + size):
                for column in range(j * size, j * size + size):
                    if x[row, column] > best:
                        best, place = x[row, column], row * width + column
            pooled[i, j], positions[i, j] = best, place
    return pooled, positions


@max_pool.also_right
def max_pool(x, size):
    height, width = x.shape
    pooled = x.reshape(height // size, size, width // size, size).max(axis=(1, 3))
    positions = np.zeros(pooled.shape, int)
    for i, j in np.ndindex(pooled.shape):
        window = x[i * size : (i + 1) * size, j * size : (j + 1) * size]
        rows, columns = np.where(window == pooled[i, j])
        positions[i, j] = (i * size + rows[0]) * width + j * size + columns[0]
    return [pooled, positions]


# The wrong answers about the positions hang themselves on the exercise, too.
from segcourse.exercises.week2 import _max_pool_positions  # noqa: E402, F401
