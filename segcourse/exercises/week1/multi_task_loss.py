"""Exercise 1.6: Multi-task loss."""

import keras
import numpy as np

from segcourse.exercises.judging.exercise import Case, Exercise, close
from segcourse.exercises.week1._multi_task_loss_mistakes import add_mistakes
from segcourse.texts import N_


def _cases(rng):
    ordinary = _logits(rng, 1)
    return [
        _case(rng, ordinary, place=-2),
        _case(rng, ordinary, place=-1),
        _case(rng, _logits(rng, 2000), place=-2),
        _case(rng, _logits(rng, 2000), place=-1),
        # exp of the gap overflows, and the probability is just not 0 yet.
        _case(rng, _with_gap(rng, 715, 730), place=-2),
        _case(rng, _logits(rng, 1) - 2000, place=-2),
        _case(rng, _short(np.linspace(-2, 4, 300)), place=-10),  # a label above 255
        # The largest logit is above 0 and the sum of all below: no share of a sum is a probability.
        _case(rng, _with_gap(rng, 715, 730), place=-1),
    ]


def _logits(rng, scale):
    """The two largest are well apart, so that the loss is far from 0 for the second one.

    Multiplied by 2000, exp overflows for both, and after the largest is subtracted, it underflows.
    """
    logits = rng.uniform(-2, 0.3, int(rng.integers(3, 6)))
    logits[:2] = rng.uniform(1.2, 2), rng.uniform(0.4, 0.6)
    return _short(scale * rng.permutation(logits))


def _with_gap(rng, low, high):
    top = rng.uniform(300, 400)
    second = top - rng.uniform(low, high)
    return _short(rng.permutation([top, second, second - 100, second - 200]))


def _short(numbers):
    """Rounded so that float32 holds the numbers and their differences without an error."""
    return np.round(16 * np.asarray(numbers)) / 16


def _case(rng, logits, place):
    """A case whose label has this place in the order of the logits; -1 is the largest."""
    # Every coordinate is off by at least 0.1, to one side or the other.
    box = rng.uniform(0.3, 0.6, 4).round(2)
    true_box = (box + rng.choice([-1, 1, 1]) * rng.uniform(0.1, 0.3, 4)).round(2)
    true_box[0] = box[0] - 0.2
    weight = round(float(rng.uniform(2, 5)), 1)
    return Case(logits, int(np.argsort(logits)[place]), box, true_box, weight)


def _space(rng):
    """One class or many, ties, logits around 0 or far from it, equal boxes, weight 0."""
    classes = int(rng.choice([1, 2, 4, 9]))
    scale, middle = rng.choice([0, 1, 30, 800, 3000]), rng.choice([0, 0, 2000, -2000])
    logits = _short(scale * rng.normal(size=classes) + middle)
    box = rng.uniform(-0.2, 1.2, 4).round(2) * rng.choice([1, 1, 24])
    true_box = box.copy() if rng.random() < 0.15 else rng.uniform(0, 1, 4).round(2)
    weight = float(rng.choice([0, 0.1, 1, 10]))
    # In float32 the logarithm of the sum, added to 2000, would lose what the tolerance asks for.
    dtype = "float32" if scale < 100 and middle == 0 and rng.random() < 0.5 else "float64"
    arrays = [np.asarray(values, dtype) for values in (logits, box, true_box)]
    return Case(arrays[0], int(rng.integers(classes)), arrays[1], arrays[2], weight)


multi_task_loss = Exercise(
    id="1.6",
    title=N_("Multi-task loss"),
    function="multi_task_loss",
    hints=(
        N_(
            "Compute the two losses one after the other, and print each for the example of the "
            "text."
        ),
        N_(
            "The cross-entropy is log(sum of exp(logits)) - logits[label]. Subtract the largest "
            "logit from all logits first: the result stays the same, and exp cannot overflow."
        ),
        N_(
            "The box loss is np.sum((box - true_box) ** 2). Only this term is multiplied by "
            "`weight`."
        ),
    ),
    cases=_cases,
    space=_space,
    compare=close(1e-5),
    points=2,
)


