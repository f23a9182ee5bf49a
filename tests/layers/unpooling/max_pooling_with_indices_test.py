import keras
import numpy as np
import pytest

from segcourse.layers import MaxPooling2DWithIndices
from tests.layers import harness, pooling_by_loops

RNG = np.random.default_rng(0)
X = RNG.normal(size=(2, 7, 9, 3)).astype("float32")
# Few values: nearly every window has several maxima.
TIES = RNG.integers(-1, 2, (2, 7, 9, 3)).astype("float32")


@pytest.mark.parametrize("arguments", pooling_by_loops.POOLINGS)
def test_agrees_with_loops_and_keras(arguments):
    layer = MaxPooling2DWithIndices(**arguments)
    for height, width in pooling_by_loops.SIZES:
        for x in (X[:, :height, :width], TIES[:, :height, :width]):
            pooled, indices = (np.array(output) for output in layer(x))
            expected = pooling_by_loops.pool(x, **arguments)
            np.testing.assert_array_equal(pooled, expected[0])
            np.testing.assert_array_equal(indices, expected[1])
            np.testing.assert_array_equal(pooled, keras.layers.MaxPooling2D(**arguments)(x))
            assert indices.dtype == "int32"


def test_contract():
    """What `run_layer_test` asks of a layer with one output, asked of one with two."""
    arguments = {"pool_size": (3, 2), "strides": (2, 2), "padding": "same"}
    layer = MaxPooling2DWithIndices(**arguments)
    harness.check_config(layer, arguments)
    expected = pooling_by_loops.pool(X, **arguments)
    for shape in (X.shape[1:], (None, None, 3)):
        symbol = keras.Input(shape)
        pooled, indices = layer(symbol)
        assert (pooled.dtype, indices.dtype) == ("float32", "int32")
        assert pooled.shape == indices.shape
        assert pooled.shape == (None, *((4, 5) if shape[0] else (None, None)), 3)
        model = keras.Model(symbol, [pooled, pooled * 1, indices])
        for output, value in zip(model.predict(X, verbose=0)[::2], expected, strict=True):
            np.testing.assert_array_equal(output, value)
    places = keras.Model(symbol, keras.ops.cast(indices, "float32"))
    harness.check_saving(places, X)


def test_gradient_goes_to_the_first_maximum():
    for arguments in pooling_by_loops.POOLINGS[:4:3]:
        for x in (X, TIES):
            pooled, indices = pooling_by_loops.pool(x, **arguments)
            weights = RNG.integers(1, 9, pooled.shape).astype("float32")
            layer = MaxPooling2DWithIndices(**arguments)
            found = harness.gradient(lambda x: keras.ops.sum(layer(x)[0] * weights), x)  # noqa: B023
            expected = np.zeros((2, 63, 3), "float32")
            for b, i, j, c in np.ndindex(pooled.shape):
                expected[b, indices[b, i, j, c], c] += weights[b, i, j, c]
            np.testing.assert_allclose(found, expected.reshape(x.shape), atol=1e-5)


def test_low_precision_finds_the_same_places():
    """Compiled as well: values are compared as they were rounded."""
    x = RNG.normal(size=(2, 32, 32, 3)).astype("float32")
    symbol = keras.Input((32, 32, 3))
    layer = MaxPooling2DWithIndices(2, dtype="mixed_bfloat16")
    pooled, indices = layer(keras.layers.Rescaling(1.5)(symbol))
    assert (pooled.dtype, indices.dtype) == ("bfloat16", "int32")
    rounded = keras.ops.cast(keras.ops.cast(x * 1.5, "bfloat16"), "float32")
    expected = pooling_by_loops.pool(np.array(rounded), (2, 2))
    pooled, indices = keras.Model(symbol, [pooled, indices]).predict(x, verbose=0)
    np.testing.assert_array_equal(indices, expected[1])
    np.testing.assert_array_equal(pooled.astype("float32"), expected[0])


@pytest.mark.parametrize("name", ["pool_size", "strides"])
@pytest.mark.parametrize("value", [0, -1, 1.5, (2, 0), (1, 2, 3), "2"])
def test_wrong_sizes(name, value):
    with pytest.raises(ValueError, match=f"`{name}` must be a positive integer.*{name}="):
        MaxPooling2DWithIndices(**{name: value})


@pytest.mark.parametrize("padding", ["full", "VALID", 1, None])
def test_wrong_padding(padding):
    with pytest.raises(ValueError, match='`padding` must be "valid" or "same". Received: padding='):
        MaxPooling2DWithIndices(padding=padding)


def test_map_smaller_than_a_window():
    with pytest.raises(ValueError, match=r"`inputs` must be at least .* Received: \(7, 9\)"):
        MaxPooling2DWithIndices((8, 2))(X)
    with pytest.raises(ValueError, match="`inputs` must be at least"):
        MaxPooling2DWithIndices((2, 10))(keras.Input((7, 9, 3)))
