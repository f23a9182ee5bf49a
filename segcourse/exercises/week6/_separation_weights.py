"""Wrong answers to exercise 6.6 in the distances and in how the two terms are put together."""

import numpy as np


def register(separation_weights):
    """Adds them to the exercise."""

    @separation_weights.mistake(
        "cells numbered anew",
        "You numbered the cells anew with ndimage.label. Two cells that touch become one there: "
        "the numbers in `cells` tell them apart, np.unique(cells).",
    )
    def separation_weights(cells, w0=10.0, sigma=5.0):
        from scipy import ndimage

        cells, count = ndimage.label(cells > 0)
        distances = [ndimage.distance_transform_edt(cells != n) for n in range(1, count + 1)]
        d1, d2 = np.sort(distances, axis=0)[:2]
        border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
        is_cell = cells > 0
        pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
        return cells.size / (2 * pixels) + np.where(is_cell, 0, border)

    @separation_weights.mistake(
        "all numbers up to the largest",
        "You took every number from 1 to the largest. Numbers may be missing, and a cell that is "
        "not there has no distance: take those of np.unique(cells), without 0.",
    )
    def separation_weights(cells, w0=10.0, sigma=5.0):
        from scipy import ndimage

        numbers = range(1, cells.max() + 1)
        distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
        d1, d2 = np.sort(distances, axis=0)[:2]
        border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
        is_cell = cells > 0
        pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
        return cells.size / (2 * pixels) + np.where(is_cell, 0, border)

    @separation_weights.mistake(
        "all numbers from 0 to the largest",
        "You took every number from 0 to the largest. 0 is the background, and other numbers may "
        "be missing: take those of np.unique(cells), without 0.",
    )
    def separation_weights(cells, w0=10.0, sigma=5.0):
        from scipy import ndimage

        numbers = range(cells.max() + 1)
        distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
        d1, d2 = np.sort(distances, axis=0)[:2]
        border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
        is_cell = cells > 0
        pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
        return cells.size / (2 * pixels) + np.where(is_cell, 0, border)

    @separation_weights.mistake(
        "largest number left out",
        "range(1, cells.max()) ends before the largest number, so one cell is left out. Take all "
        "numbers of np.unique(cells), without 0.",
    )
    def separation_weights(cells, w0=10.0, sigma=5.0):
        from scipy import ndimage

        numbers = range(1, cells.max())
        distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
        d1, d2 = np.sort(distances, axis=0)[:2]
        border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
        is_cell = cells > 0
        pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
        return cells.size / (2 * pixels) + np.where(is_cell, 0, border)

    @separation_weights.mistake(
        "cells counted through",
        "You counted the cells and took 1, 2, 3, … for their numbers. A cell may have any number: "
        "take those of np.unique(cells), without 0.",
    )
    def separation_weights(cells, w0=10.0, sigma=5.0):
        from scipy import ndimage

        numbers = range(1, len(np.unique(cells)))
        distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
        d1, d2 = np.sort(distances, axis=0)[:2]
        border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
        is_cell = cells > 0
        pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
        return cells.size / (2 * pixels) + np.where(is_cell, 0, border)

    @separation_weights.mistake(
        "sorted along the width",
        "np.sort sorts along the last axis, here along each row of pixels. The cells are axis 0: "
        "np.sort(distances, axis=0).",
    )
    def separation_weights(cells, w0=10.0, sigma=5.0):
        from scipy import ndimage

        numbers = [number for number in np.unique(cells) if number != 0]
        distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
        d1, d2 = np.sort(distances)[:2]
        border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
        is_cell = cells > 0
        pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
        return cells.size / (2 * pixels) + np.where(is_cell, 0, border)

    @separation_weights.mistake(
        "the two farthest",
        "You took the two largest distances. d1 and d2 belong to the nearest cells: the first two "
        "of the sorted ones.",
    )
    def separation_weights(cells, w0=10.0, sigma=5.0):
        from scipy import ndimage

        numbers = [number for number in np.unique(cells) if number != 0]
        distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
        d1, d2 = np.sort(distances, axis=0)[-2:]
        border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
        is_cell = cells > 0
        pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
        return cells.size / (2 * pixels) + np.where(is_cell, 0, border)

    @separation_weights.mistake(
        "d1 only",
        "Your border term depends on the nearest cell alone, so the outer side of every cell gets "
        "a high weight. Add d2; and when you list the cells, leave out 0: the background is no "
        "cell.",
    )
    def separation_weights(cells, w0=10.0, sigma=5.0):
        from scipy import ndimage

        numbers = [number for number in np.unique(cells) if number != 0]
        distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
        d1 = np.min(distances, axis=0)
        border = w0 * np.exp(-(d1**2) / (2 * sigma**2))
        is_cell = cells > 0
        pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
        return cells.size / (2 * pixels) + np.where(is_cell, 0, border)

    @separation_weights.mistake(
        "twice d1",
        "You took the distance to any cell for d1 and for d2. d2 belongs to another cell than d1: "
        "compute one distance map for each cell.",
    )
    def separation_weights(cells, w0=10.0, sigma=5.0):
        from scipy import ndimage

        d1 = d2 = ndimage.distance_transform_edt(cells == 0)
        border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
        is_cell = cells > 0
        pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
        return cells.size / (2 * pixels) + np.where(is_cell, 0, border)

    @separation_weights.mistake(
        "not the two nearest",
        "You took the distances to the first two cells of the list. Which cells are nearest "
        "differs from pixel to pixel: sort the distances at every pixel.",
    )
    def separation_weights(cells, w0=10.0, sigma=5.0):
        from scipy import ndimage

        numbers = [number for number in np.unique(cells) if number != 0]
        distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
        d1, d2 = distances[:2]
        border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
        is_cell = cells > 0
        pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
        return cells.size / (2 * pixels) + np.where(is_cell, 0, border)

    @separation_weights.mistake(
        "all cells summed",
        "You added the distances to all cells. Only the nearest two count, d1 and d2.",
    )
    def separation_weights(cells, w0=10.0, sigma=5.0):
        from scipy import ndimage

        numbers = [number for number in np.unique(cells) if number != 0]
        distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
        border = w0 * np.exp(-(np.sum(distances, axis=0) ** 2) / (2 * sigma**2))
        is_cell = cells > 0
        pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
        return cells.size / (2 * pixels) + np.where(is_cell, 0, border)

    @separation_weights.mistake(
        "distance to the background",
        "Your distances are 0 on the background: `distance_transform_edt(cells == number)` "
        "measures inside the cell. Give it the pixels that are not the cell, cells != number.",
    )
    def separation_weights(cells, w0=10.0, sigma=5.0):
        from scipy import ndimage

        numbers = [number for number in np.unique(cells) if number != 0]
        distances = [ndimage.distance_transform_edt(cells == number) for number in numbers]
        d1, d2 = np.sort(distances, axis=0)[:2]
        border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
        is_cell = cells > 0
        pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
        return cells.size / (2 * pixels) + np.where(is_cell, 0, border)

    @separation_weights.mistake(
        "border term inside the cells",
        "You added the border term inside the cells too. The narrow strips of background between "
        "cells are to weigh more; inside a cell the term is 0.",
    )
    def separation_weights(cells, w0=10.0, sigma=5.0):
        from scipy import ndimage

        numbers = [number for number in np.unique(cells) if number != 0]
        distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
        d1, d2 = np.sort(distances, axis=0)[:2]
        border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
        is_cell = cells > 0
        pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
        return cells.size / (2 * pixels) + border

    @separation_weights.mistake(
        "maps sorted with sorted()",
        "sorted() compares whole maps, and Python cannot say which of two maps is smaller. "
        "np.sort(distances, axis=0) sorts at every pixel.",
    )
    def separation_weights(cells, w0=10.0, sigma=5.0):
        from scipy import ndimage

        numbers = [number for number in np.unique(cells) if number != 0]
        distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
        d1, d2 = sorted(distances)[:2]
        border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
        is_cell = cells > 0
        pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
        return cells.size / (2 * pixels) + np.where(is_cell, 0, border)

    @separation_weights.mistake(
        "math.exp",
        "math.exp takes one number. np.exp takes a whole array.",
    )
    def separation_weights(cells, w0=10.0, sigma=5.0):
        import math

        from scipy import ndimage

        numbers = [number for number in np.unique(cells) if number != 0]
        distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
        d1, d2 = np.sort(distances, axis=0)[:2]
        border = w0 * math.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
        is_cell = cells > 0
        pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
        return cells.size / (2 * pixels) + np.where(is_cell, 0, border)

    @separation_weights.mistake(
        "whole numbers",
        "You made a map of whole numbers, and every weight is cut off to one. np.zeros_like(cells) "
        "takes over the dtype of the cells: use np.zeros(cells.shape).",
    )
    def separation_weights(cells, w0=10.0, sigma=5.0):
        from scipy import ndimage

        numbers = [number for number in np.unique(cells) if number != 0]
        distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
        d1, d2 = np.sort(distances, axis=0)[:2]
        border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
        is_cell = cells > 0
        weights = np.zeros_like(cells)
        weights[is_cell] = cells.size / (2 * is_cell.sum())
        weights[~is_cell] = (cells.size / (2 * (~is_cell).sum()) + border)[~is_cell]
        return weights

    @separation_weights.mistake(
        "one term or the other",
        "A background pixel got the border term alone. It has a class weight too: add the two "
        "terms.",
    )
    def separation_weights(cells, w0=10.0, sigma=5.0):
        from scipy import ndimage

        numbers = [number for number in np.unique(cells) if number != 0]
        distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
        d1, d2 = np.sort(distances, axis=0)[:2]
        border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
        is_cell = cells > 0
        pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
        return np.where(is_cell, cells.size / (2 * pixels), border)

    @separation_weights.mistake(
        "no weight inside the cells",
        "Inside the cells your weight is 0, so the loss would not ask for cells at all. Only the "
        "border term is 0 there: the class weight stays.",
    )
    def separation_weights(cells, w0=10.0, sigma=5.0):
        from scipy import ndimage

        numbers = [number for number in np.unique(cells) if number != 0]
        distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
        d1, d2 = np.sort(distances, axis=0)[:2]
        border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
        is_cell = cells > 0
        pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
        return np.where(is_cell, 0, cells.size / (2 * pixels) + border)

    @separation_weights.mistake(
        "terms multiplied",
        "You multiplied the class weight by the border term. The formula adds them.",
    )
    def separation_weights(cells, w0=10.0, sigma=5.0):
        from scipy import ndimage

        numbers = [number for number in np.unique(cells) if number != 0]
        distances = [ndimage.distance_transform_edt(cells != number) for number in numbers]
        d1, d2 = np.sort(distances, axis=0)[:2]
        border = w0 * np.exp(-((d1 + d2) ** 2) / (2 * sigma**2))
        is_cell = cells > 0
        pixels = np.where(is_cell, is_cell.sum(), (~is_cell).sum())
        return cells.size / (2 * pixels) * np.where(is_cell, 1, border)
