"""Exercise 6.4: Overlap-tile prediction."""

import numpy as np

from segcourse.exercises.judging.exercise import Exercise, close
from segcourse.exercises.week6 import _predict_in_tiles
from segcourse.exercises.week6._tiles import cases, space, wrong_pixels
from segcourse.texts import N_

predict_in_tiles = Exercise(
    id="6.4",
    title=N_("Overlap-tile prediction"),
    function="predict_in_tiles",
    hints=(
        N_(
            "Think of the output first: it is laid out with tiles side by side, in steps of "
            "`tile`. For each tile, which pixels of the image does the network need?"
        ),
        N_(
            "The network needs `margin` more pixels on every side. Give the image a mirrored "
            "border of `margin` first; then the tile at (top, left) needs the part of the padded "
            "image that begins at (top, left) and has tile + 2 * margin pixels a side."
        ),
        N_(
            "The last tile of a row may reach over the edge. Move it back to left = width - tile; "
            "it then overlaps its neighbour; write it over what is there."
        ),
    ),
    cases=cases,
    space=space,
    compare=close(1e-6),
    picture=wrong_pixels,
    points=3,
)


@predict_in_tiles.reference
def predict_in_tiles(image, tile, margin, predict):
    """Predict an image of any size with a network that takes one size only.

    The tiles lie side by side, in steps of `tile`. The last one of a row or a column is
    moved back, so that it ends at the edge, and is written over its neighbour.

    Args:
        image: float array [height, width]. Both sides are at least `tile`, and larger
            than `margin`.
        tile: int, side of the network's output.
        margin: int, pixels that the network loses on every side, at least 1.
        predict: function, the network: takes an array [tile + 2 * margin,
            tile + 2 * margin] and gives an array [tile, tile].

    Returns:
        Float array [height, width], one prediction for every pixel. Outside of the
        image the network sees the image mirrored, without the edge pixel repeated.

    Example:

    >>> def left(part):  # a network: the left neighbour of every pixel
    ...     if part.shape != (4, 4):
    ...         raise ValueError(f"4 by 4 pixels are needed, {part.shape} came")
    ...     return part[1:-1, :-2]
    >>> predict_in_tiles(np.array([[1.5, 2.5, 3.5], [4, 5, 6]]), 2, 1, left)
    array([[2.5, 1.5, 2.5], [5., 4., 5.]])

    Here the tiles begin at the columns 0 and 1; with width 10 and tile 4, at 0, 4, 6.
    """
    height, width = image.shape
    padded = np.pad(image, margin, mode="reflect")
    side = tile + 2 * margin
    result = np.zeros((height, width))
    for top in range(0, height, tile):
        top = min(top, height - tile)
        for left in range(0, width, tile):
            left = min(left, width - tile)
            part = predict(padded[top : top + side, left : left + side])
            result[top : top + tile, left : left + tile] = part
    return result


@predict_in_tiles.mistake(
    "step too long",
    "Your tiles are as far apart as the network's input is large, so there are gaps. The network "
    "answers only for the inner `tile` pixels: the step is `tile`.",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin, mode="reflect")
    side = tile + 2 * margin
    result = np.zeros((height, width))
    for top in range(0, height, side):
        top = min(top, height - tile)
        for left in range(0, width, side):
            left = min(left, width - tile)
            part = predict(padded[top : top + side, left : left + side])
            result[top : top + tile, left : left + tile] = part
    return result


@predict_in_tiles.mistake(
    "a tile at every pixel",
    "You put a tile at every pixel. That takes long, and a network that pools gives a pixel other "
    "values in tiles that begin elsewhere: let the tiles lie side by side, in steps of `tile`.",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin, mode="reflect")
    result = np.zeros((height, width))
    for y in range(height - tile + 1):
        for x in range(width - tile + 1):
            part = padded[y : y + tile + 2 * margin, x : x + tile + 2 * margin]
            result[y : y + tile, x : x + tile] = predict(part)
    return result


@predict_in_tiles.mistake(
    "last tiles left out",
    "You stopped before the last tile of a row or column because it would reach over the edge. "
    "Its pixels get no prediction: move that tile back to the edge.",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin, mode="reflect")
    side = tile + 2 * margin
    result = np.zeros((height, width))
    for top in range(0, height - tile + 1, tile):
        for left in range(0, width - tile + 1, tile):
            part = predict(padded[top : top + side, left : left + side])
            result[top : top + tile, left : left + tile] = part
    return result


