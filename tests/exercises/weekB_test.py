"""The bonus's references against independent implementations, and the examples of their texts."""

import keras
import matplotlib.pyplot as plt
import numpy as np
import pytest
from scipy.special import softmax

from segcourse.exercises import weekB
from segcourse.exercises.judge import judge
from segcourse.models import deeplab_v1, dense_crf, receptive_field, without_weights
from segcourse.training.recipe import Recipe
from segcourse.training.schedule import make_schedule


def reference(name):
    return getattr(weekB, name).right.build()


# B.1


@pytest.mark.parametrize("seed", range(6))
def test_dilated_field_spans_the_inputs_that_matter(seed):
    rng = np.random.default_rng(seed)
    spans = ((1, 5), (1, 3), (1, 4))
    layers = [tuple(int(rng.integers(*span)) for span in spans) for _ in range(3)]
    layers = [(k, s, 1 if s > 1 else d) for k, s, d in layers]  # Keras takes one or the other
    rows = np.eye(150, dtype="float32")[..., None]
    for kernel, stride, dilation in layers:
        rows = keras.layers.Conv1D(
            1, kernel, stride, dilation_rate=dilation, kernel_initializer="ones", use_bias=False
        )(rows)
    seen = np.flatnonzero(keras.ops.convert_to_numpy(rows)[:, 0, 0])
    assert reference("dilated_field")(layers) == seen[-1] - seen[0] + 1


def test_dilated_field_of_deeplab():
    with without_weights():
        model = deeplab_v1(21)
    layers = []
    for convolutions in (2, 2, 3):
        layers += [(3, 1, 1)] * convolutions + [(2, 2, 1)]
    layers += [(3, 1, 1)] * 3 + [(3, 1, 1)] + [(3, 1, 2)] * 3 + [(3, 1, 1)]
    layers += [(3, 1, 12), (1, 1, 1), (1, 1, 1)]
    assert reference("dilated_field")(layers) == receptive_field(model, "fc8").size == 412


def test_dilated_field_examples():
    field = reference("dilated_field")
    assert field([(3, 1, 1), (3, 1, 2)]) == 7
    assert field([(3, 1, 1)]) == 3
    assert field([(3, 1, 1), (3, 1, 2), (3, 1, 4)]) == 15
    assert field([]) == 1


# B.2


@pytest.mark.parametrize("rate", [1, 2, 3])
def test_a_convolution_with_the_dilated_kernel_is_the_dilated_convolution(rate):
    rng = np.random.default_rng(rate)
    kernel = rng.normal(size=(3, 2)).astype("float32")
    image = rng.normal(size=(1, 11, 12, 1)).astype("float32")
    expected = keras.ops.conv(image, kernel[..., None, None], dilation_rate=rate)
    spread = reference("dilate_kernel")(kernel, rate)[..., None, None]
    came = keras.ops.conv(image, spread)
    assert came.shape == expected.shape
    np.testing.assert_allclose(np.array(came), np.array(expected), atol=1e-5)


def test_dilate_kernel_example():
    result = reference("dilate_kernel")([[1, 2], [3, 4]], 2)
    assert result.tolist() == [[1, 0, 2], [0, 0, 0], [3, 0, 4]]


def test_dilate_kernel_picture():
    wrong = next(m for m in weekB.dilate_kernel.mistakes if m.name == "zeros at the end")
    verdict = judge(weekB.dilate_kernel, wrong.build(), seed=0)
    same = next(m for m in weekB.dilate_kernel.mistakes if m.name == "kernel flipped")
    verdict = verdict if verdict.picture else judge(weekB.dilate_kernel, same.build(), seed=0)
    figure = weekB.dilate_kernel.picture(*verdict.picture)
    assert [ax.get_title() for ax in figure.axes] == ["yours", "expected"]
    plt.close(figure)


# B.3


def test_poly_rate_is_that_of_the_recipes():
    schedule = make_schedule(Recipe(learning_rate=0.01, schedule="polynomial", epochs=5), 40)
    for step in (0, 1, 77, 199, 200):
        came = reference("poly_rate")(0.01, step, 200)
        np.testing.assert_allclose(came, float(schedule(step)), rtol=1e-4, atol=1e-9)


def test_poly_rate_example():
    assert reference("poly_rate")(0.1, 30, 40, power=2) == pytest.approx(0.00625)
    assert reference("poly_rate")(0.1, 40, 40) == 0


# B.4


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
    came = reference("mean_field_step")(-np.log(q), kernel, q)
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
    came = reference("mean_field_step")(unary, np.eye(4), np.full((4, 3), 1 / 3))
    np.testing.assert_allclose(came, softmax(-unary, axis=1), atol=1e-12)


def test_mean_field_step_example():
    came = reference("mean_field_step")(
        np.zeros((2, 2)), np.ones((2, 2)), np.array([[0.5, 0.5], [1, 0]])
    )
    np.testing.assert_allclose(came, [[0.731, 0.269], [0.5, 0.5]], atol=5e-4)
