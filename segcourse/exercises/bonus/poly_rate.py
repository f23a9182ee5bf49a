"""Exercise B.3: The poly learning rate."""

import keras
import numpy as np

from segcourse.exercises.judging.exercise import Case, Exercise, close
from segcourse.texts import N_


def _cases(rng):
    steps = int(rng.integers(100, 400))
    first = float(rng.uniform(0.01, 0.2))
    return [
        Case(first, 0, steps),
        Case(first, steps // 4, steps),
        Case(first, steps // 2, steps, 0.9),
        Case(2 * first, steps // 3, steps, float(rng.uniform(1.5, 3.0))),
        Case(first, steps // 3, steps, power=0.5),
        Case(first, steps, steps),
        Case(300 * first + 10, steps // 20, 3 * steps + 300, power=12),
        Case(first, 0, 1),
    ]


def _space(rng):
    # Not more than a thousand steps and no power below 0.5: float32 is exact enough there.
    steps = int(rng.choice([1, 2, rng.integers(3, 50), rng.integers(50, 1001)]))
    step = int(rng.choice([0, steps, rng.integers(0, steps + 1)]))
    first = float(rng.choice([rng.uniform(0.001, 0.1), rng.uniform(0.1, 20), 1.0]))
    kind = rng.integers(4)
    if kind == 0:
        return Case(first, step, steps)
    if kind == 1:
        return Case(first, step, steps, power=int(rng.integers(1, 4)))
    return Case(first, step, steps, float(rng.uniform(0.5, 4)))


poly_rate = Exercise(
    id="B.3",
    title=N_("The poly learning rate"),
    function="poly_rate",
    hints=(
        N_("Begin with a straight line that is `first` at step 0 and 0 at the last step."),
        N_("The line is first * (1 - step / steps). The power belongs to the bracket."),
        N_("first * (1 - step / steps) ** power"),
    ),
    cases=_cases,
    space=_space,
    compare=close(1e-6),
    points=1,
)


@poly_rate.reference
def poly_rate(first, step, steps, power=0.9):
    """Give the learning rate of DeepLab's "poly" schedule.

    The rate falls from `first` to 0: the share of the steps that is left, to
    the power `power`, times `first`.

    Args:
        first: float, the rate at step 0.
        step: int, the number of steps that are done, 0 … steps.
        steps: int, the number of steps of the whole training.
        power: float above 0, 1 is a straight line.

    Returns:
        float, the rate of the next step.

    Example:

    >>> poly_rate(0.8, 30, 40, power=2)
    0.05

    A share of 10 / 40 = 0.25 is left; 0.25 ** 2 = 0.0625; times 0.8.
    """
    return first * (1 - step / steps) ** power


@poly_rate.mistake(
    "power of the share that is done",
    "You took the power of step / steps first. First subtract from 1, then take the power of what "
    "is left.",
)
def poly_rate(first, step, steps, power=0.9):
    return first * (1 - (step / steps) ** power)


@poly_rate.mistake(
    "power left out",
    "You left the power out: this is a straight line. Take the bracket to the power `power`.",
)
def poly_rate(first, step, steps, power=0.9):
    return first * (1 - step / steps)


@poly_rate.mistake(
    "times the power",
    "You multiplied by `power`. A power is written with ** in Python.",
)
def poly_rate(first, step, steps, power=0.9):
    return first * (1 - step / steps) * power


@poly_rate.mistake(
    "rising",
    "Your rate rises from 0. The share that is left counts, 1 - step / steps.",
)
def poly_rate(first, step, steps, power=0.9):
    return first * (step / steps) ** power


@poly_rate.mistake(
    "whole numbers divided",
    "`//` rounds down, so step // steps is 0 until the end and the rate does not fall. Divide with "
    "`/`.",
)
def poly_rate(first, step, steps, power=0.9):
    return first * (1 - step // steps) ** power


@poly_rate.mistake(
    "power of the first rate too",
    "You took the power of the first rate as well. Only the share of the steps that is left gets "
    "it: at step 0 the rate must be `first`.",
)
def poly_rate(first, step, steps, power=0.9):
    return (first * (1 - step / steps)) ** power


@poly_rate.mistake(
    "exponential",
    "You multiplied by `power` once in every step. That is exponential decay; it never gets to 0.",
)
def poly_rate(first, step, steps, power=0.9):
    return first * power**step


@poly_rate.mistake(
    "one over the power",
    "You took the root in place of the power: the exponent is `power`, not 1 / power.",
)
def poly_rate(first, step, steps, power=0.9):
    return first * (1 - step / steps) ** (1 / power)


@poly_rate.mistake(
    "brackets missing",
    "Python takes powers and divides before it subtracts. Put 1 - step / steps in brackets, and "
    "take the power of the bracket.",
)
def poly_rate(first, step, steps, power=0.9):
    return first * 1 - step / steps**power


@poly_rate.mistake(
    "the power typed in",
    "You typed in 0.9. It is only the usual value: use the argument `power`.",
)
def poly_rate(first, step, steps, power=0.9):
    return first * (1 - step / steps) ** 0.9


@poly_rate.mistake(
    "whole numbers divided, what is left",
    "`//` rounds down, so the share that is left is 0 after the first step. Divide with `/`.",
)
def poly_rate(first, step, steps, power=0.9):
    return first * ((steps - step) // steps) ** power


@poly_rate.mistake(
    "^ for the power",
    "In Python `^` is no power: it compares the bits of whole numbers. A power is written with **.",
)
def poly_rate(first, step, steps, power=0.9):
    return first * (1 - step / steps) ^ power


@poly_rate.mistake(
    "one step ahead",
    "You counted one step too many. `step` is the number of steps that are done: at 0 the rate is "
    "`first`.",
)
def poly_rate(first, step, steps, power=0.9):
    return first * (1 - (step + 1) / steps) ** power


@poly_rate.mistake(
    "one step less in all",
    "You divided by steps - 1, so the rate is 0 one step too early. After `steps` steps it is 0.",
)
def poly_rate(first, step, steps, power=0.9):
    return first * (1 - step / (steps - 1)) ** power


@poly_rate.mistake(
    "one step more in all",
    "You divided by steps + 1, so the rate does not get to 0. After `steps` steps it is 0.",
)
def poly_rate(first, step, steps, power=0.9):
    return first * (1 - step / (steps + 1)) ** power


@poly_rate.mistake(
    "first rate left out",
    "You left out `first`: this is the share of the rate. Multiply by it; at step 0 the rate is "
    "`first`.",
)
def poly_rate(first, step, steps, power=0.9):
    return (1 - step / steps) ** power


@poly_rate.mistake(
    "power of `steps` alone",
    "A power comes before a division in Python, so you took the power of `steps` alone. Put 1 - "
    "step / steps in brackets.",
)
def poly_rate(first, step, steps, power=0.9):
    return first * (1 - step / steps**power)


@poly_rate.mistake(
    "subtracted from the first rate",
    "You subtracted the share that is done from the rate. Put 1 - step / steps in brackets, take "
    "its power, and multiply by `first`.",
)
def poly_rate(first, step, steps, power=0.9):
    return first - (step / steps) ** power


@poly_rate.mistake(
    "1 - step in brackets",
    "Your bracket holds 1 - step. Divide before you subtract: 1 - step / steps is the share that "
    "is left.",
)
def poly_rate(first, step, steps, power=0.9):
    return first * ((1 - step) / steps) ** power


@poly_rate.mistake(
    "steps left, not their share",
    "You took the number of steps that are left. Divide it by all steps to get the share that is "
    "left.",
)
def poly_rate(first, step, steps, power=0.9):
    return first * (steps - step) ** power


@poly_rate.mistake(
    "divided by the first rate",
    "You divided by `first`. It is the rate at step 0: multiply by it.",
)
def poly_rate(first, step, steps, power=0.9):
    return (1 - step / steps) ** power / first


@poly_rate.mistake(
    "end rate of Keras",
    "PolynomialDecay of Keras ends at 0.0001 unless you say otherwise. Here the rate falls to 0: "
    "end_learning_rate=0.0.",
)
def poly_rate(first, step, steps, power=0.9):
    return (first - 0.0001) * (1 - step / steps) ** power + 0.0001


@poly_rate.mistake(
    "cosine",
    "This is the cosine schedule. The poly schedule takes the share of the steps that is left to "
    "the power `power`.",
)
def poly_rate(first, step, steps, power=0.9):
    return first * 0.5 * (1 + np.cos(np.pi * step / steps))


@poly_rate.mistake(
    "slope of the curve",
    "You multiplied by `power` as well, as for a derivative. The power is only the exponent.",
)
def poly_rate(first, step, steps, power=0.9):
    return first * power * (1 - step / steps) ** power


@poly_rate.mistake(
    "rounded",
    "You rounded the rate. It can be very small: return it as it is.",
)
def poly_rate(first, step, steps, power=0.9):
    return round(first * (1 - step / steps) ** power, 2)


@poly_rate.also_right
def poly_rate(first, step, steps, power=0.9):
    left = (steps - step) / steps
    return first * left**power


@poly_rate.also_right
def poly_rate(first, step, steps, power=0.9):
    schedule = keras.optimizers.schedules.PolynomialDecay(first, steps, 0.0, power)
    return float(schedule(step))


@poly_rate.also_right
def poly_rate(first, step, steps, power=0.9):
    import math

    if step == steps:
        return 0.0
    return first * math.exp(power * math.log((steps - step) / steps))
