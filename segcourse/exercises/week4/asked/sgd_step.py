"""Exercise 4.7: what is asked and right; wrong answers are in `week4/sgd_step.py`."""

import numpy as np

from segcourse.exercises.judging.exercise import Case, Exercise, close
from segcourse.texts import N_


def _cases(rng):
    # Far from 0, and the decay large enough that leaving it out shows in every element.
    def values(shape=3):
        return (rng.choice([-1, 1], shape) * rng.uniform(0.5, 2, shape).round(1)).astype("float32")

    def settings():
        spans = ((0.1, 0.3), (0.7, 0.8), (0.2, 0.4))
        return [round(float(rng.uniform(*span)), 2) for span in spans]

    weight, gradient, velocity = (round(float(values()[0]), 1) for _ in range(3))
    kernel = (3, 3, 2, 4)
    return [
        (weight, gradient, velocity, *settings()),
        (values(), values(), values(), *settings(), False),
        (values(), values(), values(), *settings(), True),
        # With the defaults; the rate is large enough that a decay of 5e-4 shows.
        (values(), values(), values(), 0.5),
        (values(kernel), values(kernel), values(kernel), *settings()),
        (-2.5, 3.5, 4.5, *settings()),
        (4.5, -2.5, -3.5, *settings(), True),
        (0, 0, 0, 0.1, 0.0),
        (*np.zeros((3, 2), "float32"), 0.1, 0.0),
    ]


def _space(rng):
    shape = ((), (1,), (5,), (2, 3), (3, 3, 2, 4))[rng.integers(5)]
    kind = rng.choice(["float32", "float64"])
    arrays = [
        (rng.choice([-2, -1, 0, 1, 2]) * rng.normal(size=shape)).astype(kind) for _ in range(3)
    ]
    if shape == ():
        arrays = [float(array) for array in arrays]
        arrays = [int(number) for number in arrays] if rng.random() < 0.3 else arrays
    settings = {
        "rate": float(rng.choice([0, 1e-2, 0.5, 1])),
        "momentum": float(rng.choice([0, 0.5, 0.99])),
        "decay": float(rng.choice([0, 0.1, 1])),
        "is_bias": bool(rng.integers(2)),
    }
    # Any of those that have a default may be left out.
    given = {k: v for k, v in settings.items() if k == "rate" or rng.random() < 0.7}
    return Case(*arrays, **given)


sgd_step = Exercise(
    id="4.7",
    title=N_("One step of SGD"),
    function="sgd_step",
    hints=(
        N_(
            "Two things happen one after the other: the velocity gets a new value, then the weight "
            "moves by it. Begin with the rate and the decay that hold for this weight."
        ),
        N_(
            "The gradient of the decay term is decay * weight: add it to the gradient. A bias "
            "takes twice the rate and no decay."
        ),
        N_(
            "velocity = momentum * velocity + rate * (gradient + decay * weight); then return "
            "weight - velocity and velocity."
        ),
    ),
    cases=_cases,
    space=_space,
    compare=close(1e-5, parts=(N_("the new weight"), N_("the new velocity")), array=False),
    points=2,
)


@sgd_step.reference
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    """Make one step of stochastic gradient descent, as FCN was trained.

    The new velocity is momentum times the old one, plus the rate times the
    gradient, to which decay * weight was added. The new weight is the old one
    minus the new velocity. A bias takes twice the rate and no decay.

    Args:
        weight, gradient, velocity: numbers, or float arrays of one shape. They stay
            as they are.
        rate, momentum, decay: floats.
        is_bias: bool, whether `weight` is a bias.

    Returns:
        Tuple (new weight, new velocity).

    Example:

    >>> sgd_step(1, 0.5, 0.2, 0.1, decay=0.1)
    (0.76, 0.24)

    velocity = 0.9 * 0.2 + 0.1 * (0.5 + 0.1 * 1) = 0.24, weight = 1 - 0.24 = 0.76.
    With is_bias=True: 0.9 * 0.2 + 0.2 * 0.5 = 0.28, weight = 0.72.
    """
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = momentum * velocity + rate * (gradient + decay * weight)
    return weight - velocity, velocity


@sgd_step.also_right
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    local_rate = rate * (2 if is_bias else 1)
    local_decay = decay * (0 if is_bias else 1)
    change = -momentum * velocity - local_rate * gradient - local_rate * local_decay * weight
    return weight + change, -change


@sgd_step.also_right
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        new = momentum * velocity + 2 * rate * gradient
    else:
        new = momentum * velocity + rate * gradient + rate * decay * weight
    return [weight - new, new]
