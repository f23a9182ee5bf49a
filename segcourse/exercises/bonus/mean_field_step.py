"""Exercise B.4: One step of mean field."""

import keras
import numpy as np
from keras import ops

from segcourse.exercises.judging.exercise import Case, Exercise, close
from segcourse.texts import N_


def _cases(rng):
    # Also as many pixels as labels, where a wrong axis raises no error, and a pixel alone.
    sizes = ((3, 2), (4, 3), (6, 5), (3, 3), (1, 3), (2, 1), (24, 9))
    cases = [_arrays(rng, pixels, labels) for pixels, labels in sizes]
    unary, _, q = _arrays(rng, 3, 2)
    cases += [(unary, np.eye(3), q), (unary, cases[0][1], np.full((3, 2), 0.5))]
    return [*cases, (unary[:, :1], cases[0][1], np.ones((3, 1)))]


def _arrays(rng, pixels, labels):
    """Costs, what each pair of pixels pays, and probabilities; all of them different."""
    kernel = rng.uniform(0.2, 1.0, (pixels, pixels))
    kernel = np.round((kernel + kernel.T) / 2, 2)
    np.fill_diagonal(kernel, 1.0)
    q = rng.dirichlet(np.ones(labels), pixels)
    return rng.uniform(0.1, 3.0, (pixels, labels)), kernel, q


def _space(rng):
    pixels, labels = int(rng.integers(1, 8)), int(rng.integers(1, 6))
    unary, kernel, q = _arrays(rng, pixels, labels)
    kind = rng.integers(5)
    if kind == 0:  # no pair pays
        kernel = np.eye(pixels)
    elif kind == 1:  # pairs pay more than a pixel of itself, or nothing
        kernel = kernel * rng.choice([0.0, 3.0])
        np.fill_diagonal(kernel, 1.0)
    if rng.integers(4) == 0:  # every pixel is sure
        q = np.eye(labels)[rng.integers(0, labels, pixels)]
    if rng.integers(4) == 0:  # ties
        unary = np.round(unary)
    return Case(unary, kernel, q)


mean_field_step = Exercise(
    id="B.4",
    title=N_("One step of mean field"),
    function="mean_field_step",
    hints=(
        N_(
            "For one pixel i and one label: which other pixels disagree, how likely is each of "
            "them to, and what does each disagreement cost?"
        ),
        N_(
            "Pixel j disagrees with label l with probability 1 - q[j, l]. So the cost is "
            "unary[i, l] + the sum over all j other than i of kernel[i, j] * (1 - q[j, l])."
        ),
        N_(
            "Take a copy of the kernel with a diagonal of zeros: cost = unary + k @ (1 - q). Then "
            "exp(-cost), divided by its sum over the labels of each pixel."
        ),
    ),
    cases=_cases,
    space=_space,
    compare=close(1e-5),
    points=2,
    # JAX compiles every step of a loop at the first call, for seconds on a busy computer.
    seconds=5.0 if keras.backend.backend() == "tensorflow" else 15.0,
)


@mean_field_step.reference
def mean_field_step(unary, kernel, q):
    """Update the probabilities of all pixels once.

    The cost of a label l at pixel i is unary[i, l] plus, for every OTHER pixel j,
    kernel[i, j] times the probability that j has another label than l.
    The new q[i, l] is exp(-cost), scaled so that each pixel has the sum 1.

    Args:
        unary: array [pixels, labels], the costs from the network.
        kernel: array [pixels, pixels], what each pair pays for disagreeing.
            It is symmetric: kernel[j, i] is kernel[i, j]. Its diagonal is 1, but no
            pixel is its own neighbour.
        q: array [pixels, labels], the probabilities so far.

    Returns:
        Array [pixels, labels], the new probabilities.

    Example:

    >>> q = np.array([[0.5, 0.5], [1.0, 0.0]])
    >>> mean_field_step(np.zeros((2, 2)), np.ones((2, 2)), q)
    array([[0.731, 0.269],
           [0.5  , 0.5  ]])

    Pixel 0 pays 0 for label 0 and 1 for label 1: exp(0) = 1 and exp(-1) = 0.368,
    scaled to 0.731 and 0.269. Pixel 1 pays 0.5 for either.
    """
    others = kernel * (1 - np.eye(len(kernel)))
    cost = unary + others @ (1 - q)
    likely = np.exp(-cost)
    return likely / likely.sum(axis=1, keepdims=True)


