"""Exercise 5.4: What is trainable?"""

import numpy as np

from segcourse.exercises.judging.exercise import Case, Exercise, exact
from segcourse.texts import N_


def _cases(rng):
    cases = []
    for frozen in (False, True):
        widths = [3, *(int(n) for n in 4 + rng.permutation(20)[:3])]
        layers = [
            (int(rng.integers(2, 6)), channels, filters)
            for channels, filters in zip(widths, widths[1:], strict=False)
        ]
        # The same layer twice counts twice.
        layers += [(3, widths[-1], widths[-1])] * 2
        cases.append((layers, int(rng.integers(2, 9)), frozen))
    return cases


def _allowed(rng):
    """One layer or many, 1 × 1 convolutions, one filter, one class."""
    widths = [int(n) for n in rng.integers(1, 300, size=rng.integers(2, 7))]
    layers = [
        (int(rng.integers(1, 8)), channels, filters)
        for channels, filters in zip(widths, widths[1:], strict=False)
    ]
    return Case(layers, int(rng.integers(1, 30)), bool(rng.integers(2)))


count_weights = Exercise(
    id="5.4",
    title=N_("What is trainable?"),
    function="count_weights",
    hints=(
        N_(
            "Write down the arrays of one layer: the kernel of the convolution, and four arrays of "
            "batch normalisation. How many numbers does each hold?"
        ),
        N_(
            "Batch normalisation has gamma, beta, moving mean and moving variance, one number for "
            "each filter. The gradient changes gamma and beta, never the other two."
        ),
        N_(
            "Not frozen: kernels + 2 * filters are trainable and 2 * filters are not. Frozen: all "
            "of the backbone is not. The head, channels * num_classes + num_classes, always is."
        ),
    ),
    cases=_cases,
    space=_allowed,
    compare=exact(parts=(N_("the number of trainable weights"), N_("the number of other weights"))),
)


@count_weights.reference
def count_weights(layers, num_classes, frozen):
    """Count the weights of a segmentation network: trainable ones, and all others.

    The backbone is a row of convolutions without bias, each followed by batch
    normalisation (gamma, beta, moving mean, moving variance). The head is one 1×1
    convolution with bias, from the filters of the last layer to the classes.

    Args:
        layers: list of (kernel, channels, filters): a kernel × kernel convolution.
        num_classes: int.
        frozen: whether the backbone is frozen. The head never is.

    Returns:
        Two ints: weights that the gradient changes, and weights that it does not change.

    Example:

    >>> count_weights([(1, 3, 2)], num_classes=4, frozen=False)
    (22, 4)

    Kernel 1·1·3·2 = 6, gamma and beta 2 + 2, head 2·4 + 4 = 12: 22 are trainable. The
    moving mean and variance, 2 + 2, are not. With frozen=True it is (12, 14).
    """
    head = layers[-1][2] * num_classes + num_classes
    kernels = sum(kernel * kernel * channels * filters for kernel, channels, filters in layers)
    filters = sum(filters for _, _, filters in layers)
    if frozen:
        return head, kernels + 4 * filters
    return head + kernels + 2 * filters, 2 * filters


@count_weights.mistake(
    "moving statistics counted as trainable",
    "You counted the moving mean and variance as trainable. No gradient reaches them: they are "
    "averages of what the layer sees, and belong to the second number.",
)
def count_weights(layers, num_classes, frozen):
    head = layers[-1][2] * num_classes + num_classes
    backbone = sum(k * k * channels * filters + 4 * filters for k, channels, filters in layers)
    return (head, backbone) if frozen else (head + backbone, 0)


@count_weights.mistake(
    "batch normalisation left out",
    "You counted convolutions only. Batch normalisation has four numbers for each filter: gamma "
    "and beta, which are trained, and the moving mean and variance, which are not.",
)
def count_weights(layers, num_classes, frozen):
    head = layers[-1][2] * num_classes + num_classes
    backbone = sum(k * k * channels * filters for k, channels, filters in layers)
    return (head, backbone) if frozen else (head + backbone, 0)


@count_weights.mistake(
    "batch normalisation trained in a frozen backbone",
    "In your frozen backbone gamma and beta are still trained. Freezing a layer freezes all its "
    "weights, and batch normalisation belongs to the backbone.",
)
def count_weights(layers, num_classes, frozen):
    head = layers[-1][2] * num_classes + num_classes
    kernels = sum(k * k * channels * filters for k, channels, filters in layers)
    filters = sum(filters for _, _, filters in layers)
    if frozen:
        return head + 2 * filters, kernels + 2 * filters
    return head + kernels + 2 * filters, 2 * filters


@count_weights.mistake(
    "moving statistics left out",
    "You left out the moving mean and variance. They are weights of the layer, too: they are saved "
    "with the model and used in prediction. Count them with those that are not trainable.",
)
def count_weights(layers, num_classes, frozen):
    head = layers[-1][2] * num_classes + num_classes
    backbone = sum(k * k * channels * filters + 2 * filters for k, channels, filters in layers)
    return (head, backbone) if frozen else (head + backbone, 0)