@predict_in_tiles.mistake(
    "last tile over the edge",
    "Your last tile reaches over the edge, so the network gets too few pixels there. Move the "
    "last tile back: left = min(left, width - tile), and the same for the rows.",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin, mode="reflect")
    side = tile + 2 * margin
    result = np.zeros((height, width))
    for top in range(0, height, tile):
        for left in range(0, width, tile):
            part = predict(padded[top : top + side, left : left + side])
            result[top : top + tile, left : left + tile] = part
    return result


@predict_in_tiles.mistake(
    "result still has the border",
    "Your result is as large as the padded image. The network has already taken the border "
    "away: the result has the size of the image.",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin, mode="reflect")
    side = tile + 2 * margin
    result = np.zeros(padded.shape)
    for top in range(0, height, tile):
        top = min(top, height - tile)
        for left in range(0, width, tile):
            left = min(left, width - tile)
            part = predict(padded[top : top + side, left : left + side])
            result[margin + top : margin + top + tile, margin + left : margin + left + tile] = part
    return result


@predict_in_tiles.mistake(
    "last tile in the wrong place",
    "You moved the last tile back when you read it, and wrote its first pixels to the place where "
    "it would have been. Write it where it was read.",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin, mode="reflect")
    side = tile + 2 * margin
    result = np.zeros((height, width))
    for top in range(0, height, tile):
        for left in range(0, width, tile):
            y, x = min(top, height - tile), min(left, width - tile)
            part = predict(padded[y : y + side, x : x + side])
            rows, columns = min(tile, height - top), min(tile, width - left)
            result[top : top + rows, left : left + columns] = part[:rows, :columns]
    return result


@predict_in_tiles.mistake(
    "as if the image were square",
    "You used the height for the columns too. An image need not be square: the columns end at "
    "`width`.",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin, mode="reflect")
    side = tile + 2 * margin
    result = np.zeros((height, width))
    for top in range(0, height, tile):
        top = min(top, height - tile)
        for left in range(0, height, tile):
            left = min(left, height - tile)
            part = predict(padded[top : top + side, left : left + side])
            result[top : top + tile, left : left + tile] = part
    return result


@predict_in_tiles.mistake(
    "height and width exchanged",
    "You read width and height from the shape. The first number is the rows: height, width = "
    "image.shape.",
)
def predict_in_tiles(image, tile, margin, predict):
    width, height = image.shape
    padded = np.pad(image, margin, mode="reflect")
    side = tile + 2 * margin
    result = np.zeros((height, width))
    for top in range(0, height, tile):
        top = min(top, height - tile)
        for left in range(0, width, tile):
            left = min(left, width - tile)
            part = predict(padded[top : top + side, left : left + side])
            result[top : top + tile, left : left + tile] = part
    return result


@predict_in_tiles.mistake(
    "written at left, top",
    "You wrote the tile at the rows `left` and the columns `top`. Rows come first: result[top : "
    "top + tile, left : left + tile].",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin, mode="reflect")
    side = tile + 2 * margin
    result = np.zeros((height, width))
    for top in range(0, height, tile):
        top = min(top, height - tile)
        for left in range(0, width, tile):
            left = min(left, width - tile)
            part = predict(padded[top : top + side, left : left + side])
            result[left : left + tile, top : top + tile] = part
    return result


@predict_in_tiles.mistake(
    "last row of tiles not moved back",
    "You moved the last tile back to the right edge, and not to the bottom edge. The rows need it "
    "too: top = min(top, height - tile).",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin, mode="reflect")
    side = tile + 2 * margin
    result = np.zeros((height, width))
    for top in range(0, height, tile):
        for left in range(0, width, tile):
            left = min(left, width - tile)
            part = predict(padded[top : top + side, left : left + side])
            result[top : top + tile, left : left + tile] = part
    return result


@predict_in_tiles.mistake(
    "last column of tiles not moved back",
    "You moved the last tile back to the bottom edge, and not to the right edge. The columns need "
    "it too: left = min(left, width - tile).",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin, mode="reflect")
    side = tile + 2 * margin
    result = np.zeros((height, width))
    for top in range(0, height, tile):
        top = min(top, height - tile)
        for left in range(0, width, tile):
            part = predict(padded[top : top + side, left : left + side])
            result[top : top + tile, left : left + tile] = part
    return result


