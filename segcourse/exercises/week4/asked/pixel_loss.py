"""Exercise 4.6: what is asked and right; wrong answers are in `week4/pixel_loss.py`."""

import keras
import numpy as np
from keras import ops

from segcourse.exercises.judging.exercise import Case, Exercise, close
from segcourse.texts import N_


def _cases(rng):
    cases = []
    # Shifted by 1000, every exp overflows; stretched by 1000, some probability becomes 0.
    # The same sizes every time: some backends compile a loss for each.
    for scale, shift, (height, width, classes) in (
        (1, 0, (3, 4, 5)),
        (1, 0, (5, 4, 3)),
        (1, 1000, (3, 4, 5)),
        (1000, 0, (5, 4, 3)),
    ):
        spread = np.tile(np.linspace(-2, 2, classes), (height, width, 1))
        logits = rng.permuted(spread, axis=-1) + rng.uniform(-0.2, 0.2, spread.shape)
        labels = rng.integers(0, classes, (height, width)).astype("int32")
        # Never as many void pixels in one row as in the other: the last one has none.
        labels.flat[rng.permutation((height - 1) * width)[: height * width // 4]] = 255
        # One pixel that counts is as wrong as can be, and all its logits are low.
        y, x = np.argwhere(labels != 255)[0]
        labels[y, x] = logits[y, x].argmin()
        logits[y, x] -= 2
        cases.append(((scale * logits + shift).astype("float32"), labels))
    # One class for all pixels, none of them void, and the network is sure of it: the loss is 0.
    sure = rng.integers(0, 10, (2, 3, 4)).astype("float32")
    sure[..., 1] += 2000
    # More than 255 pixels that count.
    many = rng.normal(size=(18, 17, 3)).astype("float32")
    return [*cases, (sure, np.ones((2, 3), "int32")), (many, rng.integers(0, 3, (18, 17)))]


#: Height, width, classes and void pixels: none, some, all but one; one row. Few, for the same
#: reason as above. Not one column or one class: Keras' losses take such an axis away, and are right
#: otherwise.
SHAPES = ((1, 2, 3, 1), (4, 3, 2, 0), (2, 5, 6, 3))


def _space(rng):
    height, width, classes, void = SHAPES[rng.integers(len(SHAPES))]
    kind = rng.choice(["float32", "float64"])
    scale, shift = ((1, 0), (5, 0), (1000, 0), (3, 1000), (1, -1000))[rng.integers(5)]
    logits = (scale * rng.normal(size=(height, width, classes)) + shift).astype(kind)
    if rng.random() < 0.1:
        logits[:] = 0  # a tie everywhere
    labels = rng.integers(0, classes, height * width)
    labels[:void] = 255
    labels = rng.permutation(labels).reshape(height, width)
    return Case(logits, labels.astype(rng.choice(["int32", "int64"])))


pixel_loss = Exercise(
    id="4.6",
    title=N_("Loss per pixel"),
    function="pixel_loss",
    hints=(
        N_(
            "It is the loss of classification, once for every pixel that is not void. "
            "`labels != 255` picks those pixels out of both arrays."
        ),
        N_(
            "The loss of one pixel is -log softmax = log(sum of exp(logits)) - logit of its class. "
            "exp(1000) is infinite: subtract the largest logit of the pixel from all its logits "
            "first; the loss stays the same."
        ),
        N_(
            "kept = labels != 255; scores = logits[kept] minus its max over the last axis "
            "(keepdims); then np.log(np.exp(scores).sum(-1)) minus scores at the label, and the "
            "mean of that."
        ),
    ),
    cases=_cases,
    space=_space,
    draws=10,
    compare=close(1e-4),
    points=2,
)


@pixel_loss.reference
def pixel_loss(logits, labels):
    """Give the mean multinomial logistic loss over the pixels that are not void.

    The loss of one pixel is -log(softmax(its logits)[its label]).

    Args:
        logits: float array [h, w, classes], also with values in the thousands.
        labels: int array [h, w], class ids; 255 is void and does not count.
            At least one pixel is not void.

    Returns:
        float, the mean loss per pixel that counts.

    Example:

    >>> logits = np.array([[[0.0, 0.0], [0.0, np.log(3)], [5.0, 1.0]]])
    >>> pixel_loss(logits, np.array([[0, 1, 255]]))
    0.490

    The probabilities are 1/2 and 3/4, the third pixel is void:
    (log 2 + log 4/3) / 2 = (0.693 + 0.288) / 2 = 0.490.
    """
    kept = labels != 255
    scores, classes = logits[kept], labels[kept]
    scores = scores - scores.max(axis=-1, keepdims=True)
    log_sums = np.log(np.exp(scores).sum(axis=-1))
    losses = log_sums - scores[np.arange(len(classes)), classes]
    return float(losses.mean())


@pixel_loss.also_right
def pixel_loss(logits, labels):
    log_p = logits - np.logaddexp.reduce(logits, axis=-1, keepdims=True)
    losses = [
        -log_p[y, x, labels[y, x]]
        for y in range(labels.shape[0])
        for x in range(labels.shape[1])
        if labels[y, x] != 255
    ]
    return sum(losses) / len(losses)


@pixel_loss.also_right
def pixel_loss(logits, labels):
    kept = labels != 255
    return ops.mean(
        keras.losses.sparse_categorical_crossentropy(labels[kept], logits[kept], from_logits=True)
    )


@pixel_loss.also_right
def pixel_loss(logits, labels):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=255)
    return float(loss(labels, logits))


@pixel_loss.also_right
def pixel_loss(logits, labels):
    # Class 0 stands in for void, and weighs nothing.
    kept = labels != 255
    largest = logits.max(axis=-1, keepdims=True)
    log_sums = largest + np.log(np.exp(logits - largest).sum(axis=-1, keepdims=True))
    chosen = np.take_along_axis(logits, np.where(kept, labels, 0)[..., None], axis=-1)
    return np.average((log_sums - chosen)[..., 0], weights=kept)
