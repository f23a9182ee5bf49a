"""`multi_task_loss` against independent implementations, and the example of its text."""

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