@count_weights.mistake(
    "biases in the backbone",
    "You gave the convolutions of the backbone a bias. They have none: batch normalisation "
    "subtracts the mean right after them, and its beta does the work of a bias.",
)
def count_weights(layers, num_classes, frozen):
    head = layers[-1][2] * num_classes + num_classes
    kernels = sum((k * k * channels + 1) * filters for k, channels, filters in layers)
    filters = sum(filters for _, _, filters in layers)
    if frozen:
        return head, kernels + 4 * filters
    return head + kernels + 2 * filters, 2 * filters


@count_weights.mistake(
    "kernel not squared",
    "A kernel × kernel convolution has kernel * kernel positions, and weights for every channel at "
    "each of them. You counted only one side of the kernel.",
)
def count_weights(layers, num_classes, frozen):
    head = layers[-1][2] * num_classes + num_classes
    kernels = sum(k * channels * filters for k, channels, filters in layers)
    filters = sum(filters for _, _, filters in layers)
    if frozen:
        return head, kernels + 4 * filters
    return head + kernels + 2 * filters, 2 * filters


@count_weights.mistake(
    "bias of the head left out",
    "The head has a bias, one number for each class.",
)
def count_weights(layers, num_classes, frozen):
    head = layers[-1][2] * num_classes
    kernels = sum(k * k * channels * filters for k, channels, filters in layers)
    filters = sum(filters for _, _, filters in layers)
    if frozen:
        return head, kernels + 4 * filters
    return head + kernels + 2 * filters, 2 * filters


@count_weights.mistake(
    "head frozen as well",
    "With frozen=True nothing is trained in your network. The head is new and must learn: only the "
    "backbone is frozen.",
)
def count_weights(layers, num_classes, frozen):
    head = layers[-1][2] * num_classes + num_classes
    kernels = sum(k * k * channels * filters for k, channels, filters in layers)
    filters = sum(filters for _, _, filters in layers)
    if frozen:
        return 0, head + kernels + 4 * filters
    return head + kernels + 2 * filters, 2 * filters


@count_weights.mistake(
    "all weights as the second number",
    "Your second number is all weights together. It must be those that are not trainable: "
    "subtract the first from it.",
)
def count_weights(layers, num_classes, frozen):
    head = layers[-1][2] * num_classes + num_classes
    kernels = sum(k * k * channels * filters for k, channels, filters in layers)
    filters = sum(filters for _, _, filters in layers)
    total = head + kernels + 4 * filters
    return (head if frozen else total - 2 * filters), total


@count_weights.mistake(
    "the two numbers swapped",
    "The two numbers are swapped: the trainable weights come first.",
)
def count_weights(layers, num_classes, frozen):
    head = layers[-1][2] * num_classes + num_classes
    kernels = sum(k * k * channels * filters for k, channels, filters in layers)
    filters = sum(filters for _, _, filters in layers)
    if frozen:
        return kernels + 4 * filters, head
    return 2 * filters, head + kernels + 2 * filters


@count_weights.mistake(
    "moving statistics forgotten when frozen",
    "With frozen=True you counted kernels, gamma and beta as not trainable, and forgot the "
    "moving mean and variance. They are in both networks: 4 numbers for each filter are not "
    "trainable now.",
)
def count_weights(layers, num_classes, frozen):
    head = layers[-1][2] * num_classes + num_classes
    kernels = sum(k * k * channels * filters for k, channels, filters in layers)
    filters = sum(filters for _, _, filters in layers)
    if frozen:
        return head, kernels + 2 * filters
    return head + kernels + 2 * filters, 2 * filters


@count_weights.mistake(
    "moving statistics only when frozen",
    "With frozen=True your second number is the moving mean and variance only. The frozen "
    "kernels, gamma and beta are not trainable either: they move to the second number.",
)
def count_weights(layers, num_classes, frozen):
    head = layers[-1][2] * num_classes + num_classes
    kernels = sum(k * k * channels * filters for k, channels, filters in layers)
    filters = sum(filters for _, _, filters in layers)
    if frozen:
        return head, 2 * filters
    return head + kernels + 2 * filters, 2 * filters


@count_weights.mistake(
    "one moving array",
    "You counted one moving number for each filter. There are two, the moving mean and the "
    "moving variance.",
)
def count_weights(layers, num_classes, frozen):
    head = layers[-1][2] * num_classes + num_classes
    kernels = sum(k * k * channels * filters for k, channels, filters in layers)
    filters = sum(filters for _, _, filters in layers)
    if frozen:
        return head, kernels + 3 * filters
    return head + kernels + 2 * filters, filters


@count_weights.mistake(
    "head from the first layer",
    "Your head takes the filters of the first layer. It stands behind the last one: layers[-1].",
)
def count_weights(layers, num_classes, frozen):
    head = layers[0][2] * num_classes + num_classes
    kernels = sum(k * k * channels * filters for k, channels, filters in layers)
    filters = sum(filters for _, _, filters in layers)
    if frozen:
        return head, kernels + 4 * filters
    return head + kernels + 2 * filters, 2 * filters


