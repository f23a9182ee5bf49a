import numpy as np
import pytest

from segcourse.layers import LocalResponseNormalization
from tests.layers.harness import run_layer_test

X = np.random.default_rng(0).normal(size=(2, 3, 4, 7)).astype("float32") * 20


def by_loops(x, size, bias, alpha, beta):
    result = np.empty_like(x)
    channels = x.shape[-1]
    for channel in range(channels):
        total = 0
        for other in range(max(0, channel - size // 2), min(channels, channel + size // 2 + 1)):
            total = total + x[..., other] ** 2
        result[..., channel] = x[..., channel] / (bias + alpha * total) ** beta
    return result


def test_contract():
    run_layer_test(LocalResponseNormalization, {"alpha": 0.1}, X / 20, X.shape)


@pytest.mark.parametrize("size", [1, 3, 5, 15])
def test_agrees_with_loops(size):
    output = LocalResponseNormalization(size=size, bias=1.5, alpha=0.02, beta=0.6)(X)
    np.testing.assert_allclose(np.array(output), by_loops(X, size, 1.5, 0.02, 0.6), rtol=1e-5)


def test_published_constants():
    expected = by_loops(X, 5, 2, 1e-4, 0.75)
    np.testing.assert_allclose(np.array(LocalResponseNormalization()(X)), expected, rtol=1e-5)


@pytest.mark.parametrize("size", [0, 4, -1, 2.0])
def test_wrong_size(size):
    with pytest.raises(ValueError, match="`size` must be an odd positive integer. Received"):
        LocalResponseNormalization(size=size)
