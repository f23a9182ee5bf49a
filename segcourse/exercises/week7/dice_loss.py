"""Exercise 7.7: The Dice loss."""

import numpy as np
from keras import ops

from segcourse.exercises.judging.exercise import Case, Exercise, close
from segcourse.texts import N_


def _maps(rng, shape, num_classes, void):
    """Probabilities, and labels in which every class has a pixel and a share is void.

    The last class is small.
    """
    pixels = int(np.prod(shape))
    labels = rng.integers(0, max(num_classes - 1, 1), pixels).astype("uint8")
    labels[rng.random(pixels) < void] = 255
    labels[:num_classes] = np.arange(num_classes)
    labels = rng.permutation(labels).reshape(shape)
    powers = np.exp(rng.normal(0, 1.5, (*shape, num_classes)))
    return powers / powers.sum(axis=-1, keepdims=True), labels


def _cases(rng):
    sizes = rng.integers(5, 9, (3, 2)) + [1, 3]
    return [
        # As many rows, columns and classes: axes that are confused give no error.
        _maps(rng, (4, 4), 4, 0.2),
        *(
            _maps(rng, tuple(shape), classes, void)
            for shape, classes, void in zip(sizes, (3, 2, 5), (0.2, 0.3, 0.5), strict=True)
        ),
    ]


def _space(rng):
    classes = int(rng.choice([2, 3, 5, 12]))
    shape = int(rng.integers(1, 9)), classes + int(rng.integers(0, 9))
    probabilities, labels = _maps(rng, shape, classes, rng.choice([0, 0.2, 0.9]))
    if rng.random() < 0.2:
        probabilities = np.eye(classes)[probabilities.argmax(axis=-1)]
    return Case(probabilities.astype(rng.choice(["float32", "float64"])), labels)


dice_loss = Exercise(
    id="7.7",
    title=N_("The Dice loss"),
    function="dice_loss",
    hints=(
        N_(
            "Leave the void pixels out first: probabilities[labels != 255] is [pixels, classes]. "
            "What is the size of a region when a pixel may belong to it by a half?"
        ),
        N_(
            "Write the truth as numbers as well: 1 where the label is the class, 0 elsewhere, "
            "np.eye(classes)[labels]. Then p * t, summed over the pixels, is what is in common, "
            "and p + t are both sizes."
        ),
        N_(
            "1 - np.mean(2 * (p * t).sum(axis=0) / (p + t).sum(axis=0)), with p and t of the "
            "pixels that are not void."
        ),
    ),
    cases=_cases,
    space=_space,
    compare=close(1e-5),
)


@dice_loss.reference
def dice_loss(probabilities, labels):
    """1 - the mean Dice score of the classes, from probabilities.

    Of a class, p is its probability at a pixel, and t is 1 where the label is
    the class and 0 elsewhere. Its Dice score is
    2 * sum(p * t) / sum(p + t), with sums over the pixels that are not void.

    Args:
        probabilities: float array [height, width, classes], from a softmax.
        labels: uint8 array [height, width], class ids and 255 (void). Every
            class has a pixel.

    Returns:
        Float: 1 - the mean of the scores of all classes.

    Example:

    >>> probabilities = np.array([[[0.8, 0.2], [0.6, 0.4], [0.6, 0.4], [0.1, 0.9]]])
    >>> dice_loss(probabilities, np.array([[0, 0, 1, 255]], "uint8"))
    0.45

    Class 0: 2 * 1.4 / (2 + 2) = 0.7. Class 1: 2 * 0.4 / (1 + 1) = 0.4. The last
    pixel is void. The mean of the scores is 0.55.
    """
    kept = labels != 255
    p, classes = probabilities[kept], probabilities.shape[-1]
    t = np.eye(classes)[labels[kept]]
    scores = 2 * (p * t).sum(axis=0) / (p + t).sum(axis=0)
    return float(1 - scores.mean())


@dice_loss.mistake(
    "void kept",
    "At void pixels your truth is 0 for every class, but their probabilities still count in "
    "the size. Nobody knows what is there: leave these pixels out of both.",
)
def dice_loss(probabilities, labels):
    p = probabilities.reshape(-1, probabilities.shape[-1])
    t = labels.reshape(-1, 1) == np.arange(p.shape[-1])
    scores = 2 * (p * t).sum(axis=0) / (p + t).sum(axis=0)
    return float(1 - scores.mean())


