"""What every layer has to do, in one call."""

import tempfile
from pathlib import Path

import keras
import numpy as np
from keras import ops


def run_layer_test(layer_class, arguments, inputs, output_shape, trainable=0, gradient=True):
    """Hold a layer against the contract of `keras.layers.Layer`.

    Args:
        layer_class: the class.
        arguments: dict of its constructor's arguments.
        inputs: a float32 array, or a list of arrays, that it is called with.
        output_shape: the shape of its output for them.
        trainable: number of trainable weights, as variables.
        gradient: whether the output's gradient reaches the first input.
    """
    layer = layer_class(**arguments)
    output = np.array(layer(inputs))
    assert output.shape == output_shape
    assert output.dtype == "float32"
    assert np.isfinite(output).all()
    assert len(layer.trainable_variables) == trainable
    check_config(layer, arguments)
    check_shapes(layer_class, arguments, inputs, output_shape)
    check_mixed_precision(layer_class, arguments, inputs, output_shape)
    if gradient:
        check_gradient(layer, inputs)
    for policy in ("mixed_float16", "mixed_bfloat16"):
        check_compiled(layer_class(**arguments, dtype=policy), inputs)


def check_config(layer, arguments):
    """The configuration holds the arguments and makes the same layer."""
    config = layer.get_config()
    for name, value in arguments.items():
        assert np.array_equal(config[name], value) or config[name] == value, name
    again = type(layer).from_config(config)
    assert again.get_config() == config
    packed = keras.saving.serialize_keras_object(layer)
    assert packed["registered_name"] == f"segcourse>{type(layer).__name__}"


def check_shapes(layer_class, arguments, inputs, output_shape):
    """Shapes known beforehand, fixed and open, agree with what comes."""
    for open_size in (False, True):
        layer = layer_class(**arguments)
        symbols = [_symbol(array, open_size) for array in _list(inputs)]
        output = layer(symbols if isinstance(inputs, list) else symbols[0])
        for declared, size in zip(output.shape, output_shape, strict=True):
            assert declared in (None, size)
        if not open_size:
            assert output.shape[1:] == output_shape[1:]
        model = keras.Model(symbols, output)
        predicted = model.predict(inputs, verbose=0)
        np.testing.assert_allclose(predicted, np.array(layer(inputs)), atol=1e-6)
    check_saving(model, inputs)


def check_saving(model, inputs):
    """A model gives the same output once it is written to a .keras file and read back."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        model.save(path)
        again = keras.models.load_model(path)
    np.testing.assert_allclose(np.array(again(inputs)), np.array(model(inputs)), atol=1e-6)
    return again


def check_mixed_precision(layer_class, arguments, inputs, output_shape):
    layer = layer_class(**arguments, dtype="mixed_bfloat16")
    output = layer(inputs)
    assert keras.backend.standardize_dtype(output.dtype) == "bfloat16"
    assert tuple(output.shape) == output_shape
    assert all(variable.dtype == "float32" for variable in layer.trainable_variables)
    in_full = layer_class(**arguments)
    in_full(inputs)
    in_full.set_weights(layer.get_weights())
    expected = np.array(in_full(inputs))
    np.testing.assert_allclose(
        np.array(ops.cast(output, "float32")), expected, rtol=0.05, atol=0.05
    )


def check_gradient(layer, inputs):
    """The gradient of the output with respect to the first input is that of small steps."""
    first, *others = _list(inputs)
    rng = np.random.default_rng(0)
    weights = rng.normal(size=np.array(layer(inputs)).shape).astype("float32")
    direction = rng.normal(size=first.shape).astype("float32")

    def loss(x):
        return ops.sum(layer([x, *others] if others else x) * weights)

    slope = float(np.sum(gradient(loss, first) * direction))
    step = 1e-2
    measured = (loss(first + step * direction) - loss(first - step * direction)) / (2 * step)
    assert slope != 0
    np.testing.assert_allclose(slope, float(measured), rtol=0.02, atol=0.02)


def check_compiled(layer, inputs):
    """Compiled by XLA, as on a GPU, a layer behind a ReLU gives the numbers it gives uncompiled.

    Forward and backward. `layer` has the precision to test.
    """
    first, *others = _list(inputs)
    layer(inputs)

    def loss(x):
        x = ops.relu(ops.cast(x, layer.compute_dtype))
        # The mean: a sum of squares would be too large for float16 on its way back.
        return ops.mean(ops.cast(layer([x, *others] if others else x), "float32") ** 2)

    plain, compiled = (_value_and_gradient(loss, first, compiled) for compiled in (False, True))
    for a, b in zip(plain, compiled, strict=True):
        assert np.isfinite(b).all()
        np.testing.assert_allclose(b, a, rtol=0.05, atol=0.05 * np.abs(a).max())


def _value_and_gradient(loss, x, compiled):
    if keras.config.backend() == "jax":
        import jax

        function = jax.value_and_grad(loss)
        value, slope = (jax.jit(function) if compiled else function)(x)
    else:
        import tensorflow as tf

        def function(x):
            with tf.GradientTape() as tape:
                tape.watch(x)
                value = loss(x)
            return value, tape.gradient(value, x, unconnected_gradients="zero")

        value, slope = tf.function(function, jit_compile=compiled)(tf.constant(x))
    return np.array(value), np.array(slope)


def compiled(layer, x):
    """The output of a layer compiled by XLA."""
    if keras.config.backend() == "jax":
        import jax

        return np.array(jax.jit(layer)(x))
    import tensorflow as tf

    return np.array(tf.function(layer, jit_compile=True)(tf.constant(x)))


def gradient(loss, x):
    """Return the gradient of `loss(x)`, a scalar, on either backend."""
    x = ops.convert_to_tensor(x)
    if keras.config.backend() == "jax":
        import jax

        return np.array(jax.grad(loss)(x))
    import tensorflow as tf

    with tf.GradientTape() as tape:
        tape.watch(x)
        value = loss(x)
    return np.array(tape.gradient(value, x))


def _symbol(array, open_size):
    shape = [None] * (array.ndim - 2) + [array.shape[-1]] if open_size else array.shape[1:]
    return keras.Input(shape)


def _list(inputs):
    return inputs if isinstance(inputs, list) else [inputs]
