"""Exercise 4.5: Interlace the outputs."""

import numpy as np

from segcourse.exercises.judging.compare import plain
from segcourse.exercises.judging.exercise import Exercise, exact
from segcourse.texts import N_


def _cases(rng):
    cases = []
    for stride in (2, 3):
        height, width = (int(n) for n in 2 + rng.permutation(3)[:2])
        # With a fraction, so that a result of whole numbers shows.
        values = rng.permutation(stride * stride * height * width).astype("float32") + 0.5
        cases.append((values.reshape(-1, height, width), stride))
    return cases


def _picture(case, got, expected):
    """Both results, each cell marked with the number of the map it came from."""
    import matplotlib.pyplot as plt

    from segcourse import plots

    outputs, _ = case.args
    figure, axes = plt.subplots(1, 2, figsize=(9, 4))
    for ax, title, result in zip(axes, ("yours", "expected"), (got, expected), strict=True):
        result = plain(result)
        # The numbers are all different, so each says from which map it came; an average says -1.
        found = result[..., None, None, None] == outputs
        maps = np.where(found.any((2, 3, 4)), found.any((3, 4)).argmax(-1), -1)
        plots.numbers(result, ax=ax, title=title, highlight=maps if maps.min() >= 0 else None)
    return figure


interlace = Exercise(
    id="4.5",
    title=N_("Interlace the outputs"),
    function="interlace",
    hints=(
        N_(
            "Take stride 2 and four maps of one pixel each. Where does each pixel go in the 2×2 "
            "result?"
        ),
        N_(
            "outputs[dy * stride + dx][y, x] goes to row y * stride + dy and column x * stride + "
            "dx."
        ),
        N_(
            "Either two loops that fill result[dy::stride, dx::stride], or without loops: reshape "
            "to [dy, dx, y, x], transpose to [y, dy, x, dx], reshape."
        ),
    ),
    cases=_cases,
    picture=_picture,
    compare=exact(),
    points=2,
)


@interlace.reference
def interlace(outputs, stride):
    """Interlace the outputs for all shifts of the input into one full-size map.

    Args:
        outputs: array [stride * stride, h, w]. outputs[dy * stride + dx] holds
            the results for the rows dy, dy + stride, dy + 2 * stride, ... and
            the columns dx, dx + stride, dx + 2 * stride, ...
        stride: int, the stride of the network.

    Returns:
        Array [h * stride, w * stride].

    Example: outputs = [[[1, 2]], [[3, 4]], [[5, 6]], [[7, 8]]], stride 2:
        [[1, 3, 2, 4],
         [5, 7, 6, 8]]
    """
    _, height, width = outputs.shape
    shifts = outputs.reshape(stride, stride, height, width)
    rows_and_columns = shifts.transpose(2, 0, 3, 1)  # [y, dy, x, dx]
    return rows_and_columns.reshape(height * stride, width * stride)


