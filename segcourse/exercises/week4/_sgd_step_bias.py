"""Exercise 4.7: One step of SGD. Wrong answers about the bias."""

from segcourse.exercises.week4.asked.sgd_step import sgd_step


@sgd_step.mistake(
    "bias rate not doubled",
    "The rate of a bias is not doubled. In the published training a bias takes twice the rate of "
    "the other weights.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        decay = 0.0
    velocity = momentum * velocity + rate * (gradient + decay * weight)
    return weight - velocity, velocity


@sgd_step.mistake(
    "decay on the bias",
    "You let the bias decay. Weight decay keeps kernels small; a bias only moves the threshold "
    "and takes no decay.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate = 2 * rate
    velocity = momentum * velocity + rate * (gradient + decay * weight)
    return weight - velocity, velocity


@sgd_step.mistake(
    "bias like every weight",
    "You did not use `is_bias`. A bias is treated in another way in two points: it takes twice "
    "the rate, and it does not decay.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    velocity = momentum * velocity + rate * (gradient + decay * weight)
    return weight - velocity, velocity


@sgd_step.mistake(
    "neither bias nor decay",
    "Two things are missing: the decay (add decay * weight to the gradient), and the bias, which "
    "takes twice the rate and no decay.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    velocity = momentum * velocity + rate * gradient
    return weight - velocity, velocity


@sgd_step.mistake(
    "whole velocity doubled for a bias",
    "For a bias you doubled the whole velocity, with the part kept from the step before. Only "
    "the rate is doubled: 2 * rate * gradient.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        velocity = 2 * (momentum * velocity + rate * gradient)
    else:
        velocity = momentum * velocity + rate * (gradient + decay * weight)
    return weight - velocity, velocity


@sgd_step.mistake(
    "step of a bias doubled",
    "For a bias you subtracted twice the velocity. The doubled rate belongs into the new "
    "velocity, next to the gradient: 2 * rate * gradient.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        velocity = momentum * velocity + rate * gradient
        return weight - 2 * velocity, velocity
    velocity = momentum * velocity + rate * (gradient + decay * weight)
    return weight - velocity, velocity


@sgd_step.mistake(
    "step of the weights after that of the bias",
    "For a bias you made two steps: first its own, then that of every other weight. The second "
    "one needs an `else`.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        velocity = momentum * velocity + 2 * rate * gradient
    velocity = momentum * velocity + rate * (gradient + decay * weight)
    return weight - velocity, velocity


@sgd_step.mistake(
    "is_bias inverted",
    "You treated the weights as biases and the biases as weights. Twice the rate and no decay "
    "hold when `is_bias` is True.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if not is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = momentum * velocity + rate * (gradient + decay * weight)
    return weight - velocity, velocity


@sgd_step.mistake(
    "half the rate for a bias",
    "You halved the rate of a bias. It takes twice the rate: 2 * rate.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = rate / 2, 0.0
    velocity = momentum * velocity + rate * (gradient + decay * weight)
    return weight - velocity, velocity


@sgd_step.mistake(
    "twice the momentum for a bias",
    "For a bias you doubled the momentum. Its rate is doubled; the momentum stays.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        momentum, decay = 2 * momentum, 0.0
    velocity = momentum * velocity + rate * (gradient + decay * weight)
    return weight - velocity, velocity


@sgd_step.mistake(
    "no momentum for a bias",
    "For a bias you left the momentum out. A bias differs in two points only: twice the rate and "
    "no decay.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        velocity = 2 * rate * gradient
    else:
        velocity = momentum * velocity + rate * (gradient + decay * weight)
    return weight - velocity, velocity


@sgd_step.mistake(
    "two steps for a bias",
    "For a bias you made two whole steps: its own, and then that of every other weight. Put the "
    "second one under `else`.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        velocity = momentum * velocity + 2 * rate * gradient
        weight = weight - velocity
    velocity = momentum * velocity + rate * (gradient + decay * weight)
    weight = weight - velocity
    return weight, velocity
