"""`dice_loss` against the loss of the course and loops, and the example of its text."""

import numpy as np
import pytest

from segcourse.exercises.week7.dice_loss import dice_loss as exercise
from segcourse.training import DiceLoss

dice_loss = exercise.right.build()


@pytest.mark.parametrize("seed", range(5))
def test_it_agrees_with_the_loss_of_the_course(seed):
    rng = np.random.default_rng(seed)
    logits = rng.normal(0, 2, (7, 9, 4))
    labels = rng.integers(0, 4, (7, 9)).astype("uint8")
    labels[rng.random(labels.shape) < 0.2] = 255
    powers = np.exp(logits)
    got = dice_loss(powers / powers.sum(axis=-1, keepdims=True), labels)
    wanted = DiceLoss()(labels[None], logits[None].astype("float32"))
    assert got == pytest.approx(float(wanted), rel=1e-5)


def test_it_agrees_with_loops():
    rng = np.random.default_rng(9)
    probabilities = rng.dirichlet((1, 1, 1), (5, 6))
    labels = rng.choice(np.array([0, 1, 2, 255], "uint8"), (5, 6))
    scores = []
    for one in range(3):
        common = size = 0.0
        for y, x in np.argwhere(labels != 255):
            common += probabilities[y, x, one] * (labels[y, x] == one)
            size += probabilities[y, x, one] + (labels[y, x] == one)
        scores.append(2 * common / size)
    assert dice_loss(probabilities, labels) == pytest.approx(1 - np.mean(scores))


def test_dice_loss_example():
    probabilities = np.array([[[0.8, 0.2], [0.6, 0.4], [0.6, 0.4], [0.1, 0.9]]])
    assert dice_loss(probabilities, np.array([[0, 0, 1, 255]], "uint8")) == pytest.approx(0.45)


# What students write: (body, the mistake it is recognised as, a part of what is said).
KEPT = "kept = labels != 255\np = probabilities[kept]\nt = np.eye(p.shape[-1])[labels[kept]]\n"
WRITTEN = [
    (
        "t = np.eye(probabilities.shape[-1])[labels]\n"
        "return 1 - 2 * (probabilities * t).sum() / (probabilities + t).sum()",
        "void not removed",
        "",
    ),
    (KEPT + "return np.mean(2 * (p * t).sum(0) / (p + t).sum(0))", "the score", ""),
    (KEPT + "return 1 - np.mean((p * t).sum(0) / (p + t - p * t).sum(0))", "IoU", ""),
    (KEPT + "return 1 - 2 * np.sum(p * t) / (np.sum(p) + np.sum(t))", "all classes in one", ""),
    (
        KEPT + "hard = np.eye(p.shape[-1])[np.argmax(p, -1)]\n"
        "return 1 - np.mean(2 * (hard * t).sum(0) / (hard + t).sum(0))",
        "argmax first",
        "",
    ),
    (
        "losses = []\nfor c in range(probabilities.shape[-1]):\n"
        "    p, t = probabilities[..., c], labels == c\n"
        "    losses.append(1 - 2 * (p * t).sum() / (p.sum() + t.sum()))\n"
        "return sum(losses) / len(losses)",
        "void kept",
        "",
    ),
    (KEPT + "return list(1 - 2 * (p * t).sum(0) / (p + t).sum(0))", "a loss for each class", ""),
]


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)
