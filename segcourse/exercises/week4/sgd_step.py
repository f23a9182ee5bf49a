"""Exercise 4.7: One step of SGD. Wrong answers about the velocity, the decay and the result."""

from segcourse.exercises.week4._sgd_step_bias import sgd_step


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


@sgd_step.mistake(
    "rate and momentum swapped",
    "You multiplied the old velocity by the rate and the gradient by the momentum. It is the "
    "other way round: momentum * velocity + rate * (...).",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = rate * velocity + momentum * (gradient + decay * weight)
    return weight - velocity, velocity


@sgd_step.mistake(
    "momentum on the gradient",
    "You multiplied the new step by the momentum and kept the whole old velocity. The momentum "
    "belongs to the old velocity: momentum * velocity + rate * (...).",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = velocity + momentum * rate * (gradient + decay * weight)
    return weight - velocity, velocity


@sgd_step.mistake(
    "momentum on the whole sum",
    "The momentum multiplies your whole sum, the new step too. Only the old velocity is multiplied "
    "by it: momentum * velocity + rate * (...).",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = momentum * (velocity + rate * (gradient + decay * weight))
    return weight - velocity, velocity


@sgd_step.mistake(
    "old velocity kept whole",
    "You added the whole old velocity. Only a part of it is kept: momentum * velocity.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = velocity + rate * (gradient + decay * weight)
    return weight - velocity, velocity


@sgd_step.mistake(
    "velocity times 1 - momentum",
    "You kept 1 - momentum of the old velocity. The part that is kept is `momentum` itself.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = (1 - momentum) * velocity + rate * (gradient + decay * weight)
    return weight - velocity, velocity


@sgd_step.mistake(
    "decay times the velocity",
    "You multiplied the decay by the velocity. It pulls the weight to zero: decay * weight.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = momentum * velocity + rate * (gradient + decay * velocity)
    return weight - velocity, velocity


@sgd_step.mistake(
    "decay times the gradient",
    "You multiplied the decay by the gradient. It pulls the weight to zero: decay * weight.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = momentum * velocity + rate * (gradient + decay * gradient)
    return weight - velocity, velocity


@sgd_step.mistake(
    "decay without the weight",
    "You added the decay itself to the gradient. Multiply it by the weight first: decay * weight.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = momentum * velocity + rate * (gradient + decay)
    return weight - velocity, velocity


@sgd_step.mistake(
    "brackets around gradient + decay",
    "(gradient + decay) * weight multiplies the gradient by the weight, too. Only the decay is "
    "multiplied: gradient + decay * weight.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = momentum * velocity + rate * (gradient + decay) * weight
    return weight - velocity, velocity


@sgd_step.mistake(
    "brackets around the velocity and the rate",
    "(momentum * velocity + rate) * (...) multiplies the old velocity by the gradient, too. "
    "Multiply the gradient by the rate first, then add momentum * velocity.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = (momentum * velocity + rate) * (gradient + decay * weight)
    return weight - velocity, velocity


@sgd_step.mistake(
    "decay twice",
    "You used 2 * decay * weight, the derivative of decay * weight ** 2. In this rule the gradient "
    "gets decay * weight, without the 2.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = momentum * velocity + rate * (gradient + 2 * decay * weight)
    return weight - velocity, velocity


@sgd_step.mistake(
    "weight made smaller beside the step",
    "You subtracted decay * weight from the weight directly. Here the decay is part of the "
    "gradient: add decay * weight to it before you multiply by the rate.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = momentum * velocity + rate * gradient
    return weight - decay * weight - velocity, velocity


@sgd_step.mistake(
    "both signs turned",
    "You subtracted the gradient in the velocity and then subtracted the velocity, so the weight "
    "goes the wrong way. Add rate * (...) to momentum * velocity.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = momentum * velocity - rate * (gradient + decay * weight)
    return weight - velocity, velocity


@sgd_step.mistake(
    "only the velocity returned",
    "You returned the velocity alone. The new weight is asked for as well, before it: "
    "weight - velocity, velocity.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    return momentum * velocity + rate * (gradient + decay * weight)


@sgd_step.mistake(
    "old velocity returned",
    "The new weight is right, but you returned the old velocity beside it. Return the new one: "
    "the next step begins with it.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    step = momentum * velocity + rate * (gradient + decay * weight)
    return weight - step, velocity


@sgd_step.mistake(
    "old weight returned",
    "The new velocity is right, but the weight is still the old one. Return weight - velocity.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    velocity = momentum * velocity + rate * (gradient + decay * weight)
    return weight, velocity


@sgd_step.mistake(
    "velocity made again from the new weight",
    "The new weight is right, but you computed the velocity a second time, from the new weight. "
    "Keep the velocity you subtracted, and return that.",
)
def sgd_step(weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False):
    if is_bias:
        rate, decay = 2 * rate, 0.0
    weight = weight - (momentum * velocity + rate * (gradient + decay * weight))
    velocity = momentum * velocity + rate * (gradient + decay * weight)
    return weight, velocity
