"""Exercise 2.1: Linear interpolation."""

import numpy as np

from segcourse.exercises.judging.exercise import Exercise, close
from segcourse.texts import N_


def _cases(rng):
    # The nearer neighbour changes sides, the distances never sum to 1, and one of them is 0.
    def distances():
        near = round(rng.uniform(0.5, 0.9), 2)
        return near, round(near * rng.uniform(2.2, 3.5), 2)

    low, high = (float(n) for n in np.sort(rng.choice(np.arange(5, 100), 2, replace=False)))
    near, far = distances()
    other_near, other_far = distances()
    colors = rng.permutation(np.arange(1, 30))[:6].reshape(2, 3).astype("float32")
    return [
        (low, high, near, far),
        (high + 0.5, low, other_far, other_near),
        (colors[0], colors[1], other_near, other_far),
        (low, high, 0.0, far),
        (high, low, near, 0.0),
    ]


linear = Exercise(
    id="2.1",
    title=N_("Linear interpolation"),
    function="linear",
    hints=(
        N_(
            "Put the point on the first neighbour: d1 is 0. Which value must come out, and which "
            "weight must f1 then have?"
        ),
        N_(
            "The weight of a neighbour grows with the distance of the OTHER one, and the two "
            "weights sum to 1."
        ),
        N_("The weights are d2 / (d1 + d2) for f1 and d1 / (d1 + d2) for f2."),
    ),
    cases=_cases,
    compare=close(1e-5),
    points=1,
)


@linear.reference
def linear(f1, f2, d1, d2):
    """Interpolate linearly between two neighbours.

    Args:
        f1, f2: values of the two neighbours, numbers or arrays of one shape.
        d1, d2: floats, distances from the point to the first and to the second
            neighbour. One of them may be 0, never both.

    Returns:
        The value at the point, a number or an array of the shape of f1.

    Example: linear(10, 20, 1, 3) is 12.5.
        The point is 1 away from the first neighbour and 3 from the second. The
        weights are 3/4 and 1/4, and 3/4 * 10 + 1/4 * 20 = 12.5.
    """
    return (d2 * f1 + d1 * f2) / (d1 + d2)


@linear.mistake(
    "weights swapped",
    "You gave the farther neighbour the larger weight. A neighbour counts more the nearer it is: "
    "the weight of f1 is d2 / (d1 + d2).",
)
def linear(f1, f2, d1, d2):
    return (d1 * f1 + d2 * f2) / (d1 + d2)


@linear.mistake(
    "not normalised",
    "Your weights sum to d1 + d2 and not to 1, so between two equal values another value comes "
    "out. Divide by d1 + d2.",
)
def linear(f1, f2, d1, d2):
    return d2 * f1 + d1 * f2


@linear.mistake(
    "distances taken as shares",
    "Your weights are 1 - d1 and d1. That is right only when the neighbours are 1 apart: divide "
    "the distance by d1 + d2 first.",
)
def linear(f1, f2, d1, d2):
    return (1 - d1) * f1 + d1 * f2


@linear.mistake(
    "share of the other distance",
    "You went the share d1 / d2 of the way. The whole way from one neighbour to the other is "
    "d1 + d2 long.",
)
def linear(f1, f2, d1, d2):
    if d2 == 0:
        return f2
    return f1 + (f2 - f1) * d1 / d2


@linear.mistake(
    "mean of the two",
    "You took the mean of the two values. It is right only in the middle; the distances must "
    "decide the weights.",
)
def linear(f1, f2, d1, d2):
    return (f1 + f2) / 2


@linear.mistake(
    "nearest neighbour",
    "You returned the value of the nearer neighbour. Interpolation mixes both: the value changes "
    "evenly on the way from one to the other.",
)
def linear(f1, f2, d1, d2):
    return f1 if d1 <= d2 else f2


@linear.mistake(
    "divided by a distance",
    "Weights 1 / d1 and 1 / d2 give the right values, but not on a neighbour: there a distance is "
    "0. Use d2 / (d1 + d2) and d1 / (d1 + d2), which never divide by 0.",
)
def linear(f1, f2, d1, d2):
    return (f1 / d1 + f2 / d2) / (1 / d1 + 1 / d2)


@linear.mistake(
    "whole-number division",
    "`//` cuts the fraction off. Divide with `/`.",
)
def linear(f1, f2, d1, d2):
    return (d2 * f1 + d1 * f2) // (d1 + d2)


@linear.mistake(
    "wrong direction",
    "You walked away from the second neighbour: the sign of the change is wrong. The value moves "
    "from f1 towards f2, by (f2 - f1) times the share of the way.",
)
def linear(f1, f2, d1, d2):
    return f1 - (f2 - f1) * d1 / (d1 + d2)


@linear.mistake(
    "each with its own distance",
    "You multiplied each value by its own distance, so the farther neighbour counts more, and the "
    "weights do not sum to 1. Weigh f1 with d2 and f2 with d1, and divide by d1 + d2.",
)
def linear(f1, f2, d1, d2):
    return d1 * f1 + d2 * f2


@linear.mistake(
    "one over the distance",
    "The weights 1 / d1 and 1 / d2 do not sum to 1, and on a neighbour you divide by 0. Use "
    "d2 / (d1 + d2) and d1 / (d1 + d2).",
)
def linear(f1, f2, d1, d2):
    return f1 / d1 + f2 / d2


@linear.also_right
def linear(f1, f2, d1, d2):
    return f1 + (f2 - f1) * (d1 / (d1 + d2))


@linear.also_right
def linear(f1, f2, d1, d2):
    weights = np.array([d2, d1]) / (d1 + d2)
    return np.tensordot(weights, np.stack([f1, f2]), axes=1)
