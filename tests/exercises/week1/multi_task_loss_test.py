"""`multi_task_loss` against others, its example, and what students write."""

import keras
import numpy as np
import pytest
from keras import ops
from scipy.special import log_softmax

from segcourse.exercises.week1.multi_task_loss import multi_task_loss as exercise

multi_task_loss = exercise.right.build()


@pytest.mark.parametrize("scale", [1, 1000])
def test_multi_task_loss_agrees_with_scipy_and_keras(scale):
    rng = np.random.default_rng(scale)
    logits, box, true_box = scale * rng.normal(size=4), rng.random(4), rng.random(4)
    result = multi_task_loss(logits, 2, box, true_box, 1.5)
    assert result == pytest.approx(
        -log_softmax(logits)[2] + 1.5 * ((box - true_box) ** 2).sum(), rel=1e-9
    )
    labels = np.array([2])
    by_keras = keras.losses.sparse_categorical_crossentropy(labels, logits[None], from_logits=True)
    squares = keras.losses.mean_squared_error(true_box[None], box[None])
    assert result == pytest.approx(float(ops.sum(by_keras + 1.5 * 4 * squares)), rel=1e-4)


def test_multi_task_loss_example():
    result = multi_task_loss(
        np.array([0, np.log(3)]), 1, np.array([0, 0, 4, 2]), np.array([1, 0, 4, 4]), 0.1
    )
    assert result == pytest.approx(0.788, abs=5e-4)


# Wrong answers that no case told from the right one once.
REFUSED = [
    """z = logits - logits[label]
return np.log(np.sum(np.exp(z))) + weight * ((box - true_box) ** 2).sum()""",
    """z = logits - logits.max()
return np.log(np.exp(z).sum()) - z[label] + weight * np.sum(np.maximum(true_box - box, 0) ** 2)""",
    """p = np.exp(logits - logits.max())
return -np.log(p[label] / p.sum()) + weight * ((box - true_box) ** 2).sum()""",
]

# Wrong answers as students write them, and the mistake that is recognised.
SAID = [
    (
        "log10 of the softmax",
        """p = np.exp(logits - logits.max())
p = p / p.sum()
return -np.log10(p[label]) + weight * ((box - true_box) ** 2).sum()""",
    ),
    (
        "log10 of the sum",
        """z = logits - logits.max()
return np.log10(np.exp(z).sum()) - z[label] + weight * ((box - true_box) ** 2).sum()""",
    ),
    (
        "logit of the true class subtracted",
        """z = logits - logits[label]
return np.log(np.sum(np.exp(z))) + weight * ((box - true_box) ** 2).sum()""",
    ),
    (
        "exp overflows, without a division",
        """loss = np.log(np.exp(logits).sum()) - logits[label]
return loss + weight * ((box - true_box) ** 2).sum()""",
    ),
    (
        "exp overflows",
        """p = np.exp(logits) / np.exp(logits).sum()
return -np.log(p[label]) + weight * ((box - true_box) ** 2).sum()""",
    ),
    (
        "1e-7 added",
        """p = np.exp(logits - logits.max())
return -np.log(p[label] / p.sum() + 1e-7) + weight * ((box - true_box) ** 2).sum()""",
    ),
    (
        "Keras without from_logits",
        """loss = keras.losses.sparse_categorical_crossentropy(np.array([label]), logits[None])
return float(loss[0]) + weight * ((box - true_box) ** 2).sum()""",
    ),
    (
        "log10",
        """z = logits - logits.max()
loss = (np.log(np.exp(z).sum()) - z[label]) / np.log(10)
return loss + weight * ((box - true_box) ** 2).sum()""",
    ),
    (
        "largest logit taken for the true class",
        """z = logits - logits.max()
return np.log(np.exp(z).sum()) - z.max() + weight * ((box - true_box) ** 2).sum()""",
    ),
    (
        "logits clipped",
        """z = np.clip(logits, -700, 700)
return np.log(np.exp(z).sum()) - z[label] + weight * ((box - true_box) ** 2).sum()""",
    ),
    (
        "logits divided by the largest",
        """z = logits / max(logits)
return np.log(np.exp(z).sum()) - z[label] + weight * ((box - true_box) ** 2).sum()""",
    ),
    (
        "an array with one number",
        """z = np.array([logits - logits.max()])
return np.log(np.exp(z).sum(axis=1)) - z[:, label] + weight * ((box - true_box) ** 2).sum()""",
    ),
]


@pytest.mark.parametrize("body", REFUSED)
@pytest.mark.parametrize("seed", range(4))
def test_multi_task_loss_refuses_by_its_cases(refused_by_cases, body, seed):
    refused_by_cases(exercise, body, seed)


@pytest.mark.parametrize("mistake, body", SAID)
def test_multi_task_loss_says_what_was_done(recognised, mistake, body):
    recognised(exercise, body, mistake, "multi_task_loss")
