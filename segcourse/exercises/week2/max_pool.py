"""Exercise 2.6: Max pooling that remembers."""

import numpy as np

from segcourse.exercises.judging.exercise import Exercise, exact
from segcourse.texts import N_


def _pooling_map(rng, size, ties=False):
    # Whole numbers of both signs, no two alike; never square, so that rows and columns differ.
    rows = int(rng.integers(2, 4))
    columns = rows + int(rng.integers(1, 3))
    height, width = rows * size, columns * size
    values = rng.permutation(height * width) - height * width // 2
    if ties:
        values = values // (height * width)
    return values.reshape(height, width).astype("float32")


def _cases(rng):
    low = _pooling_map(rng, 2)
    return [
        (_pooling_map(rng, 2), 2),
        (low - low.max() - 1, 2),
        (_pooling_map(rng, 3), 3),
        (np.repeat(np.repeat(_pooling_map(rng, 1), 2, axis=0), 2, axis=1), 2),
    ]


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
    compare=exact(),
    points=2,
)


@max_pool.reference
def max_pool(x, size):
    """Max pooling without overlap that also gives the positions of the maxima.

    The map is cut into windows of size × size. Of each window the largest value is
    kept. Its position is row * width + column, counted in the map x. If the largest
    value occurs more than once in a window, the first one counts, row by row.

    Args:
        x: array [height, width]; both are multiples of size.
        size: int, side of the windows.

    Returns:
        Tuple (pooled, positions): array [height // size, width // size] of values, and
        an integer array of the same shape.

    Example: max_pool([[1, 5, 2, 0], [3, 4, 8, 6]], 2) is ([[5, 8]], [[1, 6]])
        5 stands in row 0 and column 1: 0 * 4 + 1 = 1. 8 stands in row 1 and
        column 2: 1 * 4 + 2 = 6.
    """
    height, width = x.shape
    rows, columns = height // size, width // size
    windows = x.reshape(rows, size, columns, size).swapaxes(1, 2).reshape(rows, columns, -1)
    place = windows.argmax(axis=-1)
    row = size * np.arange(rows)[:, None] + place // size
    column = size * np.arange(columns) + place % size
    return windows.max(axis=-1), row * width + column


@max_pool.mistake(
    "positions inside the window",
    "Your positions count inside each window, from 0 to size * size - 1. They must say where the "
    "value stands in the whole map: row * width + column.",
)
def max_pool(x, size):
    rows, columns = x.shape[0] // size, x.shape[1] // size
    windows = x.reshape(rows, size, columns, size).swapaxes(1, 2).reshape(rows, columns, -1)
    return windows.max(axis=-1), windows.argmax(axis=-1)


@max_pool.mistake(
    "width of the pooled map",
    "You multiplied the row by the width of the small map. The position counts in x, before "
    "pooling, so multiply by the width of x.",
)
def max_pool(x, size):
    height, width = x.shape
    rows, columns = height // size, width // size
    windows = x.reshape(rows, size, columns, size).swapaxes(1, 2).reshape(rows, columns, -1)
    place = windows.argmax(axis=-1)
    row = size * np.arange(rows)[:, None] + place // size
    column = size * np.arange(columns) + place % size
    return windows.max(axis=-1), row * columns + column


@max_pool.mistake(
    "counted column by column",
    "Your positions are column * height + row. NumPy and Keras count row by row: row * width + "
    "column.",
)
def max_pool(x, size):
    height, width = x.shape
    rows, columns = height // size, width // size
    windows = x.reshape(rows, size, columns, size).swapaxes(1, 2).reshape(rows, columns, -1)
    place = windows.argmax(axis=-1)
    row = size * np.arange(rows)[:, None] + place // size
    column = size * np.arange(columns) + place % size
    return windows.max(axis=-1), column * height + row


@max_pool.mistake(
    "position of the window",
    "You gave the position of each window's upper left cell. Asked is the cell where the largest "
    "value stands.",
)
def max_pool(x, size):
    height, width = x.shape
    rows, columns = height // size, width // size
    windows = x.reshape(rows, size, columns, size).swapaxes(1, 2).reshape(rows, columns, -1)
    corner = size * np.arange(rows)[:, None] * width + size * np.arange(columns)
    return windows.max(axis=-1), corner


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
    "returned in the wrong order",
    "You returned the positions first. The text asks for the pooled values first, then the "
    "positions.",
)
def max_pool(x, size):
    height, width = x.shape
    rows, columns = height // size, width // size
    windows = x.reshape(rows, size, columns, size).swapaxes(1, 2).reshape(rows, columns, -1)
    place = windows.argmax(axis=-1)
    row = size * np.arange(rows)[:, None] + place // size
    column = size * np.arange(columns) + place % size
    return row * width + column, windows.max(axis=-1)


@max_pool.mistake(
    "only the values",
    "You returned the pooled values alone. Unpooling needs the positions too: return both.",
)
def max_pool(x, size):
    height, width = x.shape
    rows, columns = height // size, width // size
    return x.reshape(rows, size, columns, size).max(axis=(1, 3))


@max_pool.mistake(
    "float positions",
    "The numbers are right, but the positions are floats: `np.zeros` gives float64. Positions are "
    "indices, so make them with `np.zeros(..., int)`.",
)
def max_pool(x, size):
    height, width = x.shape
    pooled = np.zeros((height // size, width // size), x.dtype)
    positions = np.zeros(pooled.shape)
    for i in range(height // size):
        for j in range(width // size):
            window = x[i * size : (i + 1) * size, j * size : (j + 1) * size]
            row, column = divmod(int(np.argmax(window)), size)
            pooled[i, j] = window[row, column]
            positions[i, j] = (i * size + row) * width + j * size + column
    return pooled, positions


@max_pool.mistake(
    "number of the window added",
    "Window i begins at row i * size and not at row i. Multiply by `size` before you add the row "
    "inside the window; the same for the column.",
)
def max_pool(x, size):
    height, width = x.shape
    pooled = np.zeros((height // size, width // size), x.dtype)
    positions = np.zeros(pooled.shape, int)
    for i in range(height // size):
        for j in range(width // size):
            window = x[i * size : (i + 1) * size, j * size : (j + 1) * size]
            row, column = divmod(int(np.argmax(window)), size)
            pooled[i, j] = window[row, column]
            positions[i, j] = (i + row) * width + j + column
    return pooled, positions


@max_pool.mistake(
    "pairs of row and column",
    "You returned row and column of each maximum. Asked is one number, row * width + column.",
)
def max_pool(x, size):
    height, width = x.shape
    pooled = np.zeros((height // size, width // size), x.dtype)
    positions = np.zeros((*pooled.shape, 2), int)
    for i in range(height // size):
        for j in range(width // size):
            window = x[i * size : (i + 1) * size, j * size : (j + 1) * size]
            row, column = divmod(int(np.argmax(window)), size)
            pooled[i, j] = window[row, column]
            positions[i, j] = i * size + row, j * size + column
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
