"""`mean_field_step` against independent implementations, and the example of its text."""

import numpy as np
import pytest
from scipy.special import softmax

from segcourse.exercises.bonus.mean_field_step import mean_field_step as exercise
from segcourse.models import dense_crf

mean_field_step = exercise.right.build()


def test_mean_field_step_is_a_step_of_the_dense_crf():
    rng = np.random.default_rng(0)
    image = rng.integers(0, 256, (3, 4, 3)).astype("uint8")
    probabilities = rng.dirichlet(np.ones(3), (3, 4))
    places = np.stack(np.mgrid[:3, :4], axis=-1).reshape(-1, 2).astype(float)
    far = ((places[:, None] - places) ** 2).sum(axis=-1)
    kernel = np.exp(-far / (2 * 1.5**2))
    sums = kernel.sum(axis=1)
    kernel = 2.0 * kernel / np.sqrt(np.outer(sums, sums))
    q = probabilities.reshape(-1, 3)
    came = mean_field_step(-np.log(q), kernel, q)
    expected = dense_crf(
        image,
        probabilities,
        iterations=1,
        appearance_weight=0,
        smoothness_weight=2.0,
        smoothness_distance=1.5,
    )
    np.testing.assert_allclose(came, expected.reshape(-1, 3), atol=1e-5)


def test_mean_field_step_without_neighbours_is_the_softmax():
    unary = np.random.default_rng(0).normal(size=(4, 3))
    came = mean_field_step(unary, np.eye(4), np.full((4, 3), 1 / 3))
    np.testing.assert_allclose(came, softmax(-unary, axis=1), atol=1e-12)


def test_mean_field_step_example():
    came = mean_field_step(np.zeros((2, 2)), np.ones((2, 2)), np.array([[0.5, 0.5], [1, 0]]))
    np.testing.assert_allclose(came, [[0.731, 0.269], [0.5, 0.5]], atol=5e-4)


STEP = """
k = kernel.copy()
np.fill_diagonal(k, 0)
cost = unary + {pairs}
p = np.exp(-cost)
return {result}
"""


def step(pairs="k @ (1 - q)", result="p / p.sum(axis=1, keepdims=True)"):
    return STEP.format(pairs=pairs, result=result)


# What students write, in a form that is not the catalogue's -> the mistake it is taken for.
WRONG = {
    "product of single numbers": step("k * (1 - q)"),
    "product of single numbers, own pixel too": step("kernel * (1 - q)"),
    "its own neighbour": step("np.dot(kernel, 1 - q)"),
    "order of the product": step("(1 - q) @ k"),
    "sum without keepdims": step(result="p / np.sum(p, -1)"),
    "mean over all pixels": step("(k @ (1 - q)) / len(k)"),
    "mean over the other pixels": step("(k @ (1 - q)) / max(1, len(k) - 1)"),
    "costs returned": step(result="cost"),
    "labels returned": step(result="p.argmax(1)"),
    "not scaled": step(result="p"),
}


@pytest.mark.parametrize("mistake", WRONG)
def test_a_likely_slip_gets_its_message(mistake, recognised):
    recognised(exercise, WRONG[mistake], mistake, "differ|shape|raised|dtype")


def test_a_kernel_that_was_changed_is_told(recognised):
    body = step("kernel @ (1 - q)").replace("fill_diagonal(k,", "fill_diagonal(kernel,")
    recognised(exercise, body, None, "changed its input `kernel`")