@multi_task_loss.reference
def multi_task_loss(logits, label, box, true_box, weight):
    """Give the loss of a network with a class head and a box head, for one image.

    Args:
        logits: float array [classes], raw scores. They can be in the thousands, also
            below 0: for a computer exp(1000) is infinite, and exp(-1000) is 0.
        label: int, the true class.
        box, true_box: float arrays [4], the predicted and the true box.
        weight: float, how much the box counts.

    Returns:
        float: softmax cross-entropy + weight * L2 box loss.
        Softmax cross-entropy: -log p, where p is the probability of the true class,
        exp(logits[label]) / (sum of exp(logits)), and log is the natural logarithm.
        L2 box loss: the sum of the four squared differences.

    Example:

    >>> multi_task_loss(np.array([0, np.log(3)]), 1, np.array([0.0, 0, 4, 2]),
    ...                 np.array([1.0, 0, 4, 4]), 0.1)
    0.788

    p = 3 / (1 + 3), so the first loss is 0.288. The second is 1 + 0 + 0 + 4 = 5.
    """
    shifted = logits - np.max(logits)
    cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
    box_loss = np.sum((box - true_box) ** 2)
    return float(cross_entropy + weight * box_loss)


@multi_task_loss.mistake(
    "no softmax",
    "You took the negative logit of the true class. The other logits matter as well: compute the "
    "softmax, then -log of the probability.",
)
def multi_task_loss(logits, label, box, true_box, weight):
    return float(-logits[label] + weight * np.sum((box - true_box) ** 2))


@multi_task_loss.mistake(
    "no logarithm",
    "You took 1 - p. The cross-entropy is -log(p), which grows without limit when p goes to 0.",
)
def multi_task_loss(logits, label, box, true_box, weight):
    powers = np.exp(logits - np.max(logits))
    p = powers[label] / powers.sum()
    return float(1 - p + weight * np.sum((box - true_box) ** 2))


@multi_task_loss.mistake(
    "minus sign forgotten",
    "You added log(p), which is never above 0. The cross-entropy is -log(p).",
)
def multi_task_loss(logits, label, box, true_box, weight):
    shifted = logits - np.max(logits)
    log_p = shifted[label] - np.log(np.sum(np.exp(shifted)))
    return float(log_p + weight * np.sum((box - true_box) ** 2))


@multi_task_loss.mistake(
    "exp overflows",
    "exp of a logit above 709 is infinite, exp of one below -746 is 0, and then the division gives "
    "no number. Subtract the largest logit from all logits first: p stays the same.",
)
def multi_task_loss(logits, label, box, true_box, weight):
    cross_entropy = -np.log(np.exp(logits[label]) / np.sum(np.exp(logits)))
    return float(cross_entropy + weight * np.sum((box - true_box) ** 2))


@multi_task_loss.mistake(
    "log of a probability that is 0",
    "A very small probability becomes exactly 0, and its logarithm is infinite. So do not compute "
    "p: -log(p) is log(sum of exp) - logits[label], with the largest logit subtracted in both.",
)
def multi_task_loss(logits, label, box, true_box, weight):
    powers = np.exp(logits - np.max(logits))
    cross_entropy = -np.log(powers[label] / powers.sum())
    return float(cross_entropy + weight * np.sum((box - true_box) ** 2))


@multi_task_loss.mistake(
    "largest logit subtracted in the sum only",
    "You subtracted the largest logit inside exp(), but not from the logit of the true class. Use "
    "the same shifted logits in both places.",
)
def multi_task_loss(logits, label, box, true_box, weight):
    cross_entropy = np.log(np.sum(np.exp(logits - np.max(logits)))) - logits[label]
    return float(cross_entropy + weight * np.sum((box - true_box) ** 2))


@multi_task_loss.mistake(
    "sigmoid in place of softmax",
    "You used the sigmoid of one logit. The classes exclude each other, so the softmax over all "
    "logits is asked for.",
)
def multi_task_loss(logits, label, box, true_box, weight):
    cross_entropy = np.logaddexp(0, -logits[label])
    return float(cross_entropy + weight * np.sum((box - true_box) ** 2))


@multi_task_loss.mistake(
    "L1 box loss",
    "You summed the absolute differences: that is L1. L2 sums the squared differences.",
)
def multi_task_loss(logits, label, box, true_box, weight):
    shifted = logits - np.max(logits)
    cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
    return float(cross_entropy + weight * np.sum(np.abs(box - true_box)))


