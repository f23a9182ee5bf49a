"""`sgd_step` against independent implementations, and the example of its text."""

import keras
import numpy as np
import pytest
from keras import ops

from segcourse.exercises.week4.sgd_step import sgd_step as exercise

sgd_step = exercise.right.build()


# Two steps worked by hand: gradients 0.5 and -1, rate 0.1, momentum 0.9, decay 0.1, from weight 1
# and velocity 0. Weight: 0.1 * (0.5 + 0.1) = 0.06; 0.9 * 0.06 + 0.1 * (-1 + 0.094) = -0.0366.
# Bias: 0.2 * 0.5 = 0.1; 0.9 * 0.1 + 0.2 * -1 = -0.11.
BY_HAND = {False: [(0.94, 0.06), (0.9766, -0.0366)], True: [(0.9, 0.1), (1.01, -0.11)]}


@pytest.mark.parametrize("is_bias", [False, True])
def test_two_steps_worked_by_hand(is_bias):
    step = sgd_step
    weight, velocity = 1.0, 0.0
    for gradient, expected in zip((0.5, -1.0), BY_HAND[is_bias], strict=True):
        weight, velocity = step(weight, gradient, velocity, 0.1, 0.9, 0.1, is_bias)
        assert (weight, velocity) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("is_bias", [False, True])
def test_sgd_step_agrees_with_keras(is_bias):
    rng = np.random.default_rng(0)
    weight, velocity = rng.normal(size=5).astype("float32"), np.zeros(5, "float32")
    variable = keras.Variable(weight)
    # Keras has neither this decay nor a rate for biases: both are put in from outside.
    optimizer = keras.optimizers.SGD(0.2 if is_bias else 0.1, momentum=0.8)
    for _ in range(3):
        gradient = rng.normal(size=5).astype("float32")
        decay = 0 if is_bias else 0.3 * ops.convert_to_numpy(variable.value)
        optimizer.apply([ops.convert_to_tensor(gradient + decay)], [variable])
        weight, velocity = sgd_step(weight, gradient, velocity, 0.1, 0.8, 0.3, is_bias)
        np.testing.assert_allclose(
            weight, ops.convert_to_numpy(variable.value), rtol=1e-5, atol=1e-6
        )


def test_sgd_step_defaults_are_the_published_ones():
    weight, velocity = sgd_step(2.0, 0.0, 1.0, 0.1)
    assert velocity == pytest.approx(0.9 + 0.1 * 5e-4 * 2)
    assert weight == pytest.approx(2 - velocity)


def test_sgd_step_example():
    step = sgd_step
    assert step(1, 0.5, 0.2, 0.1, decay=0.1) == pytest.approx((0.76, 0.24))
    assert step(1, 0.5, 0.2, 0.1, decay=0.1, is_bias=True) == pytest.approx((0.72, 0.28))


BIAS = "if is_bias:\n    rate, decay = 2 * rate, 0\n"
END = "return weight - v, v"

# What students write: (body, the mistake it is recognised as, a part of what is said).
WRITTEN = [
    (
        "velocity = momentum * velocity + rate * gradient\nreturn weight - velocity, velocity",
        "neither bias nor decay",
        "the new weight is .*, expected",
    ),
    (
        "return {'weight': weight}",
        None,
        r"2 values are expected \(the new weight, the new velocity\)",
    ),
    (
        "if is_bias:\n    rate, decay = 2 * rate, 0\nweight = weight - velocity\n"
        "velocity = velocity * momentum + (gradient + weight * decay) * rate\n"
        "return np.array([weight, velocity])",
        "weight changed before the velocity",
        "the new weight",
    ),
    (
        BIAS + "v = velocity + momentum * (rate * (gradient + decay * weight))\n" + END,
        "momentum on the gradient",
        "",
    ),
    (
        BIAS + "v = momentum * velocity + rate * (gradient + decay * velocity)\n" + END,
        "decay times the velocity",
        "",
    ),
    (
        BIAS + "v = momentum * velocity + rate * (gradient + decay) * weight\n" + END,
        "brackets around gradient + decay",
        "",
    ),
    (
        BIAS + "v = momentum * (velocity + rate * (gradient + decay * weight))\n" + END,
        "momentum on the whole sum",
        "",
    ),
    (
        "if is_bias:\n    velocity = momentum * velocity + 2 * rate * gradient\n"
        "v = momentum * velocity + rate * (gradient + decay * weight)\n" + END,
        "step of the weights after that of the bias",
        "",
    ),
    (
        BIAS + "velocity *= momentum\nvelocity += rate * (gradient + decay * weight)\n"
        "weight -= velocity\nreturn weight, velocity",
        None,
        "changed its input `weight`",
    ),
]


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)


RIGHT = [
    BIAS + "v = momentum * velocity + rate * (gradient + decay * weight)\nreturn [weight - v, v]",
    "v = momentum * velocity + (1 + is_bias) * rate * (gradient + (not is_bias) * decay * weight)\n"
    + END,
    BIAS + "v = ops.add(momentum * velocity, rate * (gradient + decay * weight))\n" + END,
]


@pytest.mark.parametrize("body", RIGHT)
def test_right_answers_in_other_forms(body, passes):
    passes(exercise, body)