@mean_field_step.mistake(
    "its own neighbour",
    "You counted each pixel among its own neighbours. The sum runs over the other pixels: set the "
    "diagonal of a copy of the kernel to 0.",
)
def mean_field_step(unary, kernel, q):
    likely = np.exp(-(unary + kernel @ (1 - q)))
    return likely / likely.sum(axis=1, keepdims=True)


@mean_field_step.mistake(
    "agreement costs",
    "In your sum a pair pays when its labels agree. It pays when they differ: take 1 - q[j, l], "
    "and the minus of exp(-(unary + pairs)) for both costs.",
)
def mean_field_step(unary, kernel, q):
    others = kernel * (1 - np.eye(len(kernel)))
    likely = np.exp(-(unary + others @ q))
    return likely / likely.sum(axis=1, keepdims=True)


@mean_field_step.mistake(
    "high costs made likely",
    "The sign is wrong: labels of a high cost became likely. Take exp(-cost).",
)
def mean_field_step(unary, kernel, q):
    others = kernel * (1 - np.eye(len(kernel)))
    likely = np.exp(unary + others @ (1 - q))
    return likely / likely.sum(axis=1, keepdims=True)


@mean_field_step.mistake(
    "not scaled",
    "Your numbers of one pixel do not add up to 1. Divide them by their sum over the labels.",
)
def mean_field_step(unary, kernel, q):
    others = kernel * (1 - np.eye(len(kernel)))
    return np.exp(-(unary + others @ (1 - q)))


@mean_field_step.mistake(
    "scaled over the pixels",
    "You scaled each label over all pixels. Each pixel has probabilities of its own: sum over axis "
    "1, the labels.",
)
def mean_field_step(unary, kernel, q):
    others = kernel * (1 - np.eye(len(kernel)))
    likely = np.exp(-(unary + others @ (1 - q)))
    return likely / likely.sum(axis=0, keepdims=True)


@mean_field_step.mistake(
    "scaled over everything",
    "You divided by the sum of the whole array. Each pixel has the sum 1: use axis=1 and "
    "keepdims=True.",
)
def mean_field_step(unary, kernel, q):
    others = kernel * (1 - np.eye(len(kernel)))
    likely = np.exp(-(unary + others @ (1 - q)))
    return likely / likely.sum()


@mean_field_step.mistake(
    "unary left out",
    "You left the unary costs out. Without them nothing is left of what the network saw.",
)
def mean_field_step(unary, kernel, q):
    others = kernel * (1 - np.eye(len(kernel)))
    likely = np.exp(-(others @ (1 - q)))
    return likely / likely.sum(axis=1, keepdims=True)


@mean_field_step.mistake(
    "times the old probabilities",
    "You multiplied by the old q. It enters through the neighbours only; what speaks for the pixel "
    "itself is its unary cost.",
)
def mean_field_step(unary, kernel, q):
    others = kernel * (1 - np.eye(len(kernel)))
    likely = q * np.exp(-(unary + others @ (1 - q)))
    return likely / likely.sum(axis=1, keepdims=True)


@mean_field_step.mistake(
    "mean of the neighbours",
    "You took the mean over the neighbours. The costs of all pairs are added: do not divide by the "
    "sum of the kernel.",
)
def mean_field_step(unary, kernel, q):
    others = kernel * (1 - np.eye(len(kernel)))
    others = others / others.sum(axis=1, keepdims=True)
    likely = np.exp(-(unary + others @ (1 - q)))
    return likely / likely.sum(axis=1, keepdims=True)