@dice_loss.mistake(
    "void as the last class",
    "You counted void pixels as pixels of the last class. Leave them out: keep those with "
    "labels != 255.",
)
def dice_loss(probabilities, labels):
    p = probabilities.reshape(-1, probabilities.shape[-1])
    t = np.eye(p.shape[-1])[np.minimum(labels.ravel(), p.shape[-1] - 1)]
    return float(1 - (2 * (p * t).sum(axis=0) / (p + t).sum(axis=0)).mean())


@dice_loss.mistake(
    "void as class 0",
    "You turned void into class 0. Class 0 is a class like the others: leave void pixels out.",
)
def dice_loss(probabilities, labels):
    p = probabilities.reshape(-1, probabilities.shape[-1])
    t = np.eye(p.shape[-1])[np.where(labels == 255, 0, labels).ravel()]
    return float(1 - (2 * (p * t).sum(axis=0) / (p + t).sum(axis=0)).mean())


@dice_loss.mistake(
    "void not removed",
    "The label 255 is no class, so the identity matrix has no such row. Keep only the pixels "
    "with labels != 255.",
)
def dice_loss(probabilities, labels):
    classes = probabilities.shape[-1]
    t = np.eye(classes)[labels]
    common, sizes = (probabilities * t).sum(axis=(0, 1)), (probabilities + t).sum(axis=(0, 1))
    return float(1 - (2 * common / sizes).mean())


@dice_loss.mistake(
    "void out of the labels alone",
    "You left the void pixels out of the labels, but not out of the probabilities. Use the "
    "mask for both: probabilities[kept], labels[kept].",
)
def dice_loss(probabilities, labels):
    classes = probabilities.shape[-1]
    p, t = probabilities.reshape(-1, classes), np.eye(classes)[labels[labels != 255]]
    return float(1 - (2 * (p * t).sum(axis=0) / (p + t).sum(axis=0)).mean())


@dice_loss.mistake(
    "the score",
    "You returned the mean score, which is 1 for a perfect answer. A loss must fall as the "
    "answer gets better: 1 - the mean score.",
)
def dice_loss(probabilities, labels):
    kept = labels != 255
    p, classes = probabilities[kept], probabilities.shape[-1]
    t = np.eye(classes)[labels[kept]]
    common, sizes = (p * t).sum(axis=0), (p + t).sum(axis=0)
    return float((2 * common / sizes).mean())


@dice_loss.mistake(
    "minus the score",
    "You returned minus the mean score. Its gradient is right, but the loss asked for is 1 - "
    "the mean score, which is 0 for a perfect answer.",
)
def dice_loss(probabilities, labels):
    kept = labels != 255
    p, classes = probabilities[kept], probabilities.shape[-1]
    t = np.eye(classes)[labels[kept]]
    common, sizes = (p * t).sum(axis=0), (p + t).sum(axis=0)
    return float(-(2 * common / sizes).mean())


@dice_loss.mistake(
    "factor 2 forgotten",
    "The factor 2 is missing in the numerator: even a perfect answer would cost ½.",
)
def dice_loss(probabilities, labels):
    kept = labels != 255
    p, classes = probabilities[kept], probabilities.shape[-1]
    t = np.eye(classes)[labels[kept]]
    common, sizes = (p * t).sum(axis=0), (p + t).sum(axis=0)
    return float(1 - (common / sizes).mean())


@dice_loss.mistake(
    "IoU",
    "You divided by the union, as the IoU does. The Dice score divides twice what is in "
    "common by the sum of both sizes.",
)
def dice_loss(probabilities, labels):
    kept = labels != 255
    p, classes = probabilities[kept], probabilities.shape[-1]
    t = np.eye(classes)[labels[kept]]
    common, sizes = (p * t).sum(axis=0), (p + t).sum(axis=0)
    return float(1 - (common / (sizes - common)).mean())


@dice_loss.mistake(
    "argmax first",
    "You took the largest probability as the answer first. Then the loss changes in steps and "
    "has no gradient: use the probabilities themselves.",
)
def dice_loss(probabilities, labels):
    kept = labels != 255
    p, classes = probabilities[kept], probabilities.shape[-1]
    t = np.eye(classes)[labels[kept]]
    p = np.eye(classes)[p.argmax(axis=-1)]
    common, sizes = (p * t).sum(axis=0), (p + t).sum(axis=0)
    return float(1 - (2 * common / sizes).mean())


