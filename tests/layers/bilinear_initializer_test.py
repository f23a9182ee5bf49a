import keras
import numpy as np
import pytest

from segcourse.layers import BilinearInitializer


def kernel(size, channels=1):
    return np.array(BilinearInitializer()((size, size, channels, channels)))


@pytest.mark.parametrize(
    "size, tent",
    [(1, [1]), (2, [0.5, 0.5]), (3, [0.5, 1, 0.5]), (4, [0.25, 0.75, 0.75, 0.25])],
)
def test_small_kernels_by_hand(size, tent):
    np.testing.assert_allclose(kernel(size)[:, :, 0, 0], np.outer(tent, tent))


@pytest.mark.parametrize("size", [4, 5, 16, 64])
def test_reference_formula(size):
    """The `upsample_filt` of the reference implementation, written out with loops."""
    factor = (size + 1) // 2
    centre = factor - 1 if size % 2 == 1 else factor - 0.5
    for row in range(size):
        for column in range(size):
            expected = (1 - abs(row - centre) / factor) * (1 - abs(column - centre) / factor)
            assert kernel(size)[row, column, 0, 0] == pytest.approx(expected)


def test_channels_do_not_mix():
    values = kernel(4, channels=3)
    for out in range(3):
        for into in range(3):
            expected = kernel(4)[:, :, 0, 0] if out == into else 0
            np.testing.assert_array_equal(values[:, :, out, into], expected * np.ones((4, 4)))


@pytest.mark.parametrize("factor", [2, 4, 8])
def test_interpolates_like_resizing(factor):
    """Away from the border the layer is bilinear resizing on the half-pixel grid."""
    x = np.random.default_rng(0).normal(size=(1, 5, 6, 2)).astype("float32")
    layer = keras.layers.Conv2DTranspose(
        2,
        2 * factor,
        strides=factor,
        padding="same",
        use_bias=False,
        kernel_initializer=BilinearInitializer(),
    )
    resized = keras.ops.image.resize(x, (5 * factor, 6 * factor), interpolation="bilinear")
    inside = (slice(None), slice(factor, -factor), slice(factor, -factor))
    np.testing.assert_allclose(np.array(layer(x))[inside], np.array(resized)[inside], atol=1e-5)


def test_dtype_follows_the_request():
    values = BilinearInitializer()((4, 4, 2, 2), dtype="float16")
    assert keras.backend.standardize_dtype(values.dtype) == "float16"
    assert keras.backend.standardize_dtype(BilinearInitializer()((2, 2, 1, 1)).dtype) == "float32"


def test_serialization():
    packed = keras.saving.serialize_keras_object(BilinearInitializer())
    assert packed["registered_name"] == "segcourse>BilinearInitializer"
    assert isinstance(keras.saving.deserialize_keras_object(packed), BilinearInitializer)


@pytest.mark.parametrize("shape", [(4, 3, 2, 2), (4, 4, 2), (4, 4, 2, 3)])
def test_wrong_shapes(shape):
    with pytest.raises(ValueError, match=r"`shape` must .* Received: shape=\(4"):
        BilinearInitializer()(shape)