@mean_field_step.mistake(
    "one after the other",
    "You changed q while you were still reading it. All pixels are updated at once from the old "
    "probabilities: write into a new array.",
)
def mean_field_step(unary, kernel, q):
    q = np.array(q)
    for i in range(len(q)):
        others = kernel[i] * (np.arange(len(q)) != i)
        likely = np.exp(-(unary[i] + others @ (1 - q)))
        q[i] = likely / likely.sum()
    return q


@mean_field_step.mistake(
    "product of single numbers",
    "`*` multiplies the kernel and 1 - q number by number. The cost of a pixel is a sum over all "
    "other pixels: use `@`, the product of matrices.",
)
def mean_field_step(unary, kernel, q):
    others = kernel * (1 - np.eye(len(kernel)))
    likely = np.exp(-(unary + others * (1 - q)))
    return likely / likely.sum(axis=1, keepdims=True)


@mean_field_step.mistake(
    "product of single numbers, own pixel too",
    "`*` multiplies number by number. Take `@`, the product of matrices, which sums over the "
    "pixels; and set the diagonal of a copy of the kernel to 0.",
)
def mean_field_step(unary, kernel, q):
    likely = np.exp(-(unary + kernel * (1 - q)))
    return likely / likely.sum(axis=1, keepdims=True)


@mean_field_step.mistake(
    "sum without keepdims",
    "Your sums lie in one row, so each column is divided by the sum of another pixel, or the "
    "shapes do not fit. Keep the axis: sum(axis=1, keepdims=True).",
)
def mean_field_step(unary, kernel, q):
    others = kernel * (1 - np.eye(len(kernel)))
    likely = np.exp(-(unary + others @ (1 - q)))
    return likely / likely.sum(axis=1)


@mean_field_step.mistake(
    "order of the product",
    "You wrote (1 - q) @ kernel. The sum runs over the pixels: kernel @ (1 - q), [pixels, pixels] "
    "times [pixels, labels].",
)
def mean_field_step(unary, kernel, q):
    others = kernel * (1 - np.eye(len(kernel)))
    likely = np.exp(-(unary + (1 - q) @ others))
    return likely / likely.sum(axis=1, keepdims=True)


@mean_field_step.mistake(
    "costs returned",
    "You returned the costs. A label of a low cost is likely: take exp(-cost), and scale it so "
    "that each pixel has the sum 1.",
)
def mean_field_step(unary, kernel, q):
    others = kernel * (1 - np.eye(len(kernel)))
    return unary + others @ (1 - q)


@mean_field_step.mistake(
    "labels returned",
    "You returned the best label of each pixel. Return the probabilities of all labels; the next "
    "step needs them.",
)
def mean_field_step(unary, kernel, q):
    others = kernel * (1 - np.eye(len(kernel)))
    cost = unary + others @ (1 - q)
    return cost.argmin(axis=1)


@mean_field_step.mistake(
    "mean over all pixels",
    "You took the mean over the pixels. The costs of all pairs are added: divide by nothing.",
)
def mean_field_step(unary, kernel, q):
    others = kernel * (1 - np.eye(len(kernel)))
    likely = np.exp(-(unary + others @ (1 - q) / len(q)))
    return likely / likely.sum(axis=1, keepdims=True)


@mean_field_step.mistake(
    "mean over the other pixels",
    "You divided by the number of the other pixels. The costs of all pairs are added: divide by "
    "nothing.",
)
def mean_field_step(unary, kernel, q):
    others = kernel * (1 - np.eye(len(kernel)))
    likely = np.exp(-(unary + others @ (1 - q) / max(len(q) - 1, 1)))
    return likely / likely.sum(axis=1, keepdims=True)


@mean_field_step.mistake(
    "costs scaled",
    "You scaled the costs, not the probabilities. First exp(-cost), then divide by the sum over "
    "the labels.",
)
def mean_field_step(unary, kernel, q):
    others = kernel * (1 - np.eye(len(kernel)))
    cost = unary + others @ (1 - q)
    return cost / cost.sum(axis=1, keepdims=True)


