"""Exercise 4.7: One step of SGD. The wrong answers that people give."""

from segcourse.exercises.week4._sgd_step import sgd_step


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
    "decay with the wrong sign",
    "Your decay has the wrong sign, so weights grow. The velocity is subtracted at the end: add "
    "decay * weight to the gradient to make the weight smaller.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = momentum * velocity + rate * (gradient - decay * weight)
    return weight - velocity, velocity


@sgd_step.mistake(
    "decay without the rate",
    "Your decay is not multiplied by the rate. It is part of the gradient: add it to the gradient "
    "before you multiply by the rate.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = momentum * velocity + rate * gradient + decay * weight
    return weight - velocity, velocity


@sgd_step.mistake(
    "decay beside the velocity",
    "You subtracted the decay from the weight directly, as AdamW does. In the published "
    "training it is part of the gradient, so it also goes into the velocity.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = momentum * velocity + rate * gradient
    return weight - velocity - rate * decay * weight, velocity


@sgd_step.mistake(
    "decay left out",
    "You left the weight decay out. Add decay * weight to the gradient of every weight that is "
    "not a bias.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate = 2 * rate
    velocity = momentum * velocity + rate * gradient
    return weight - velocity, velocity


@sgd_step.mistake(
    "rate not in the velocity",
    "You multiplied by the rate when you moved the weight, as PyTorch does. Here the rate is "
    "already in the velocity, so multiply the gradient by it.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = momentum * velocity + gradient + decay * weight
    return weight - rate * velocity, velocity


@sgd_step.mistake(
    "rate used twice",
    "You multiplied by the rate twice, so the step is far too small. The rate is already in the "
    "velocity: subtract the velocity as it is.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = momentum * velocity + rate * (gradient + decay * weight)
    return weight - rate * velocity, velocity


@sgd_step.mistake(
    "gradient times 1 - momentum",
    "You multiplied the new gradient by 1 - momentum, as in a running mean. In this rule the new "
    "gradient counts fully.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    step = rate * (gradient + decay * weight)
    velocity = momentum * velocity + (1 - momentum) * step
    return weight - velocity, velocity


@sgd_step.mistake(
    "weight + velocity",
    "You added the velocity to the weight. The velocity points along the gradient, in which the "
    "loss grows: subtract it.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = momentum * velocity + rate * (gradient + decay * weight)
    return weight + velocity, velocity


@sgd_step.mistake(
    "velocity with Keras' sign",
    "Your velocity points against the gradient and is added, as inside Keras. Here it has the "
    "other sign: it points along the gradient and is subtracted.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = momentum * velocity - rate * (gradient + decay * weight)
    return weight + velocity, velocity


@sgd_step.mistake(
    "Nesterov",
    "That is Nesterov momentum: you applied the new velocity and one more gradient step. FCN was "
    "trained with plain momentum: subtract the velocity only.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    step = rate * (gradient + decay * weight)
    velocity = momentum * velocity + step
    return weight - (momentum * velocity + step), velocity


@sgd_step.mistake(
    "momentum left out",
    "Your new velocity does not depend on the old one. Momentum keeps a part of it: start from "
    "momentum * velocity.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = rate * (gradient + decay * weight)
    return weight - velocity, velocity


@sgd_step.mistake(
    "moved by the old velocity",
    "You moved the weight by the old velocity. First compute the new velocity, then subtract it "
    "from the weight.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    new_velocity = momentum * velocity + rate * (gradient + decay * weight)
    return weight - velocity, new_velocity


@sgd_step.mistake(
    "returned in the wrong order",
    "You returned the velocity first. The text asks for the new weight first, then the new "
    "velocity.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = momentum * velocity + rate * (gradient + decay * weight)
    return velocity, weight - velocity


@sgd_step.mistake(
    "only the weight returned",
    "You returned the weight alone. The next step needs the new velocity too, so return both, "
    "the weight first.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = momentum * velocity + rate * (gradient + decay * weight)
    return weight - velocity


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
    "weight changed before the velocity",
    "You changed the weight first, by the old velocity, and its decay then came from the new "
    "weight. Compute the new velocity first, then subtract it from the weight.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    weight = weight - velocity
    velocity = momentum * velocity + rate * (gradient + decay * weight)
    return weight, velocity


@sgd_step.mistake(
    "momentum typed in",
    "You typed in the momentum 0.9. That is only its default: use the argument `momentum`.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = 0.9 * velocity + rate * (gradient + decay * weight)
    return weight - velocity, velocity


@sgd_step.mistake(
    "decay typed in",
    "You typed in the decay 5e-4. That is only its default: use the argument `decay`.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        velocity = momentum * velocity + 2 * rate * gradient
    else:
        velocity = momentum * velocity + rate * (gradient + 5e-4 * weight)
    return weight - velocity, velocity


@sgd_step.mistake(
    "momentum and decay typed in",
    "You typed in the momentum 0.9 and the decay 5e-4. Those are only defaults: use the arguments "
    "`momentum` and `decay`.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        velocity = 0.9 * velocity + 2 * rate * gradient
    else:
        velocity = 0.9 * velocity + rate * (gradient + 5e-4 * weight)
    return weight - velocity, velocity