@predict_in_tiles.mistake(
    "last tile moved back too far",
    "You moved the last tile back by the side of the network's input. The padded image is larger "
    "by the margins already: the last tile begins at height - tile, width - tile.",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin, mode="reflect")
    side = tile + 2 * margin
    result = np.zeros((height, width))
    for top in range(0, height, tile):
        top = min(top, height - side)
        for left in range(0, width, tile):
            left = min(left, width - side)
            part = predict(padded[top : top + side, left : left + side])
            result[top : top + tile, left : left + tile] = part
    return result


@predict_in_tiles.mistake(
    "range ends before the last tile",
    "range does not reach its end, so the last tile is left out even where it fits: range(0, "
    "height, tile), and the last one moved back to height - tile.",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin, mode="reflect")
    side = tile + 2 * margin
    result = np.zeros((height, width))
    for top in range(0, height - tile, tile):
        top = min(top, height - tile)
        for left in range(0, width - tile, tile):
            left = min(left, width - tile)
            part = predict(padded[top : top + side, left : left + side])
            result[top : top + tile, left : left + tile] = part
    return result


@predict_in_tiles.mistake(
    "return inside the loop",
    "Your `return` stands inside the loops, so they end after the first tile or the first row. "
    "Move it to the left, below both loops.",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin, mode="reflect")
    side = tile + 2 * margin
    result = np.zeros((height, width))
    for top in range(0, height, tile):
        top = min(top, height - tile)
        for left in range(0, width, tile):
            left = min(left, width - tile)
            part = predict(padded[top : top + side, left : left + side])
            result[top : top + tile, left : left + tile] = part
        return result


@predict_in_tiles.mistake(
    "return after the first tile",
    "Your `return` stands inside both loops, so they end after the first tile. Move it to the "
    "left, below both loops.",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin, mode="reflect")
    side = tile + 2 * margin
    result = np.zeros((height, width))
    for top in range(0, height, tile):
        top = min(top, height - tile)
        for left in range(0, width, tile):
            left = min(left, width - tile)
            part = predict(padded[top : top + side, left : left + side])
            result[top : top + tile, left : left + tile] = part
            return result


@predict_in_tiles.mistake(
    "whole numbers",
    "You made a result of whole numbers (int), and every prediction is cut off to one. "
    "np.zeros((height, width)) gives floats.",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin, mode="reflect")
    side = tile + 2 * margin
    result = np.zeros((height, width), int)
    for top in range(0, height, tile):
        top = min(top, height - tile)
        for left in range(0, width, tile):
            left = min(left, width - tile)
            part = predict(padded[top : top + side, left : left + side])
            result[top : top + tile, left : left + tile] = part
    return result


@predict_in_tiles.mistake(
    "overlaps added",
    "You added the tiles to the result. Where two tiles overlap the prediction counts twice: "
    "write it there with =, so that one tile counts.",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin, mode="reflect")
    side = tile + 2 * margin
    result = np.zeros((height, width))
    for top in range(0, height, tile):
        top = min(top, height - tile)
        for left in range(0, width, tile):
            left = min(left, width - tile)
            part = predict(padded[top : top + side, left : left + side])
            result[top : top + tile, left : left + tile] += part
    return result


@predict_in_tiles.also_right
def predict_in_tiles(image, tile, margin, predict):
    def begins(length):
        return [*range(0, length - tile, tile), length - tile]

    padded = np.pad(image, margin, mode="reflect")
    result = np.zeros_like(image)
    side = tile + 2 * margin
    for x in begins(image.shape[1]):
        for y in begins(image.shape[0]):
            result[y : y + tile, x : x + tile] = predict(padded[y : y + side, x : x + side])
    return result


@predict_in_tiles.also_right
def predict_in_tiles(image, tile, margin, predict):
    # Of each tile only what the next one does not write over.
    height, width = image.shape
    padded = np.pad(image, margin, mode="reflect")
    tops = [*range(0, height - tile, tile), height - tile]
    lefts = [*range(0, width - tile, tile), width - tile]
    rows = []
    for top, bottom in zip(tops, [*tops[1:], height], strict=True):
        parts = []
        for left, right in zip(lefts, [*lefts[1:], width], strict=True):
            part = predict(padded[top:, left:][: tile + 2 * margin, : tile + 2 * margin])
            parts.append(part[: bottom - top, : right - left])
        rows.append(np.concatenate(parts, axis=1))
    return np.concatenate(rows)


_predict_in_tiles.register(predict_in_tiles)