@count_weights.mistake(
    "head from the channels",
    "Your head takes the channels that go into the last layer. It sees what comes out of it: "
    "its filters, layers[-1][2].",
)
def count_weights(layers, num_classes, frozen):
    head = layers[-1][1] * num_classes + num_classes
    kernels = sum(k * k * channels * filters for k, channels, filters in layers)
    filters = sum(filters for _, _, filters in layers)
    if frozen:
        return head, kernels + 4 * filters
    return head + kernels + 2 * filters, 2 * filters


@count_weights.mistake(
    "a head for each layer",
    "You added a head for each layer of the backbone. There is one head, behind the last layer: "
    "count it outside of the loop.",
)
def count_weights(layers, num_classes, frozen):
    head = sum(filters * num_classes + num_classes for _, _, filters in layers)
    kernels = sum(k * k * channels * filters for k, channels, filters in layers)
    filters = sum(filters for _, _, filters in layers)
    if frozen:
        return head, kernels + 4 * filters
    return head + kernels + 2 * filters, 2 * filters


@count_weights.mistake(
    "bias of the head for each filter",
    "You gave the head one bias for each filter. A convolution has one bias for each of its "
    "outputs, and the outputs of the head are the classes.",
)
def count_weights(layers, num_classes, frozen):
    head = layers[-1][2] * num_classes + layers[-1][2]
    kernels = sum(k * k * channels * filters for k, channels, filters in layers)
    filters = sum(filters for _, _, filters in layers)
    if frozen:
        return head, kernels + 4 * filters
    return head + kernels + 2 * filters, 2 * filters


@count_weights.mistake(
    "`frozen` not used",
    "You gave the numbers of the free network for both. With frozen=True only the head is "
    "trainable.",
)
def count_weights(layers, num_classes, frozen):
    head = layers[-1][2] * num_classes + num_classes
    kernels = sum(k * k * channels * filters for k, channels, filters in layers)
    filters = sum(filters for _, _, filters in layers)
    if frozen:
        return head + kernels + 2 * filters, 2 * filters
    return head + kernels + 2 * filters, 2 * filters


@count_weights.mistake(
    "`frozen` the other way round",
    "You exchanged the two networks: with frozen=True the backbone is not trainable, with "
    "frozen=False it is.",
)
def count_weights(layers, num_classes, frozen):
    head = layers[-1][2] * num_classes + num_classes
    kernels = sum(k * k * channels * filters for k, channels, filters in layers)
    filters = sum(filters for _, _, filters in layers)
    if frozen:
        return head + kernels + 2 * filters, 2 * filters
    return head, kernels + 4 * filters


@count_weights.mistake(
    "one number",
    "You gave back one number. Two are asked for: first the trainable weights, then the others.",
)
def count_weights(layers, num_classes, frozen):
    head = layers[-1][2] * num_classes + num_classes
    kernels = sum(k * k * channels * filters for k, channels, filters in layers)
    filters = sum(filters for _, _, filters in layers)
    if frozen:
        return head
    return head + kernels + 2 * filters


@count_weights.mistake(
    "the last layer only",
    "You counted one layer of the backbone only. Add up all of them: a `return` or an `=` in the "
    "loop, where `+=` is meant, keeps one.",
)
def count_weights(layers, num_classes, frozen):
    k, channels, filters = layers[-1]
    head = filters * num_classes + num_classes
    kernels = k * k * channels * filters
    if frozen:
        return head, kernels + 4 * filters
    return head + kernels + 2 * filters, 2 * filters


@count_weights.mistake(
    "batch normalisation of the last layer only",
    "You counted batch normalisation once, behind the last layer. There is one behind every "
    "convolution of the backbone: add its numbers in the loop.",
)
def count_weights(layers, num_classes, frozen):
    filters = layers[-1][2]
    head = filters * num_classes + num_classes
    kernels = sum(k * k * channels * filters for k, channels, filters in layers)
    if frozen:
        return head, kernels + 4 * filters
    return head + kernels + 2 * filters, 2 * filters


@count_weights.also_right
def count_weights(layers, num_classes, frozen):
    trainable, others = (layers[-1][-1] + 1) * num_classes, 0
    for kernel, channels, filters in layers:
        learned = kernel**2 * channels * filters + filters + filters
        trainable += 0 if frozen else learned
        others += 2 * filters + (learned if frozen else 0)
    return trainable, others


@count_weights.also_right
def count_weights(layers, num_classes, frozen):
    _, _, last = layers[-1]
    trainable, others = np.array([num_classes * (last + 1), 0])
    for kernel, channels, filters in np.array(layers):
        counts = np.array([kernel * kernel * channels * filters + 2 * filters, 2 * filters])
        trainable += 0 if frozen else counts[0]
        others += counts.sum() if frozen else counts[1]
    return trainable, others
