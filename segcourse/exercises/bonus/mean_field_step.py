"""Exercise B.4: One step of mean field."""

import numpy as np
from keras import ops

from segcourse.exercises.judging.exercise import Exercise, close
from segcourse.texts import N_


def _cases(rng):
    cases = []
    for pixels, classes in ((3, 2), (4, 3), (6, 5)):
        kernel = rng.uniform(0.2, 1.0, (pixels, pixels))
        kernel = np.round((kernel + kernel.T) / 2, 2)
        np.fill_diagonal(kernel, 1.0)
        q = rng.dirichlet(np.ones(classes), pixels)
        unary = rng.uniform(0.1, 3.0, (pixels, classes))
        cases.append((unary, kernel, q))
    return cases


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
    compare=close(1e-5),
    points=2,
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
            Its diagonal is 1, but no pixel is its own neighbour.
        q: array [pixels, labels], the probabilities so far.

    Returns:
        Array [pixels, labels], the new probabilities.

    Example: two pixels, two labels, unary all 0, kernel all 1, q [[.5, .5], [1, 0]].
        Pixel 0 pays 0 for label 0 and 1 for label 1:
        exp(0) = 1 and exp(-1) = 0.368, scaled: [0.731, 0.269].
        Pixel 1 pays 0.5 for either: [0.5, 0.5].
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
    "You let agreeing cost. A pair pays when its labels differ, so take 1 - q[j, l].",
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
    "You scaled each label over all pixels. Each pixel has probabilities of its own: sum over "
    "axis 1, the labels.",
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
    "You multiplied by the old q. It enters through the neighbours only; what speaks for the "
    "pixel itself is its unary cost.",
)
def mean_field_step(unary, kernel, q):
    others = kernel * (1 - np.eye(len(kernel)))
    likely = q * np.exp(-(unary + others @ (1 - q)))
    return likely / likely.sum(axis=1, keepdims=True)


@mean_field_step.mistake(
    "mean of the neighbours",
    "You took the mean over the neighbours. The costs of all pairs are added: do not divide by "
    "the sum of the kernel.",
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
