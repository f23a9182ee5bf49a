"""`pixel_loss` against independent implementations, and the example of its text."""

import keras
import numpy as np
import pytest
from scipy.special import logsumexp

from segcourse.exercises.week4.pixel_loss import pixel_loss as exercise

pixel_loss = exercise.right.build()


LOSS = """\
kept = labels != 255
x, y = logits[kept], labels[kept]
m = x.max(-1, keepdims=True)
"""
SOFTMAX = """\
e = np.exp(x - m)
p = (e / e.sum(-1, keepdims=True))[np.arange(len(y)), y]
"""
MEAN = "return float((np.log(np.exp(x).sum(-1)) - x[np.arange(len(y)), y]).mean())"


@pytest.mark.parametrize("scale", [1, 1000])
def test_pixel_loss_agrees_with_scipy_and_keras(scale):
    rng = np.random.default_rng(scale)
    logits = (scale * rng.normal(size=(4, 5, 3))).astype("float32")
    labels = rng.integers(0, 3, (4, 5))
    labels[1, 2:] = labels[3, 0] = 255
    result = pixel_loss(logits, labels)

    losses = [
        logsumexp(logits[y, x].astype("float64")) - logits[y, x, labels[y, x]]
        for y, x in np.argwhere(labels != 255)
    ]
    assert len(losses) == 16
    assert result == pytest.approx(np.mean(losses), rel=1e-5)

    total = keras.losses.SparseCategoricalCrossentropy(
        from_logits=True, ignore_class=255, reduction="sum"
    )
    assert result == pytest.approx(float(total(labels, logits)) / 16, rel=1e-5)


def test_pixel_loss_example():
    logits = np.array([[[0, 0], [0, np.log(3)], [5, 1]]])
    result = pixel_loss(logits, np.array([[0, 1, 255]]))
    assert result == pytest.approx(0.490, abs=5e-4)
    assert isinstance(result, float)


# What students write: (body, the mistake it is recognised as, a part of what is said).
WRITTEN = [
    (
        LOSS + "p = x - m - np.log(np.exp(x - m).sum(-1, keepdims=True))\n"
        "return -p[np.arange(labels.size), y].mean()",
        "positions of all pixels",
        "raised IndexError: shape mismatch",
    ),
    (
        "p = logits - np.log(np.exp(logits).sum(-1, keepdims=True))\n"
        "return -p[np.arange(3), labels.ravel()].mean()",
        "rows and columns of the map counted",
        "raised IndexError",
    ),
    (
        LOSS + "return (np.log(np.exp(x - m).sum(-1)) - x[np.arange(len(y)), y]).mean()",
        "largest logit subtracted in the sum only",
        "",
    ),
    (
        LOSS
        + "e = np.exp(x - m)\np = e / e.sum(-1)\nreturn -np.log(p[np.arange(len(y)), y]).mean()",
        "keepdims missing",
        "",
    ),
    (
        "loss = keras.losses.SparseCategoricalCrossentropy(ignore_class=255)\n"
        "return float(loss(labels, logits))",
        "Keras' loss on probabilities",
        "",
    ),
    (LOSS + SOFTMAX + "return float(-np.log(p.mean()))", "mean of the probabilities", ""),
    (LOSS + SOFTMAX + "return float(-np.log(p + 1e-7).mean())", "probability clipped", ""),
    (LOSS + SOFTMAX + "return float(-np.log10(p).mean())", "log10", ""),
    (LOSS + "x = x - x.max(0)\n" + MEAN, "largest logit over the pixels", ""),
    (LOSS + "x = x / m\n" + MEAN, "divided by the largest logit", ""),
    (LOSS + "x = x - x[np.arange(len(y)), y][:, None]\n" + MEAN, "log of 0", "inf"),
    (LOSS + "x = x - m\n" + MEAN.replace(".mean()", "").replace("float", ""), "not averaged", ""),
    (
        "losses = np.zeros(labels.shape)\nfor i, j in np.argwhere(labels < 255):\n"
        "    z = logits[i, j] - logits[i, j].max()\n"
        "    losses[i, j] = np.log(sum(np.exp(z))) - z[labels[i, j]]\nreturn losses",
        "a map of losses",
        "one number was expected, an array of shape",
    ),
    (
        "labels[labels == 255] = 0\n"
        "loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)\n"
        "return float(loss(labels, logits))",
        None,
        "changed its input `labels`",
    ),
]


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)


RIGHT = [
    LOSS + "x = x - m\n" + MEAN,
    "from scipy.special import logsumexp\n"
    + LOSS
    + "return np.mean(logsumexp(x, axis=-1) - x[np.arange(len(y)), y])",
    "loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=255)\n"
    "return loss(labels, logits)",
    LOSS + "p = ops.convert_to_numpy(ops.log_softmax(x))\nreturn -p[range(len(y)), y].mean()",
]


@pytest.mark.parametrize("body", RIGHT)
def test_right_answers_in_other_forms(body, passes):
    passes(exercise, body)
