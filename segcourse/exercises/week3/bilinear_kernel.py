"""Exercise 3.5: The bilinear kernel."""

import numpy as np

from segcourse.exercises.judging.exercise import Case, Exercise, close
from segcourse.exercises.week3._cases import side_by_side
from segcourse.texts import N_


def _cases(rng):
    half = int(rng.integers(3, 7))
    sizes = [3, 4, 2 * half, 2 * half + 1, 2 * int(rng.integers(3, 7)) - 1, 64]
    return [(size,) for size in sizes]


def _space(rng):
    return Case(int(rng.choice([rng.integers(3, 9), rng.integers(9, 70)])))


bilinear_kernel = Exercise(
    id="3.5",
    title=N_("The bilinear kernel"),
    function="bilinear_kernel",
    hints=(
        N_(
            "Begin with one dimension. The weights fall in a straight line from the centre to both "
            "sides, like a tent: 1 - distance / factor."
        ),
        N_(
            "The factor is (size + 1) // 2, also for odd sizes. The centre of the positions 0 to "
            "size - 1 is (size - 1) / 2; for even sizes it lies between two positions."
        ),
        N_(
            "In two dimensions a weight is the product of the weight of its row and the weight of "
            "its column: np.outer."
        ),
    ),
    cases=_cases,
    space=_space,
    compare=close(1e-6),
    picture=side_by_side,
    points=2,
)


@bilinear_kernel.reference
def bilinear_kernel(size):
    """Build the kernel with which a transposed convolution interpolates bilinearly.

    In one dimension the weight of position i is 1 - abs(i - centre) / factor, with
    factor = (size + 1) // 2 and the centre in the middle of the positions 0 to size - 1.
    In two dimensions the weight of (i, j) is the weight of i times the weight of j.

    Args:
        size: int, 3 or more, odd or even.

    Returns:
        Float array [size, size].

    Example:

    >>> bilinear_kernel(3)
    array([[0.25, 0.5 , 0.25],
           [0.5 , 1.  , 0.5 ],
           [0.25, 0.5 , 0.25]])

    Here factor is 2 and centre is 1: in one dimension 0.5, 1, 0.5. For size 4 factor
    is 2 and centre is 1.5: in one dimension 0.25, 0.75, 0.75, 0.25.
    """
    factor = (size + 1) // 2
    centre = (size - 1) / 2
    tent = 1 - np.abs(np.arange(size) - centre) / factor
    return np.outer(tent, tent)


@bilinear_kernel.mistake(
    "one dimension only",
    "You returned the tent of one dimension. The kernel is [size, size]: multiply the weight of "
    "the row by the weight of the column.",
)
def bilinear_kernel(size):
    factor = (size + 1) // 2
    return 1 - np.abs(np.arange(size) - (size - 1) / 2) / factor


@bilinear_kernel.mistake(
    "factor too small for odd sizes",
    "Your kernel is wrong for odd sizes: there size // 2 is one too small, so the outer weights "
    "become 0. The factor is (size + 1) // 2.",
)
def bilinear_kernel(size):
    factor = size // 2
    tent = 1 - np.abs(np.arange(size) - (size - 1) / 2) / factor
    return np.outer(tent, tent)


@bilinear_kernel.mistake(
    "factor size / 2",
    "Your kernel is right for even sizes, not for odd ones: the factor must be a whole number "
    "there too. It is (size + 1) // 2.",
)
def bilinear_kernel(size):
    factor = size / 2
    tent = 1 - np.abs(np.arange(size) - (size - 1) / 2) / factor
    return np.outer(tent, tent)


@bilinear_kernel.mistake(
    "factor too large for even sizes",
    "Your kernel is right for odd sizes, not for even ones: (size + 1) / 2 is half a pixel too "
    "much there. Round the factor down: (size + 1) // 2.",
)
def bilinear_kernel(size):
    factor = (size + 1) / 2
    tent = 1 - np.abs(np.arange(size) - (size - 1) / 2) / factor
    return np.outer(tent, tent)


@bilinear_kernel.mistake(
    "centre on a pixel for even sizes",
    "For an even size your kernel is not symmetric: its centre lies on a pixel. It must lie "
    "between the two middle positions, at (size - 1) / 2.",
)
def bilinear_kernel(size):
    factor = (size + 1) // 2
    centre = factor - 1
    tent = 1 - np.abs(np.arange(size) - centre) / factor
    return np.outer(tent, tent)