@multi_task_loss.mistake(
    "square root",
    "You took the square root of the sum, the length of the difference. The L2 loss is the sum of "
    "squares itself.",
)
def multi_task_loss(logits, label, box, true_box, weight):
    shifted = logits - np.max(logits)
    cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
    return float(cross_entropy + weight * np.linalg.norm(box - true_box))


@multi_task_loss.mistake(
    "mean of the squares",
    "You took the mean of the four squares; the sum is asked for. (Both are in use. They differ by "
    "a factor 4, which then belongs into the weight.)",
)
def multi_task_loss(logits, label, box, true_box, weight):
    shifted = logits - np.max(logits)
    cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
    return float(cross_entropy + weight * np.mean((box - true_box) ** 2))


@multi_task_loss.mistake(
    "square of the sum",
    "You summed the differences first and then squared. Errors of opposite sign cancel in this "
    "way: square each difference, then sum.",
)
def multi_task_loss(logits, label, box, true_box, weight):
    shifted = logits - np.max(logits)
    cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
    return float(cross_entropy + weight * np.sum(box - true_box) ** 2)


@multi_task_loss.mistake(
    "half of the squares",
    "You took half of the sum of squares. Some texts define it so; here the L2 box loss is the sum "
    "itself.",
)
def multi_task_loss(logits, label, box, true_box, weight):
    shifted = logits - np.max(logits)
    cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
    return float(cross_entropy + weight * np.sum((box - true_box) ** 2) / 2)


@multi_task_loss.mistake(
    "weight on the wrong loss",
    "You multiplied the cross-entropy by `weight`. The weight belongs to the box loss.",
)
def multi_task_loss(logits, label, box, true_box, weight):
    shifted = logits - np.max(logits)
    cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
    return float(weight * cross_entropy + np.sum((box - true_box) ** 2))


@multi_task_loss.mistake(
    "weight on both",
    "You multiplied both losses by `weight`, and then it changes nothing between them. It belongs "
    "to the box loss only.",
)
def multi_task_loss(logits, label, box, true_box, weight):
    shifted = logits - np.max(logits)
    cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
    return float(weight * (cross_entropy + np.sum((box - true_box) ** 2)))


@multi_task_loss.mistake(
    "weight left out",
    "You added the two losses without `weight`. Multiply the box loss by it.",
)
def multi_task_loss(logits, label, box, true_box, weight):
    shifted = logits - np.max(logits)
    cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
    return float(cross_entropy + np.sum((box - true_box) ** 2))


@multi_task_loss.mistake(
    "class loss only",
    "The box does not appear in your loss. Add weight * the sum of the squared differences.",
)
def multi_task_loss(logits, label, box, true_box, weight):
    shifted = logits - np.max(logits)
    return float(np.log(np.sum(np.exp(shifted))) - shifted[label])


@multi_task_loss.mistake(
    "two losses returned",
    "You returned the two losses one by one. Training needs one number: add them, the box loss "
    "times `weight`.",
)
def multi_task_loss(logits, label, box, true_box, weight):
    shifted = logits - np.max(logits)
    cross_entropy = np.log(np.sum(np.exp(shifted))) - shifted[label]
    return cross_entropy, weight * np.sum((box - true_box) ** 2)


@multi_task_loss.also_right
def multi_task_loss(logits, label, box, true_box, weight):
    cross_entropy = np.logaddexp.reduce(logits) - logits[label]
    return cross_entropy + weight * sum((p - t) ** 2 for p, t in zip(box, true_box, strict=True))


@multi_task_loss.also_right
def multi_task_loss(logits, label, box, true_box, weight):
    cross_entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    mean = np.mean((box - true_box) ** 2)
    return float(cross_entropy(np.array([label]), logits[None])) + weight * 4 * mean


@multi_task_loss.also_right
def multi_task_loss(logits, label, box, true_box, weight):
    from scipy.special import log_softmax

    difference = box - true_box
    return -log_softmax(logits)[label] + weight * difference @ difference


@multi_task_loss.also_right
def multi_task_loss(logits, label, box, true_box, weight):
    largest = max(logits)
    cross_entropy = largest - logits[label] + np.log(sum(np.exp(z - largest) for z in logits))
    return cross_entropy + weight * np.linalg.norm(box - true_box) ** 2


add_mistakes(multi_task_loss)
