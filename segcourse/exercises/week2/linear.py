"""Exercise 2.1: Linear interpolation."""

import numpy as np

from segcourse.exercises.judging.exercise import Case, Exercise, close
from segcourse.texts import N_


def _cases(rng):
    # The nearer neighbour changes sides, the distances never sum to 1, and one of them is 0.
    def distances():
        near = round(rng.uniform(0.5, 0.9), 2)
        return near, round(near * rng.uniform(2.2, 3.5), 2)

    low, high = (float(n) for n in np.sort(rng.choice(np.arange(5, 100), 2, replace=False)))
    near, far = distances()
    other_near, other_far = distances()
    colors = rng.permutation(np.arange(1, 30))[:12].reshape(2, 2, 3).astype("float32")
    return [
        (low, high, near, far),
        (high + 0.5, low, other_far, other_near),
        (-low + rng.uniform(), high + rng.uniform(), far, near),
        (colors[0], colors[1], other_near, other_far),
        (low, high, 0.0, far),
        (high, low, near, 0.0),
    ]


def _space(rng):
    shape = [None, None, (1,), (3,), (2, 3), (2, 1, 4)][rng.integers(6)]
    f1, f2 = (rng.choice([0, 1, 30]) * rng.normal(size=shape) for _ in range(2))
    if shape is None:
        f1, f2 = ((int if rng.integers(2) else float)(f) for f in (f1, f2))
    elif rng.integers(2):
        f1, f2 = f1.astype("float32"), f2.astype("float32")
    d1, d2 = (float(d) for d in rng.uniform(0.01, 5, 2))
    kind = rng.integers(5)
    if kind == 0:
        d1, d2 = int(rng.integers(0, 4)), int(rng.integers(1, 4))
    elif kind == 1:
        d1, d2 = [(0.0, d2), (d1, 0.0), (d1, 0), (d1, d1)][rng.integers(4)]
    elif kind == 2:
        d1 = round(float(rng.uniform(0.1, 0.9)), 2)
        d2 = 1 - d1
    return Case(f1, f2, d1, d2)


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
    space=_space,
    compare=close(1e-5),
    points=1,
)


