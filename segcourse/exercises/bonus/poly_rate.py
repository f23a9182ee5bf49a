"""Exercise B.3: The poly learning rate."""

import keras

from segcourse.exercises.judging.exercise import Exercise, close
from segcourse.texts import N_


def _cases(rng):
    steps = int(rng.integers(100, 400))
    first = float(rng.uniform(0.01, 0.2))
    return [
        (first, 0, steps),
        (first, steps // 4, steps),
        (first, steps // 2, steps, 0.9),
        (2 * first, steps // 3, steps, float(rng.uniform(1.5, 3.0))),
        (first, steps, steps),
    ]


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
        power: float, 1 is a straight line.

    Returns:
        float, the rate of the next step.

    Example: poly_rate(0.1, 30, 40, power=2) is 0.00625.
        A share of 10 / 40 = 0.25 is left; 0.25 ** 2 = 0.0625; times 0.1.
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
    "`//` rounds down, so step // steps is 0 until the end and the rate does not fall. Divide "
    "with `/`.",
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


@poly_rate.also_right
def poly_rate(first, step, steps, power=0.9):
    left = (steps - step) / steps
    return first * left**power


@poly_rate.also_right
def poly_rate(first, step, steps, power=0.9):
    schedule = keras.optimizers.schedules.PolynomialDecay(first, steps, 0.0, power)
    return float(schedule(step))
