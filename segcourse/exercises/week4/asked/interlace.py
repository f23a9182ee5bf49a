"""Exercise 4.5: what is asked and right; wrong answers are in `week4/interlace.py`."""

import numpy as np

from segcourse.exercises.judging.compare import plain
from segcourse.exercises.judging.exercise import Case, Exercise, exact
from segcourse.texts import N_


def _cases(rng):
    cases = []
    for stride in (2, 3):
        height, width = (int(n) for n in 2 + rng.permutation(3)[:2])
        # With a fraction, so that a result of whole numbers shows.
        values = rng.permutation(stride * stride * height * width).astype("float32") + 0.5
        cases.append((values.reshape(-1, height, width), stride))
    return cases


#: Stride, height and width; few, since some backends compile a transpose for each.
SHAPES = ((1, 2, 3), (2, 1, 1), (2, 3, 2), (3, 1, 4), (3, 2, 2), (4, 3, 1))


def _space(rng):
    stride, height, width = SHAPES[rng.integers(len(SHAPES))]
    values = rng.integers(-20, 20, (stride * stride, height, width)) / 2
    return Case(values.astype(rng.choice(["float32", "float64"])), stride)


def _picture(case, got, expected):
    """Both results, each cell marked with the number of the map it came from."""
    import matplotlib.pyplot as plt

    from segcourse import plots

    outputs, _ = case.args
    figure, axes = plt.subplots(1, 2, figsize=(9, 4))
    for ax, title, result in zip(axes, ("yours", "expected"), (got, expected), strict=True):
        result = np.asarray(plain(result))
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
    space=_space,
    picture=_picture,
    compare=exact(array=False),
    points=2,
)


@interlace.reference
def interlace(outputs, stride):
    """Interlace the outputs for all shifts of the input into one full-size map.

    Args:
        outputs: float array [stride * stride, h, w]. outputs[dy * stride + dx] holds
            the results for the rows dy, dy + stride, dy + 2 * stride, ... and
            the columns dx, dx + stride, dx + 2 * stride, ...
        stride: int, the stride of the network.

    Returns:
        The full-size map, [h * stride, w * stride].

    Example:

    >>> interlace(np.array([[[1.0, 2.0]], [[3.0, 4.0]], [[5.0, 6.0]], [[7.0, 8.0]]]), 2)
    array([[1., 3., 2., 4.],
           [5., 7., 6., 8.]])
    """
    _, height, width = outputs.shape
    shifts = outputs.reshape(stride, stride, height, width)
    rows_and_columns = shifts.transpose(2, 0, 3, 1)  # [y, dy, x, dx]
    return rows_and_columns.reshape(height * stride, width * stride)


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


@interlace.also_right
def interlace(outputs, stride):
    count, height, width = outputs.shape
    result = np.zeros((height * stride, width * stride))
    for shift, y, x in np.ndindex(count, height, width):
        row, column = y * stride + shift // stride, x * stride + shift % stride
        result[row, column] = outputs[shift][y][x]
    return result


@interlace.also_right
def interlace(outputs, stride):
    # The maps of one dy into one map of wide rows, then the rows.
    columns = [
        np.stack(outputs[dy * stride : (dy + 1) * stride], axis=-1).reshape(outputs.shape[1], -1)
        for dy in range(stride)
    ]
    return np.stack(columns, axis=1).reshape(outputs.shape[1] * stride, -1).tolist()