@linear.reference
def linear(f1, f2, d1, d2):
    """Interpolate linearly between two neighbours.

    Args:
        f1, f2: values of the two neighbours, numbers or float arrays of one shape.
        d1, d2: numbers, distances from the point to the first and to the second
            neighbour, not negative. One of them may be 0, never both.

    Returns:
        The value at the point, a number or an array of the shape of f1.

    Example:

    >>> linear(10, 20, 1, 3)
    12.5

    The point is 1 away from the first neighbour and 3 from the second. The weights
    are 3/4 and 1/4, and 3/4 * 10 + 1/4 * 20 = 12.5.
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
    "only the second product divided",
    "You divided only the second product by d1 + d2. Python divides before it adds: put brackets "
    "around the whole sum, (d2 * f1 + d1 * f2) / (d1 + d2).",
)
def linear(f1, f2, d1, d2):
    return f1 * d2 + f2 * d1 / (d1 + d2)


@linear.mistake(
    "divided by d1 alone",
    "You divided by d1 and added d2 to the result. Python divides before it adds: put brackets "
    "around d1 + d2.",
)
def linear(f1, f2, d1, d2):
    return (d2 * f1 + d1 * f2) / d1 + d2


@linear.mistake(
    "weights without brackets",
    "In your weights Python divides before it adds: `d2 / d1 + d2` is (d2 / d1) + d2. Put brackets "
    "around d1 + d2, and around each weight.",
)
def linear(f1, f2, d1, d2):
    return d2 / d1 + d2 * f1 + d1 / d1 + d2 * f2


@linear.mistake(
    "divisors without brackets",
    "In `f1 * d2 / d1 + d2` only d1 divides, and d2 is added. Write the divisor in brackets: "
    "(d1 + d2).",
)
def linear(f1, f2, d1, d2):
    return f1 * d2 / d1 + d2 + f2 * d1 / d1 + d2


@linear.mistake(
    "distances taken as shares",
    "Your weights are 1 - d1 and d1. That is right only when the neighbours are 1 apart: divide "
    "the distance by d1 + d2 first.",
)
def linear(f1, f2, d1, d2):
    return (1 - d1) * f1 + d1 * f2


@linear.mistake(
    "one minus each distance",
    "Your weights are 1 - d1 and 1 - d2. They sum to 1 only when the neighbours are 1 apart. Use "
    "d2 / (d1 + d2) and d1 / (d1 + d2).",
)
def linear(f1, f2, d1, d2):
    return (1 - d1) * f1 + (1 - d2) * f2


@linear.mistake(
    "share of the other distance",
    "You went the share d1 / d2 of the way. The whole way from one neighbour to the other is "
    "d1 + d2 long.",
)
def linear(f1, f2, d1, d2):
    return f1 + (f2 - f1) * d1 / d2


@linear.mistake(
    "slope for the value",
    "You moved by (f2 - f1) / (d1 + d2), which is the change over a distance of 1. The point is d1 "
    "away from the first neighbour: multiply the change by d1.",
)
def linear(f1, f2, d1, d2):
    return f1 + (f2 - f1) / (d1 + d2)


@linear.mistake(
    "start forgotten",
    "You returned the change on the way, (f2 - f1) times a share. The way begins at f1: add f1.",
)
def linear(f1, f2, d1, d2):
    return (f2 - f1) * d1 / (d1 + d2)


@linear.mistake(
    "change without its sign",
    "You took the change without its sign, so the value always grows. Where f2 is smaller than f1 "
    "it must fall: leave `abs` out.",
)
def linear(f1, f2, d1, d2):
    return f1 + abs(f2 - f1) * d1 / (d1 + d2)


@linear.mistake(
    "from the smaller value",
    "You began at the smaller of the two values. The way begins at f1, whether it is smaller or "
    "larger than f2.",
)
def linear(f1, f2, d1, d2):
    return min(f1, f2) + abs(f2 - f1) * d1 / (d1 + d2)


@linear.mistake(
    "mean of the two",
    "You took the mean of the two values. It is right only in the middle; the distances must "
    "decide the weights.",
)
def linear(f1, f2, d1, d2):
    return (f1 + f2) / 2


@linear.mistake(
    "divided by 2",
    "You divided by 2, the number of neighbours. Divide by d1 + d2, so that the two weights sum to "
    "1.",
)
def linear(f1, f2, d1, d2):
    return (d2 * f1 + d1 * f2) / 2


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
    "made whole with int",
    "`int` cuts the fraction off, and it cannot take an array. The value at the point may have a "
    "fraction: return it as it is.",
)
def linear(f1, f2, d1, d2):
    return int((d2 * f1 + d1 * f2) / (d1 + d2))


@linear.mistake(
    "rounded",
    "You rounded the value. The value at the point may have a fraction: return it as it is.",
)
def linear(f1, f2, d1, d2):
    return np.round((d2 * f1 + d1 * f2) / (d1 + d2))


@linear.mistake(
    "rounded with round",
    "`round` changes the value, and it cannot take an array. Return the value with its fraction.",
)
def linear(f1, f2, d1, d2):
    return round((d2 * f1 + d1 * f2) / (d1 + d2))


@linear.mistake(
    "rounded to two digits",
    "You rounded to two digits. Return the whole value; whoever prints it may round it.",
)
def linear(f1, f2, d1, d2):
    return round((d2 * f1 + d1 * f2) / (d1 + d2), 2)


@linear.mistake(
    "numbers only, with float",
    "Two numbers are right, but f1 and f2 may be arrays, and `float` takes only one number. Leave "
    "`float` out.",
)
def linear(f1, f2, d1, d2):
    return float((d2 * f1 + d1 * f2) / (d1 + d2))


@linear.mistake(
    "numbers only, with np.interp",
    "Two numbers are right, but f1 and f2 may be arrays, and `np.interp` takes one number at each "
    "place. Compute with the formula, which takes both.",
)
def linear(f1, f2, d1, d2):
    return np.interp(d1, [0, d1 + d2], [f1, f2])


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
    "The weights 1 / d1 and 1 / d2 do not sum to 1, and on a neighbour you divide by 0 (d1 * d2 is "
    "0 there, too). Use d2 / (d1 + d2) and d1 / (d1 + d2).",
)
def linear(f1, f2, d1, d2):
    return f1 / d1 + f2 / d2


@linear.mistake(
    "one over the distance, divided by the sum",
    "You divided each value by its own distance and the sum by d1 + d2. MULTIPLY each value by the "
    "distance of the other neighbour, and divide the sum by d1 + d2.",
)
def linear(f1, f2, d1, d2):
    return (f1 / d1 + f2 / d2) / (d1 + d2)


@linear.mistake(
    "weights without distances",
    "You gave both neighbours the same weight, 1 / (d1 + d2). The distances must decide: d2 / (d1 "
    "+ d2) and d1 / (d1 + d2).",
)
def linear(f1, f2, d1, d2):
    return (f1 + f2) / (d1 + d2)


@linear.mistake(
    "away from the second",
    "You began at f2 and moved by (f2 - f1), away from both neighbours. Begin at f1; or begin at "
    "f2 and move by (f1 - f2) times d2 / (d1 + d2).",
)
def linear(f1, f2, d1, d2):
    return f2 + (f2 - f1) * d1 / (d1 + d2)


@linear.mistake(
    "own distances divided by 2",
    "You multiplied each value by its own distance and divided by 2. Weigh f1 with d2 and f2 with "
    "d1, and divide by d1 + d2.",
)
def linear(f1, f2, d1, d2):
    return (d1 * f1 + d2 * f2) / 2


@linear.mistake(
    "minus for plus",
    "You subtracted the second product. Both neighbours count with a plus: d2 * f1 + d1 * f2.",
)
def linear(f1, f2, d1, d2):
    return (d2 * f1 - d1 * f2) / (d1 + d2)


@linear.mistake(
    "second neighbour forgotten",
    "You returned the part of the first neighbour alone. Add that of the second one: d1 / (d1 + "
    "d2) * f2.",
)
def linear(f1, f2, d1, d2):
    return f1 * d2 / (d1 + d2)


@linear.mistake(
    "numbers only, with np.average",
    "Two numbers are right, but with arrays `np.average` must be told that the neighbours lie "
    "along axis 0: axis=0.",
)
def linear(f1, f2, d1, d2):
    return np.average([f1, f2], weights=[d2, d1])


@linear.also_right
def linear(f1, f2, d1, d2):
    return f1 + (f2 - f1) * (d1 / (d1 + d2))


@linear.also_right
def linear(f1, f2, d1, d2):
    weights = np.array([d2, d1]) / (d1 + d2)
    return np.tensordot(weights, np.stack([f1, f2]), axes=1)


@linear.also_right
def linear(f1, f2, d1, d2):
    if d1 == 0:
        return f1
    if d2 == 0:
        return f2
    return (f1 / d1 + f2 / d2) / (1 / d1 + 1 / d2)


@linear.also_right
def linear(f1, f2, d1, d2):
    share = d1 / (d1 + d2)
    return (1 - share) * f1 + share * f2


@linear.also_right
def linear(f1, f2, d1, d2):
    return np.average([f1, f2], axis=0, weights=[d2, d1])