@dice_loss.mistake(
    "all classes in one",
    "You summed over the classes before dividing. What comes is the mean probability of the "
    "right class, in which the large classes count most: divide for each class, then take the "
    "mean.",
)
def dice_loss(probabilities, labels):
    kept = labels != 255
    p, classes = probabilities[kept], probabilities.shape[-1]
    t = np.eye(classes)[labels[kept]]
    return float(1 - 2 * (p * t).sum() / (p + t).sum())


@dice_loss.mistake(
    "sum over the classes",
    "You subtracted the sum of the scores from 1. Take their mean.",
)
def dice_loss(probabilities, labels):
    kept = labels != 255
    p, classes = probabilities[kept], probabilities.shape[-1]
    t = np.eye(classes)[labels[kept]]
    common, sizes = (p * t).sum(axis=0), (p + t).sum(axis=0)
    return float(1 - (2 * common / sizes).sum())


@dice_loss.mistake(
    "losses summed",
    "You summed the losses of the classes. Their mean is asked for, so that it lies between 0 "
    "and 1.",
)
def dice_loss(probabilities, labels):
    kept = labels != 255
    p, classes = probabilities[kept], probabilities.shape[-1]
    t = np.eye(classes)[labels[kept]]
    common, sizes = (p * t).sum(axis=0), (p + t).sum(axis=0)
    return float((1 - 2 * common / sizes).sum())


@dice_loss.mistake(
    "squares in the denominator",
    "You squared the probabilities in the denominator, as one paper does (V-Net). Here the "
    "sizes are the plain sums of p and t.",
)
def dice_loss(probabilities, labels):
    kept = labels != 255
    p, classes = probabilities[kept], probabilities.shape[-1]
    t = np.eye(classes)[labels[kept]]
    scores = 2 * (p * t).sum(axis=0) / (p**2 + t**2).sum(axis=0)
    return float(1 - scores.mean())


@dice_loss.mistake(
    "a loss for each class",
    "You returned a loss for each class. One number is asked for: their mean.",
)
def dice_loss(probabilities, labels):
    kept = labels != 255
    p, classes = probabilities[kept], probabilities.shape[-1]
    t = np.eye(classes)[labels[kept]]
    common, sizes = (p * t).sum(axis=0), (p + t).sum(axis=0)
    return 1 - 2 * common / sizes


@dice_loss.mistake(
    "smoothed",
    "You added 1 in the numerator and in the denominator. That is often done to avoid 0 / 0, "
    "but here every class has a pixel: leave it out.",
)
def dice_loss(probabilities, labels):
    kept = labels != 255
    p, classes = probabilities[kept], probabilities.shape[-1]
    t = np.eye(classes)[labels[kept]]
    common, sizes = (p * t).sum(axis=0), (p + t).sum(axis=0)
    return float(1 - ((2 * common + 1) / (sizes + 1)).mean())


@dice_loss.mistake(
    "precision",
    "You divided by the size of the prediction alone. Dice asks for both sizes: the sum of p "
    "and the sum of t.",
)
def dice_loss(probabilities, labels):
    kept = labels != 255
    p, classes = probabilities[kept], probabilities.shape[-1]
    t = np.eye(classes)[labels[kept]]
    return float(1 - ((p * t).sum(axis=0) / p.sum(axis=0)).mean())


@dice_loss.mistake(
    "recall",
    "You divided by the true size alone. Then a network that says the class everywhere loses "
    "nothing. Dice asks for both sizes: the sum of p and the sum of t.",
)
def dice_loss(probabilities, labels):
    kept = labels != 255
    p, classes = probabilities[kept], probabilities.shape[-1]
    t = np.eye(classes)[labels[kept]]
    return float(1 - ((p * t).sum(axis=0) / t.sum(axis=0)).mean())


@dice_loss.mistake(
    "class 0 left out",
    "You left class 0 out of the mean. Here it is a class like the others.",
)
def dice_loss(probabilities, labels):
    kept = labels != 255
    p, classes = probabilities[kept], probabilities.shape[-1]
    t = np.eye(classes)[labels[kept]]
    common, sizes = (p * t).sum(axis=0), (p + t).sum(axis=0)
    return float(1 - (2 * common / sizes)[1:].mean())