@bilinear_kernel.mistake(
    "centre at size // 2",
    "Your centre size // 2 is half a pixel too far for even sizes. The positions begin at 0, so "
    "their middle is (size - 1) / 2.",
)
def bilinear_kernel(size):
    factor = (size + 1) // 2
    tent = 1 - np.abs(np.arange(size) - size // 2) / factor
    return np.outer(tent, tent)


@bilinear_kernel.mistake(
    "centre at size / 2",
    "Your centre is half a pixel too far to the bottom right. The positions begin at 0, so their "
    "middle is (size - 1) / 2.",
)
def bilinear_kernel(size):
    factor = (size + 1) // 2
    tent = 1 - np.abs(np.arange(size) - size / 2) / factor
    return np.outer(tent, tent)


@bilinear_kernel.mistake(
    "sum made 1",
    "You divided by the sum. A kernel that blurs sums to 1; this one sums to factor²: every input "
    "has to fill factor² outputs.",
)
def bilinear_kernel(size):
    factor = (size + 1) // 2
    tent = 1 - np.abs(np.arange(size) - (size - 1) / 2) / factor
    kernel = np.outer(tent, tent)
    return kernel / kernel.sum()


@bilinear_kernel.mistake(
    "largest weight made 1",
    "You divided by the largest weight. For an even size no output lies exactly on an input, so no "
    "weight is 1.",
)
def bilinear_kernel(size):
    factor = (size + 1) // 2
    tent = 1 - np.abs(np.arange(size) - (size - 1) / 2) / factor
    kernel = np.outer(tent, tent)
    return kernel / kernel.max()


@bilinear_kernel.mistake(
    "cone",
    "You used the distance from the centre in a straight line, which gives a cone. Bilinear means "
    "linear in each direction: the weight of the row times the weight of the column.",
)
def bilinear_kernel(size):
    factor = (size + 1) // 2
    d = np.arange(size) - (size - 1) / 2
    distance = np.sqrt(d[:, None] ** 2 + d[None, :] ** 2)
    return np.maximum(1 - distance / factor, 0)


@bilinear_kernel.mistake(
    "pyramid",
    "You took the smaller of both weights, which gives a pyramid. Multiply the weight of the row "
    "by the weight of the column.",
)
def bilinear_kernel(size):
    factor = (size + 1) // 2
    tent = 1 - np.abs(np.arange(size) - (size - 1) / 2) / factor
    return np.minimum(tent[:, None], tent[None, :])


@bilinear_kernel.mistake(
    "mean of both weights",
    "You took the mean of the weight of the row and the weight of the column. Multiply them.",
)
def bilinear_kernel(size):
    factor = (size + 1) // 2
    tent = 1 - np.abs(np.arange(size) - (size - 1) / 2) / factor
    return (tent[:, None] + tent[None, :]) / 2


@bilinear_kernel.mistake(
    "distance in place of weight",
    "Your weights grow with the distance from the centre. A near input counts more: the weight is "
    "1 - distance / factor.",
)
def bilinear_kernel(size):
    factor = (size + 1) // 2
    distance = np.abs(np.arange(size) - (size - 1) / 2) / factor
    return np.outer(distance, distance)


@bilinear_kernel.mistake(
    "no absolute value",
    "Your weights fall from the first position to the last: left of the centre i - centre is "
    "negative. A distance is not: take abs(i - centre).",
)
def bilinear_kernel(size):
    factor = (size + 1) // 2
    tent = 1 - (np.arange(size) - (size - 1) / 2) / factor
    return np.outer(tent, tent)


@bilinear_kernel.mistake(
    "sum of both weights",
    "You added the weight of the row and the weight of the column. Multiply them.",
)
def bilinear_kernel(size):
    factor = (size + 1) // 2
    tent = 1 - np.abs(np.arange(size) - (size - 1) / 2) / factor
    return tent[:, None] + tent[None, :]


@bilinear_kernel.mistake(
    "tent times itself",
    "tent * tent multiplies each weight by itself and stays one row. Each weight of a row has to "
    "meet each weight of a column: np.outer(tent, tent), or tent[:, None] * tent.",
)
def bilinear_kernel(size):
    factor = (size + 1) // 2
    tent = 1 - np.abs(np.arange(size) - (size - 1) / 2) / factor
    return tent * tent


@bilinear_kernel.mistake(
    "one number",
    "tent @ tent gives one number, the sum of all products. Each product of a row weight and a "
    "column weight is an entry of its own: np.outer(tent, tent).",
)
def bilinear_kernel(size):
    factor = (size + 1) // 2
    tent = 1 - np.abs(np.arange(size) - (size - 1) / 2) / factor
    return tent @ tent


@bilinear_kernel.mistake(
    "divided with //",
    "`//` rounds the quotient, so the tent becomes steps. Only the factor is a whole number: "
    "divide the distance with `/`.",
)
def bilinear_kernel(size):
    factor = (size + 1) // 2
    tent = 1 - np.abs(np.arange(size) - (size - 1) / 2) // factor
    return np.outer(tent, tent)


@bilinear_kernel.mistake(
    "not divided by the factor",
    "You did not divide the distance by the factor, so the weights fall below 0. The tent comes "
    "down to 0 at the distance `factor`.",
)
def bilinear_kernel(size):
    tent = 1 - np.abs(np.arange(size) - (size - 1) / 2)
    return np.outer(tent, tent)


@bilinear_kernel.mistake(
    "tent not scaled to 1",
    "Your weights are `factor` times too large in each direction. The top of the tent is 1: divide "
    "by the factor, 1 - distance / factor.",
)
def bilinear_kernel(size):
    factor = (size + 1) // 2
    tent = factor - np.abs(np.arange(size) - (size - 1) / 2)
    return np.outer(tent, tent)


@bilinear_kernel.mistake(
    "all divided by the factor",
    "Your bracket divides the 1 by the factor, too. Divide the distance alone: 1 - distance / "
    "factor.",
)
def bilinear_kernel(size):
    factor = (size + 1) // 2
    tent = (1 - np.abs(np.arange(size) - (size - 1) / 2)) / factor
    return np.outer(tent, tent)


@bilinear_kernel.mistake(
    "both distances added",
    "You added the distances in both directions. Make a weight of each distance first, then "
    "multiply the two weights.",
)
def bilinear_kernel(size):
    factor = (size + 1) // 2
    distance = np.abs(np.arange(size) - (size - 1) / 2) / factor
    return 1 - distance[:, None] - distance[None, :]


@bilinear_kernel.mistake(
    "steps outwards with a first weight of 0",
    "Your tent begins and ends with 0. The 0 lies outside the kernel, at the distance `factor` "
    "from the centre.",
)
def bilinear_kernel(size):
    tent = 1 - np.abs(np.linspace(-1, 1, size))
    return np.outer(tent, tent)


@bilinear_kernel.mistake(
    "positions from 1",
    "Your positions and your centre do not fit. Positions that begin at 0 have their middle at "
    "(size - 1) / 2, positions that begin at 1 at (size + 1) / 2.",
)
def bilinear_kernel(size):
    factor = (size + 1) // 2
    tent = 1 - np.abs(np.arange(size) - (size + 1) / 2) / factor
    return np.outer(tent, tent)


@bilinear_kernel.mistake(
    "positions from 1, centre from 0",
    "Your positions begin at 1. With the centre (size - 1) / 2 they begin at 0: np.arange(size).",
)
def bilinear_kernel(size):
    factor = (size + 1) // 2
    tent = 1 - np.abs(np.arange(1, size + 1) - (size - 1) / 2) / factor
    return np.outer(tent, tent)


@bilinear_kernel.mistake(
    "the size for the factor",
    "You divided by the size of the kernel. The tent comes down to 0 at the next input, which is "
    "`factor` pixels away: (size + 1) // 2.",
)
def bilinear_kernel(size):
    tent = 1 - np.abs(np.arange(size) - (size - 1) / 2) / size
    return np.outer(tent, tent)


@bilinear_kernel.mistake(
    "integer zeros",
    "Your kernel has ints, so every weight below 1 became 0. Make it of floats: np.zeros(...) "
    "without a dtype.",
)
def bilinear_kernel(size):
    factor = (size + 1) // 2
    tent = 1 - np.abs(np.arange(size) - (size - 1) / 2) / factor
    kernel = np.zeros((size, size), dtype=int)
    kernel[:] = np.outer(tent, tent)
    return kernel


@bilinear_kernel.also_right
def bilinear_kernel(size):
    # Two boxes convolved give a tent; for an even size its samples move by half a pixel.
    factor = (size + 1) // 2
    tent = np.convolve(np.ones(factor), np.ones(factor)) / factor
    if size % 2 == 0:
        tent = np.convolve(tent, [0.5, 0.5])
    return tent[:, None] * tent


@bilinear_kernel.also_right
def bilinear_kernel(size):
    factor = (size + 1) // 2
    centre = factor - 1 if size % 2 == 1 else factor - 0.5
    kernel = np.zeros((size, size))
    for i in range(size):
        for j in range(size):
            kernel[i, j] = (1 - abs(i - centre) / factor) * (1 - abs(j - centre) / factor)
    return kernel


@bilinear_kernel.also_right
def bilinear_kernel(size):
    # As many programs write it, with the centre and the factor in two cases and a grid.
    factor = (size + 1) // 2
    centre = factor - 1 if size % 2 else factor - 0.5
    rows, columns = np.ogrid[:size, :size]
    kernel = (1 - abs(rows - centre) / factor) * (1 - abs(columns - centre) / factor)
    return kernel.astype("float32")


@bilinear_kernel.also_right
def bilinear_kernel(size):
    # What the enlargement of a single 1 looks like.
    factor = (size + 1) // 2
    far = np.abs(2 * np.arange(size) - size + 1)
    tent = (2 * factor - far) / (2 * factor)
    return tent.reshape(-1, 1) @ tent.reshape(1, -1)