@mean_field_step.mistake(
    "1 taken from the whole kernel",
    "You subtracted 1 from the whole kernel. Only its diagonal is to be 0: subtract "
    "np.eye(len(kernel)).",
)
def mean_field_step(unary, kernel, q):
    others = kernel - 1
    likely = np.exp(-(unary + others @ (1 - q)))
    return likely / likely.sum(axis=1, keepdims=True)


@mean_field_step.mistake(
    "diagonal kept alone",
    "You kept only the diagonal of the kernel. It is the other way round: the diagonal becomes 0, "
    "since no pixel is its own neighbour.",
)
def mean_field_step(unary, kernel, q):
    others = kernel * np.eye(len(kernel))
    likely = np.exp(-(unary + others @ (1 - q)))
    return likely / likely.sum(axis=1, keepdims=True)


@mean_field_step.mistake(
    "pairs left out",
    "You left the pairs out: this is the network's answer alone. Add kernel @ (1 - q), with a "
    "diagonal of zeros.",
)
def mean_field_step(unary, kernel, q):
    likely = np.exp(-unary)
    return likely / likely.sum(axis=1, keepdims=True)


@mean_field_step.mistake(
    "unary multiplied",
    "You multiplied the unary cost by that of the pairs. Costs are added.",
)
def mean_field_step(unary, kernel, q):
    others = kernel * (1 - np.eye(len(kernel)))
    likely = np.exp(-(unary * (others @ (1 - q))))
    return likely / likely.sum(axis=1, keepdims=True)


@mean_field_step.mistake(
    "nearest label in place of probabilities",
    "You made each neighbour's label sure first. Mean field uses the probabilities as they are: 1 "
    "- q[j, l].",
)
def mean_field_step(unary, kernel, q):
    others = kernel * (1 - np.eye(len(kernel)))
    sure = np.eye(q.shape[1])[q.argmax(axis=1)]
    likely = np.exp(-(unary + others @ (1 - sure)))
    return likely / likely.sum(axis=1, keepdims=True)


@mean_field_step.mistake(
    "mixed with the old probabilities",
    "You took the mean of the old and the new probabilities. One step gives the new ones alone.",
)
def mean_field_step(unary, kernel, q):
    others = kernel * (1 - np.eye(len(kernel)))
    likely = np.exp(-(unary + others @ (1 - q)))
    new = likely / likely.sum(axis=1, keepdims=True)
    return (q + new) / 2


@mean_field_step.mistake(
    "return in the loop",
    "You return after the first pixel: the `return` stands in the loop. Move it to the left, below "
    "the `for`.",
)
def mean_field_step(unary, kernel, q):
    new = np.zeros(q.shape)
    for i in range(len(q)):
        others = kernel[i] * (np.arange(len(q)) != i)
        likely = np.exp(-(unary[i] + others @ (1 - q)))
        new[i] = likely / likely.sum()
        return new


@mean_field_step.also_right
def mean_field_step(unary, kernel, q):
    # The q of a pixel add up to 1, so 1 - q differs from -q by a number that scaling takes out.
    message = kernel @ q - np.diag(kernel)[:, None] * q
    scores = message - unary
    return ops.convert_to_numpy(ops.softmax(scores, axis=1))


@mean_field_step.also_right
def mean_field_step(unary, kernel, q):
    pixels, labels = q.shape
    new = np.zeros((pixels, labels))
    for i in range(pixels):
        for label in range(labels):
            cost = unary[i, label]
            for j in range(pixels):
                if j != i:
                    cost += kernel[i, j] * (1 - q[j, label])
            new[i, label] = np.exp(-cost)
        new[i] = new[i] / new[i].sum()
    return new


@mean_field_step.also_right
def mean_field_step(unary, kernel, q):
    others = np.array(kernel, "float32")
    np.fill_diagonal(others, 0)
    cost = unary + np.einsum("ij,jl->il", others, 1 - q)
    scores = cost.min(axis=1)[:, np.newaxis] - cost
    return (np.exp(scores).T / np.exp(scores).sum(axis=1)).T
