"""Wrong answers of exercise 2.6 about the positions. `max_pool.py` brings them in."""

import numpy as np

from segcourse.exercises.week2.max_pool import max_pool


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
    "float positions",
    "The numbers are right, but the positions are floats: `np.zeros` gives float64. Positions are "
    "indices, so make them with `np.zeros(..., int)`.",
)
def max_pool(x, size):
    height, width = x.shape
    pooled = np.zeros((height // size, width // size), float)
    positions = np.zeros(pooled.shape, float)
    for i in range(height // size):
        for j in range(width // size):
            window = x[i * size : (i + 1) * size, j * size : (j + 1) * size]
            row, column = divmod(int(np.argmax(window)), size)
            pooled[i, j] = window.max()
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


@max_pool.mistake(
    "looked for in the whole map",
    "You looked for the largest value in the whole map, and its first place may lie in another "
    "window. Look inside the window.",
)
def max_pool(x, size):
    height, width = x.shape
    pooled = np.zeros((height // size, width // size), x.dtype)
    positions = np.zeros(pooled.shape, int)
    for i in range(height // size):
        for j in range(width // size):
            window = x[i * size : (i + 1) * size, j * size : (j + 1) * size]
            row, column = np.where(x == window.max())
            pooled[i, j] = window.max()
            positions[i, j] = row[0] * width + column[0]
    return pooled, positions


@max_pool.mistake(
    "arrays of places",
    "`np.where` gives an array of rows and one of columns, also where it finds one place only. "
    "Take the first of each, rows[0] and columns[0], and look inside the window.",
)
def max_pool(x, size):
    height, width = x.shape
    pooled = np.zeros((height // size, width // size), x.dtype)
    positions = np.zeros(pooled.shape, int)
    for i in range(height // size):
        for j in range(width // size):
            window = x[i * size : (i + 1) * size, j * size : (j + 1) * size]
            row, column = np.where(x == window.max())
            pooled[i, j] = window.max()
            positions[i, j] = row * width + column
    return pooled, positions


@max_pool.mistake(
    "largest of the whole map",
    "You took the position of the largest value of the whole map for every window. Each window has "
    "its own: argmax of the window, not of x.",
)
def max_pool(x, size):
    height, width = x.shape
    pooled = np.zeros((height // size, width // size), x.dtype)
    positions = np.zeros(pooled.shape, int)
    for i in range(height // size):
        for j in range(width // size):
            window = x[i * size : (i + 1) * size, j * size : (j + 1) * size]
            pooled[i, j] = window.max()
            positions[i, j] = np.argmax(x)
    return pooled, positions


@max_pool.mistake(
    "times the height",
    "Your positions are row * height + column. A row has `width` cells: multiply by the width of "
    "x.",
)
def max_pool(x, size):
    height, width = x.shape
    rows, columns = height // size, width // size
    windows = x.reshape(rows, size, columns, size).swapaxes(1, 2).reshape(rows, columns, -1)
    place = windows.argmax(axis=-1)
    row = size * np.arange(rows)[:, None] + place // size
    column = size * np.arange(columns) + place % size
    return windows.max(axis=-1), row * height + column


@max_pool.mistake(
    "row and column swapped",
    "Your positions are column * width + row. They are row * width + column.",
)
def max_pool(x, size):
    height, width = x.shape
    rows, columns = height // size, width // size
    windows = x.reshape(rows, size, columns, size).swapaxes(1, 2).reshape(rows, columns, -1)
    place = windows.argmax(axis=-1)
    row = size * np.arange(rows)[:, None] + place // size
    column = size * np.arange(columns) + place % size
    return windows.max(axis=-1), column * width + row


@max_pool.mistake(
    "counted from 1",
    "Your positions count from 1. They count from 0, as indices in Python do.",
)
def max_pool(x, size):
    height, width = x.shape
    rows, columns = height // size, width // size
    windows = x.reshape(rows, size, columns, size).swapaxes(1, 2).reshape(rows, columns, -1)
    place = windows.argmax(axis=-1)
    row = size * np.arange(rows)[:, None] + place // size
    column = size * np.arange(columns) + place % size
    return windows.max(axis=-1), row * width + column + 1


@max_pool.mistake(
    "place added to the corner",
    "You added the place inside the window to the position of its corner. The place counts rows of "
    "`size` cells, not of `width`: split it into row and column with divmod(place, size).",
)
def max_pool(x, size):
    height, width = x.shape
    pooled = np.zeros((height // size, width // size), x.dtype)
    positions = np.zeros(pooled.shape, int)
    for i in range(height // size):
        for j in range(width // size):
            window = x[i * size : (i + 1) * size, j * size : (j + 1) * size]
            pooled[i, j] = window.max()
            positions[i, j] = i * size * width + j * size + np.argmax(window)
    return pooled, positions


@max_pool.mistake(
    "row and column inside the window exchanged",
    "You took row and column inside the window the wrong way round. divmod(place, size) gives the "
    "row first, then the column.",
)
def max_pool(x, size):
    height, width = x.shape
    pooled = np.zeros((height // size, width // size), x.dtype)
    positions = np.zeros(pooled.shape, int)
    for i in range(height // size):
        for j in range(width // size):
            window = x[i * size : (i + 1) * size, j * size : (j + 1) * size]
            column, row = divmod(int(np.argmax(window)), size)
            pooled[i, j] = window.max()
            positions[i, j] = (i * size + row) * width + j * size + column
    return pooled, positions


@max_pool.mistake(
    "number of the window",
    "You gave the number of each window. Asked is the cell in x where the largest value stands: "
    "row * width + column.",
)
def max_pool(x, size):
    height, width = x.shape
    pooled = np.zeros((height // size, width // size), x.dtype)
    positions = np.zeros(pooled.shape, int)
    for i in range(height // size):
        for j in range(width // size):
            window = x[i * size : (i + 1) * size, j * size : (j + 1) * size]
            pooled[i, j] = window.max()
            positions[i, j] = i * (width // size) + j
    return pooled, positions


@max_pool.mistake(
    "small whole numbers",
    "Your positions have the dtype uint8, which ends at 255; a map has more cells. Use `int`.",
)
def max_pool(x, size):
    height, width = x.shape
    pooled = np.zeros((height // size, width // size), x.dtype)
    positions = np.zeros(pooled.shape, "uint8")
    for i in range(height // size):
        for j in range(width // size):
            window = x[i * size : (i + 1) * size, j * size : (j + 1) * size]
            row, column = divmod(int(np.argmax(window)), size)
            pooled[i, j] = window.max()
            positions[i, j] = (i * size + row) * width + j * size + column
    return pooled, positions


@max_pool.mistake(
    "positions wrapped round",
    "Your positions begin again at 0 after 255: that is as far as uint8 counts. A map has more "
    "cells: use `int`.",
)
def max_pool(x, size):
    height, width = x.shape
    pooled = np.zeros((height // size, width // size), x.dtype)
    positions = np.zeros(pooled.shape, "uint8")
    for i in range(height // size):
        for j in range(width // size):
            window = x[i * size : (i + 1) * size, j * size : (j + 1) * size]
            place = np.argmax(window)
            pooled[i, j] = window.max()
            positions[i, j] = (i * size + place // size) * width + j * size + place % size
    return pooled, positions


@max_pool.mistake(
    "float positions, values of the dtype of x",
    "The numbers are right, but the positions are floats: `np.zeros` gives floats unless you tell "
    "it a dtype. Positions are indices: np.zeros(..., int).",
)
def max_pool(x, size):
    height, width = x.shape
    pooled = np.zeros((height // size, width // size), x.dtype)
    positions = np.zeros(pooled.shape, float)
    for i in range(height // size):
        for j in range(width // size):
            window = x[i * size : (i + 1) * size, j * size : (j + 1) * size]
            row, column = divmod(int(np.argmax(window)), size)
            pooled[i, j] = window.max()
            positions[i, j] = (i * size + row) * width + j * size + column
    return pooled, positions


@max_pool.mistake(
    "overlapping windows, positions of others",
    "Your windows begin at row i and column j, and your positions at row i * size. Window (i, j) "
    "begins at row i * size and column j * size in both.",
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
            positions[i, j] = (i * size + row) * width + j * size + column
    return pooled, positions


@max_pool.mistake(
    "only the positions",
    "You returned the positions alone. Return both: the pooled values first, then the positions.",
)
def max_pool(x, size):
    height, width = x.shape
    rows, columns = height // size, width // size
    windows = x.reshape(rows, size, columns, size).swapaxes(1, 2).reshape(rows, columns, -1)
    place = windows.argmax(axis=-1)
    row = size * np.arange(rows)[:, None] + place // size
    column = size * np.arange(columns) + place % size
    return row * width + column