@interlace.mistake(
    "side by side",
    "You put the maps side by side as blocks. Each map holds every stride-th pixel of the result, "
    "so neighbours in the result come from different maps.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    shifts = outputs.reshape(stride, stride, height, width)
    return shifts.transpose(0, 2, 1, 3).reshape(height * stride, width * stride)


@interlace.mistake(
    "dy and dx swapped",
    "You swapped dy and dx. In dy * stride + dx, the shift to the right (dx) changes from one "
    "map to the next, and the shift down (dy) only after `stride` maps.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    shifts = outputs.reshape(stride, stride, height, width)
    return shifts.transpose(2, 1, 3, 0).reshape(height * stride, width * stride)


@interlace.mistake(
    "reshape without transpose",
    "You only reshaped. `reshape` keeps the order of the numbers, but here pixels of different "
    "maps must come to lie next to each other: change the order of the axes first.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    return outputs.reshape(height * stride, width * stride)


@interlace.mistake(
    "first map repeated",
    "You enlarged the first map by repeating its pixels. The other maps hold what the network "
    "says about the pixels in between: use all of them.",
)
def interlace(outputs, stride):
    return outputs[0].repeat(stride, axis=0).repeat(stride, axis=1)


@interlace.mistake(
    "averaged",
    "You averaged the maps. They belong to different pixels, so they must be placed next to each "
    "other and not mixed.",
)
def interlace(outputs, stride):
    return outputs.mean(axis=0).repeat(stride, axis=0).repeat(stride, axis=1)


@interlace.mistake(
    "shifts reversed",
    "You placed the shifts in the opposite order. Map 0 has shift (0, 0): its first pixel is the "
    "upper left pixel of the result.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    shifts = outputs[::-1].reshape(stride, stride, height, width)
    return shifts.transpose(2, 0, 3, 1).reshape(height * stride, width * stride)


@interlace.mistake(
    "only the rows interlaced",
    "You interlaced the rows, but the columns still lie side by side as blocks. Each x must stand "
    "directly before its dx, as each y stands before its dy.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    shifts = outputs.reshape(stride, stride, height, width)
    return shifts.transpose(2, 0, 1, 3).reshape(height * stride, width * stride)


@interlace.mistake(
    "rows and columns swapped",
    "Your result is [w * stride, h * stride]: rows and columns are swapped. The height comes "
    "first, and dy belongs to the rows.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    shifts = outputs.reshape(stride, stride, height, width)
    return shifts.transpose(3, 1, 2, 0).reshape(width * stride, height * stride)


@interlace.mistake(
    "shifts as the last axes",
    "You put the shifts after y and x, so all shifts of one place come one after the other in a "
    "row. dy belongs to the rows and dx to the columns: order the axes [y, dy, x, dx].",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    shifts = outputs.reshape(stride, stride, height, width)
    return shifts.transpose(2, 3, 0, 1).reshape(height * stride, width * stride)


@interlace.mistake(
    "only the columns interlaced",
    "You interlaced the columns, but the rows of one dy still lie together as a block. Each y "
    "must stand directly before its dy, as each x stands before its dx.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    shifts = outputs.reshape(stride, stride, height, width)
    return shifts.transpose(0, 2, 3, 1).reshape(height * stride, width * stride)


@interlace.mistake(
    "all axes reversed",
    "`.T` reverses all axes, so x comes before y and the rows are filled with columns. Give the "
    "order of the axes to `transpose`: [y, dy, x, dx].",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    return outputs.T.reshape(height * stride, width * stride)


@interlace.mistake(
    "map dy + dx",
    "You took map dy + dx, so different shifts get the same map. There are `stride` maps for "
    "each dy: take outputs[dy * stride + dx].",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    result = np.zeros((height * stride, width * stride), outputs.dtype)
    for dy in range(stride):
        for dx in range(stride):
            result[dy::stride, dx::stride] = outputs[dy + dx]
    return result


@interlace.mistake(
    "stride 2 in the reshape",
    "Your reshape works only for stride 2. The network may have another stride: use the argument "
    "`stride` in place of the 2.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    shifts = outputs.reshape(2, 2, height, width).transpose(2, 0, 3, 1)
    return shifts.reshape(height * 2, width * 2)


@interlace.mistake(
    "stride 2 everywhere",
    "Your result is right only for stride 2, and too small for a larger one. Use the argument "
    "`stride` wherever you wrote 2.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    result = np.zeros((height * 2, width * 2), outputs.dtype)
    for dy in range(2):
        for dx in range(2):
            result[dy::2, dx::2] = outputs[dy * 2 + dx]
    return result


@interlace.mistake(
    "stride 2 in the loops",
    "Your result has the right size, but you place the maps as for stride 2. Use the argument "
    "`stride` in the loops and in the slices, too.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    result = np.zeros((height * stride, width * stride), outputs.dtype)
    for dy in range(2):
        for dx in range(2):
            result[dy::2, dx::2] = outputs[dy * 2 + dx]
    return result


@interlace.mistake(
    "result of whole numbers",
    "Your result holds whole numbers, so the fractions are cut off. Scores are floats: create the "
    "result with outputs.dtype.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    result = np.zeros((height * stride, width * stride), int)
    for dy in range(stride):
        for dx in range(stride):
            result[dy::stride, dx::stride] = outputs[dy * stride + dx]
    return result


@interlace.mistake(
    "shift subtracted",
    "You subtracted the shift: row y * stride - dy. A map with shift dy holds the rows dy, "
    "dy + stride, ..., so add it: y * stride + dy, and the same for x.",
)
def interlace(outputs, stride):
    _, height, width = outputs.shape
    result = np.zeros((height * stride, width * stride), outputs.dtype)
    for dy in range(stride):
        for dx in range(stride):
            for y in range(height):
                for x in range(width):
                    place = y * stride - dy, x * stride - dx
                    result[place] = outputs[dy * stride + dx, y, x]
    return result


@interlace.also_right
def interlace(outputs, stride):
    _, height, width = outputs.shape
    result = np.zeros((height * stride, width * stride), outputs.dtype)
    for dy in range(stride):
        for dx in range(stride):
            result[dy::stride, dx::stride] = outputs[dy * stride + dx]
    return result


@interlace.also_right
def interlace(outputs, stride):
    _, height, width = outputs.shape
    y, x = np.mgrid[: height * stride, : width * stride]
    return outputs[y % stride * stride + x % stride, y // stride, x // stride]
