"""Exercise 6.4: Overlap-tile prediction."""

import numpy as np

from segcourse.exercises.judging.compare import plain
from segcourse.exercises.judging.exercise import Exercise, close
from segcourse.texts import N_


def _filter_of(kernel, tile):
    """A network of one unpadded convolution that takes exactly one size."""
    margin = len(kernel) // 2
    side = tile + 2 * margin

    def predict(part):
        part = np.asarray(part, "float64")
        if part.shape != (side, side):
            raise ValueError(
                f"the network takes an array of {side} by {side} pixels; it got {part.shape}"
            )
        windows = np.lib.stride_tricks.sliding_window_view(part, kernel.shape)
        return np.einsum("yxij,ij->yx", windows, kernel)

    return predict


def _cases(rng):
    cases = []
    # The margin is smaller than half a tile, and neither side is a multiple of the tile; one
    # picture is wider than high, one higher than wide. No value is 0.
    for margin, flat in ((1, True), (2, False)):
        tile = 2 * margin + int(rng.integers(2, 4))
        short, long = tile + 1, 2 * tile + int(rng.integers(1, tile - margin))
        shape = (short, long) if flat else (long, short)
        kernel = rng.integers(1, 9, (2 * margin + 1, 2 * margin + 1)).astype("float64")
        image = rng.integers(1, 50, shape).astype("float64")
        cases.append((image, tile, margin, _filter_of(kernel, tile)))
    return cases


def _picture(case, got, expected):
    """Where the result is right, pixel by pixel."""
    from segcourse import plots

    got, expected = np.asarray(plain(got)), plain(expected)
    if got.shape != expected.shape:
        return None
    wrong = ~np.isclose(got, expected)
    return plots.numbers(wrong.astype(int), title="1: wrong pixel", highlight=wrong).figure


predict_in_tiles = Exercise(
    id="6.4",
    title=N_("Overlap-tile prediction"),
    function="predict_in_tiles",
    hints=(
        N_(
            "Think of the output first: it is laid out with tiles side by side, in steps of "
            "`tile`. For each tile, which pixels of the picture does the network need?"
        ),
        N_(
            "The network needs `margin` more pixels on every side. Give the picture a mirrored "
            "border of `margin` first; then the tile at (top, left) needs the part of the padded "
            "picture that begins at (top, left) and has tile + 2 * margin pixels a side."
        ),
        N_(
            "The last tile of a row may reach over the edge. Move it back to left = width - tile; "
            "it then overlaps its neighbour; write it over what is there."
        ),
    ),
    cases=_cases,
    compare=close(1e-6),
    picture=_picture,
    points=3,
)


@predict_in_tiles.reference
def predict_in_tiles(image, tile, margin, predict):
    """Predict a picture of any size with a network that takes one size only.

    Args:
        image: float array [height, width]. Both sides are at least `tile`, and larger
            than `margin`.
        tile: int, side of the network's output.
        margin: int, pixels that the network loses on every side.
        predict: function, the network: takes an array [tile + 2 * margin,
            tile + 2 * margin] and gives an array [tile, tile].

    Returns:
        Float array [height, width], one prediction for every pixel. Outside of the
        picture the network sees the picture mirrored, without the edge pixel repeated.

    Example: width 10, tile 4. The tiles begin at the columns 0, 4 and 6: the last one
        is moved back so that it ends at the edge.
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
    "each tile mirrored by itself",
    "You cut out the tile first and mirrored it then. Inside the picture the network should see "
    "the true neighbours: mirror the whole picture once, then cut out larger parts.",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    result = np.zeros((height, width))
    for top in range(0, height, tile):
        top = min(top, height - tile)
        for left in range(0, width, tile):
            left = min(left, width - tile)
            part = np.pad(image[top : top + tile, left : left + tile], margin, mode="reflect")
            result[top : top + tile, left : left + tile] = predict(part)
    return result


@predict_in_tiles.mistake(
    "zeros around the picture",
    "You put zeros around the picture. Near its border the network then sees black; mirror the "
    "picture instead.",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin)
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
    "edge pixel repeated",
    "Your mirrored border repeats the edge pixel (mode 'symmetric'). The mirror stands on the "
    "edge pixel: mode 'reflect', as in exercise 6.3.",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin, mode="symmetric")
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
    "no border around the picture",
    "You cut the network's input out of the picture itself. It has no pixels to spare: give it a "
    "mirrored border of `margin` first.",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    side = tile + 2 * margin
    result = np.zeros((height, width))
    for top in range(0, height, tile):
        top = min(top, height - tile)
        for left in range(0, width, tile):
            left = min(left, width - tile)
            part = predict(image[top : top + side, left : left + side])
            result[top : top + tile, left : left + tile] = part
    return result


@predict_in_tiles.mistake(
    "input as small as the output",
    "You gave the network only the tile itself. It loses `margin` pixels on every side, so it "
    "needs tile + 2 * margin.",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin, mode="reflect")
    result = np.zeros((height, width))
    for top in range(0, height, tile):
        top = min(top, height - tile)
        for left in range(0, width, tile):
            left = min(left, width - tile)
            part = predict(padded[top : top + tile, left : left + tile])
            result[top : top + tile, left : left + tile] = part
    return result


@predict_in_tiles.mistake(
    "margin on one side",
    "You gave the network tile + margin pixels. The margin is lost on both sides: "
    "tile + 2 * margin.",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin, mode="reflect")
    side = tile + margin
    result = np.zeros((height, width))
    for top in range(0, height, tile):
        top = min(top, height - tile)
        for left in range(0, width, tile):
            left = min(left, width - tile)
            part = predict(padded[top : top + side, left : left + side])
            result[top : top + tile, left : left + tile] = part
    return result


@predict_in_tiles.mistake(
    "margin subtracted twice",
    "You began at top - margin in the padded picture. The border has already moved everything by "
    "`margin`: the part for the tile at (top, left) begins at (top, left) of the padded picture.",
)
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin, mode="reflect")
    result = np.zeros((height, width))
    for top in range(0, height, tile):
        top = min(top, height - tile)
        for left in range(0, width, tile):
            left = min(left, width - tile)
            rows = slice(top - margin, top + tile + margin)
            columns = slice(left - margin, left + tile + margin)
            result[top : top + tile, left : left + tile] = predict(padded[rows, columns])
    return result


@predict_in_tiles.mistake(
    "result still has the border",
    "Your result is as large as the padded picture. The network has already taken the border "
    "away: the result has the size of the picture.",
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
    "as if the picture were square",
    "You used the height for the columns too. A picture need not be square: the columns end at "
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
    height, width = image.shape
    down, right = -height % tile, -width % tile
    border = ((margin, margin + down), (margin, margin + right))
    padded = np.pad(image, border, mode="reflect")
    rows = []
    for top in range(0, height, tile):
        parts = [
            predict(padded[top : top + tile + 2 * margin, left : left + tile + 2 * margin])
            for left in range(0, width, tile)
        ]
        rows.append(np.concatenate(parts, axis=1))
    return np.concatenate(rows)[:height, :width]


@predict_in_tiles.also_right
def predict_in_tiles(image, tile, margin, predict):
    height, width = image.shape
    padded = np.pad(image, margin, mode="reflect")
    result = np.zeros((height, width))
    for y in range(height - tile + 1):
        for x in range(width - tile + 1):
            part = padded[y : y + tile + 2 * margin, x : x + tile + 2 * margin]
            result[y : y + tile, x : x + tile] = predict(part)
    return result
