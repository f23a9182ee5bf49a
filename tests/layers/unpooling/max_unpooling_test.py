import keras
import numpy as np
import pytest

from segcourse.layers import MaxPooling2DWithIndices, MaxUnpooling2D
from tests.layers import harness, pooling_by_loops

RNG = np.random.default_rng(0)
X = RNG.normal(size=(2, 7, 9, 3)).astype("float32")


@pytest.mark.parametrize("arguments", pooling_by_loops.POOLINGS)
def test_agrees_with_loops(arguments):
    """Also where the values are not those that were pooled, and a place gets several."""
    layer = MaxUnpooling2D(**arguments)
    for height, width in pooling_by_loops.SIZES:
        x = X[:, :height, :width]
        pooled, indices = pooling_by_loops.pool(x, **arguments)
        values = RNG.normal(size=pooled.shape).astype("float32")
        output = layer([values, indices, x[..., :1]])
        expected = pooling_by_loops.unpool(values, indices, (height, width))
        np.testing.assert_array_equal(np.array(output), expected)


@pytest.mark.parametrize("arguments", pooling_by_loops.POOLINGS)
def test_undoes_pooling_where_the_maxima_are(arguments):
    pooled, indices = MaxPooling2DWithIndices(**arguments)(X)
    output = np.array(MaxUnpooling2D(**arguments)([pooled, indices, X]))
    chosen = np.zeros((2, 63, 3), bool)
    np.put_along_axis(chosen, np.array(indices).reshape(2, -1, 3), True, axis=1)
    np.testing.assert_array_equal(output, np.where(chosen.reshape(X.shape), X, 0))


@pytest.mark.parametrize(
    "padding, odd, size", [("valid", (5, 7), (4, 6)), ("same", (5, 7), (6, 8))]
)
def test_size_without_a_reference(padding, odd, size):
    """The size comes back by itself when windows of 2 fill the map, and otherwise by asking."""
    pool, unpool = MaxPooling2DWithIndices(2, padding=padding), MaxUnpooling2D(2, padding=padding)
    even = X[:, :6, :8]
    np.testing.assert_array_equal(
        np.array(unpool(pool(even))), np.array(unpool([*pool(even), even]))
    )
    x = X[:, : odd[0], : odd[1]]
    assert tuple(unpool(pool(x)).shape) == (2, *size, 3)
    assert tuple(unpool([*pool(x), x]).shape) == x.shape


ARGUMENTS = {"pool_size": (3, 3), "strides": (2, 2), "padding": "same"}


def test_contract():
    """As `run_layer_test`, with an input of integers."""
    pooled, indices = pooling_by_loops.pool(X, **ARGUMENTS)
    layer = MaxUnpooling2D(**ARGUMENTS)
    harness.check_config(layer, ARGUMENTS)
    inputs = [pooled, indices, X]
    harness.check_mixed_precision(MaxUnpooling2D, ARGUMENTS, inputs, X.shape)
    harness.check_gradient(layer, inputs)
    expected = pooling_by_loops.unpool(pooled, indices, (7, 9))
    for shape in (X.shape[1:], (None, None, 3)):
        symbol = keras.Input(shape)
        output = layer([*MaxPooling2DWithIndices(**ARGUMENTS)(symbol), symbol])
        assert output.shape == symbol.shape
        model = keras.Model(symbol, output)
        np.testing.assert_array_equal(model.predict(X, verbose=0), expected)
    harness.check_saving(model, X)


def test_open_sizes_without_a_reference():
    symbol = keras.Input((None, None, 3))
    output = MaxUnpooling2D(2)(MaxPooling2DWithIndices(2)(symbol))
    assert output.shape == (None, None, None, 3)
    model = keras.Model(symbol, output)
    for height, width in [(6, 8), (2, 4), (4, 4)]:
        x = X[:, :height, :width]
        expected = pooling_by_loops.unpool(*pooling_by_loops.pool(x, (2, 2)), (height, width))
        np.testing.assert_array_equal(model.predict(x, verbose=0), expected)


def test_gradient_comes_from_the_place():
    pooled, indices = pooling_by_loops.pool(X, (2, 2))
    weights = RNG.normal(size=X.shape).astype("float32")
    layer = MaxUnpooling2D(2)
    found = harness.gradient(
        lambda values: keras.ops.sum(layer([values, indices, X]) * weights), pooled
    )
    expected = np.take_along_axis(weights.reshape(2, -1, 3), indices.reshape(2, -1, 3), axis=1)
    np.testing.assert_allclose(found, expected.reshape(pooled.shape), atol=1e-6)


def test_outside_its_window_is_dropped():
    values, indices = np.ones((1, 1, 2, 1), "float32"), np.array([2, 3]).reshape(1, 1, 2, 1)
    output = MaxUnpooling2D(2)([values, indices])
    np.testing.assert_array_equal(np.array(output).ravel(), [0, 0, 0, 1, 0, 0, 0, 0])


def test_wrong_inputs():
    pooled, indices = pooling_by_loops.pool(X, (2, 2))
    layer = MaxUnpooling2D(2)
    with pytest.raises(ValueError, match="`inputs` must be maps .*shape=.3, 4, 3. for its indices"):
        layer([pooled, indices[0]])
    for wrong in (indices[:, :2], indices[..., :1]):
        with pytest.raises(ValueError, match="`indices` must have the shape of the pooled map"):
            layer([pooled, wrong])
    with pytest.raises(ValueError, match="`indices` must be integers. Received: dtype=.*float32"):
        layer([pooled, indices.astype("float32")])
    with pytest.raises(ValueError, match=r"`reference` must .* pooled to \(3, 4\). Received: \(8"):
        layer([pooled, indices, np.zeros((2, 8, 9, 3), "float32")])


@pytest.mark.parametrize("name", ["pool_size", "strides"])
@pytest.mark.parametrize("value", [0, -1, 1.5, (2, 0), (1, 2, 3), "2"])
def test_wrong_sizes(name, value):
    with pytest.raises(ValueError, match=f"`{name}` must be a positive integer.*{name}="):
        MaxUnpooling2D(**{name: value})


@pytest.mark.parametrize("padding", ["full", "VALID", 1, None])
def test_wrong_padding(padding):
    with pytest.raises(ValueError, match='`padding` must be "valid" or "same". Received: padding='):
        MaxUnpooling2D(padding=padding)


@pytest.mark.skipif(keras.config.backend() != "tensorflow", reason="TFLite is TensorFlow's")
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_pooling_and_its_way_back_are_exported():
    images = keras.Input((8, 8, 2))
    pooled, indices = MaxPooling2DWithIndices(2)(images)
    model = keras.Model(images, MaxUnpooling2D(2)([pooled, indices, images]))
    x = np.random.default_rng(0).random((1, 8, 8, 2)).astype("float32")
    import tensorflow as tf

    call = tf.function(lambda t: model(t)).get_concrete_function(tf.TensorSpec(x.shape, "float32"))
    lite = tf.lite.Interpreter(
        model_content=tf.lite.TFLiteConverter.from_concrete_functions([call]).convert()
    )
    lite.allocate_tensors()
    lite.set_tensor(lite.get_input_details()[0]["index"], x)
    lite.invoke()
    got = lite.get_tensor(lite.get_output_details()[0]["index"])
    np.testing.assert_array_equal(got, np.array(model(x)))