@dice_loss.mistake(
    "softmax once more",
    "You took the softmax of numbers that are probabilities already. Use them as they are.",
)
def dice_loss(probabilities, labels):
    kept = labels != 255
    p, classes = probabilities[kept], probabilities.shape[-1]
    t = np.eye(classes)[labels[kept]]
    p = np.exp(p) / np.exp(p).sum(axis=-1, keepdims=True)
    common, sizes = (p * t).sum(axis=0), (p + t).sum(axis=0)
    return float(1 - (2 * common / sizes).mean())


@dice_loss.mistake(
    "logarithm",
    "You took the logarithm of the score. The loss here is 1 - the score.",
)
def dice_loss(probabilities, labels):
    kept = labels != 255
    p, classes = probabilities[kept], probabilities.shape[-1]
    t = np.eye(classes)[labels[kept]]
    common, sizes = (p * t).sum(axis=0), (p + t).sum(axis=0)
    return float(-np.log(2 * common / sizes).mean())


@dice_loss.mistake(
    "brackets forgotten",
    "`2 * common / p.sum() + t.sum()` divides by the first size alone and adds the second. "
    "Put brackets around both sizes.",
)
def dice_loss(probabilities, labels):
    kept = labels != 255
    p, classes = probabilities[kept], probabilities.shape[-1]
    t = np.eye(classes)[labels[kept]]
    scores = 2 * (p * t).sum(axis=0) / p.sum(axis=0) + t.sum(axis=0)
    return float(1 - scores.mean())


@dice_loss.mistake(
    "divided by all pixels",
    "You divided by the number of pixels, so a small class hardly counts. Divide by the sizes "
    "of the class: the sum of p and the sum of t.",
)
def dice_loss(probabilities, labels):
    kept = labels != 255
    p, classes = probabilities[kept], probabilities.shape[-1]
    t = np.eye(classes)[labels[kept]]
    return float(1 - (2 * (p * t).sum(axis=0) / len(p)).mean())


@dice_loss.mistake(
    "cross-entropy",
    "That is the cross-entropy, a mean over the pixels: a class with few pixels hardly counts "
    "in it. Compute a Dice score for each class.",
)
def dice_loss(probabilities, labels):
    kept = labels != 255
    p, classes = probabilities[kept], probabilities.shape[-1]
    t = np.eye(classes)[labels[kept]]
    return float(-np.log((p * t).sum(axis=-1)).mean())


@dice_loss.mistake(
    "mean weighted by size",
    "You weighted each class by its pixels, so the thin class hardly counts again. Take the "
    "plain mean of the scores.",
)
def dice_loss(probabilities, labels):
    kept = labels != 255
    p, classes = probabilities[kept], probabilities.shape[-1]
    t = np.eye(classes)[labels[kept]]
    common, sizes = (p * t).sum(axis=0), (p + t).sum(axis=0)
    return float(1 - (2 * common / sizes * t.mean(axis=0)).sum())


@dice_loss.mistake(
    "sizes without the truth",
    "Your sizes hold what is in common twice, and not all that is true: p + p * t. Add t, the "
    "truth itself.",
)
def dice_loss(probabilities, labels):
    kept = labels != 255
    p, classes = probabilities[kept], probabilities.shape[-1]
    t = np.eye(classes)[labels[kept]]
    scores = 2 * (p * t).sum(axis=0) / (p + p * t).sum(axis=0)
    return float(1 - scores.mean())


@dice_loss.also_right
def dice_loss(probabilities, labels):
    scores = []
    for one in range(probabilities.shape[-1]):
        p, true = probabilities[..., one][labels != 255], labels[labels != 255] == one
        scores.append(2 * p[true].sum() / (p.sum() + true.sum()))
    return 1 - sum(scores) / len(scores)


@dice_loss.also_right
def dice_loss(probabilities, labels):
    valid = (labels != 255)[..., None]
    t = labels[..., None] == np.arange(probabilities.shape[-1])
    common = (probabilities * t).sum(axis=(0, 1))
    sizes = (probabilities * valid).sum(axis=(0, 1)) + t.sum(axis=(0, 1))
    return np.mean(1 - 2 * common / sizes)


@dice_loss.also_right
def dice_loss(probabilities, labels):
    p = ops.convert_to_tensor(probabilities[labels != 255], dtype="float32")
    t = ops.one_hot(ops.cast(labels[labels != 255], "int32"), p.shape[-1])
    scores = 2 * ops.sum(p * t, axis=0) / (ops.sum(p, axis=0) + ops.sum(t, axis=0))
    return float(1 - ops.mean(scores))
