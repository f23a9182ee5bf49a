import itertools

import keras
import numpy as np
import pytest

from segcourse.layers import SubpixelConv2DTranspose
from tests.layers.harness import run_layer_test
from tests.thorough import sample

RNG = np.random.default_rng(0)
IMAGES = RNG.normal(size=(2, 4, 3, 2)).astype("float32")
#: Each is compiled on JAX, for seconds.
ON_TENSORFLOW = keras.backend.backend() == "tensorflow"
KERNELS = [1, 2, 3, 4, 5, 16] if ON_TENSORFLOW else sample([1, 4, 5], all=[1, 2, 3, 4, 5, 16])


@pytest.mark.parametrize("padding", ["valid", "same"])
def test_contract(padding):
    arguments = {"filters": 3, "kernel_size": (4, 3), "strides": (2, 3), "padding": padding}
    shape = (2, 8, 9, 3) if padding == "same" else (2, 10, 9, 3)
    run_layer_test(SubpixelConv2DTranspose, arguments, IMAGES, shape, trainable=2)


def pair(arguments, channels=2):
    """This layer and Keras' own, with the same weights."""
    ours, theirs = (
        kind(**arguments, bias_initializer="random_normal")
        for kind in (SubpixelConv2DTranspose, keras.layers.Conv2DTranspose)
    )
    for layer in (ours, theirs):
        layer.build((None, None, None, channels))
    theirs.set_weights(ours.get_weights())
    return ours, theirs


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("stride", [1, 2, 3, 8])
@pytest.mark.parametrize("kernel", KERNELS)
def test_the_numbers_of_keras(kernel, stride, padding):
    for filters, use_bias in ((1, True), (3, False)):
        ours, theirs = pair(
            dict(
                filters=filters,
                kernel_size=kernel,
                strides=stride,
                padding=padding,
                use_bias=use_bias,
            )
        )
        np.testing.assert_allclose(np.array(ours(IMAGES)), np.array(theirs(IMAGES)), atol=1e-5)


@pytest.mark.parametrize("padding", ["valid", "same"])
def test_rows_and_columns_of_their_own(padding):
    for kernel, strides in itertools.product([(1, 5), (4, 2), (3, 3)], [(2, 3), (4, 1)]):
        arguments = dict(filters=2, kernel_size=kernel, strides=strides, padding=padding)
        ours, theirs = pair({**arguments, "activation": "relu"})
        np.testing.assert_allclose(np.array(ours(IMAGES)), np.array(theirs(IMAGES)), atol=1e-5)


def test_worked_by_hand():
    layer = SubpixelConv2DTranspose(1, (1, 3), strides=(1, 2), use_bias=False)
    x = np.array([1.0, 10.0], "float32").reshape(1, 1, 2, 1)
    layer.build(x.shape)
    layer.set_weights([np.array([1.0, 2.0, 3.0]).reshape(1, 3, 1, 1)])
    # 1, 2, 3 from the first input; 10, 20, 30 from the second, two places on.
    assert np.array(layer(x)).ravel().tolist() == [1, 2, 13, 20, 30]


@pytest.mark.parametrize("padding", ["valid", "same"])
def test_a_step_of_training_ends_with_the_weights_of_keras(padding):
    ours, theirs = pair(dict(filters=2, kernel_size=6, strides=4, padding=padding))
    targets = RNG.normal(size=np.array(theirs(IMAGES)).shape).astype("float32")
    ends = []
    for layer in (ours, theirs):
        first = keras.layers.Dense(2, kernel_initializer="identity")
        model = keras.Sequential([keras.Input((None, None, 2)), first, layer])
        model.compile(keras.optimizers.SGD(0.5), "mse", jit_compile=False)
        for _ in range(3):
            model.train_on_batch(IMAGES, targets)
        ends.append(model.get_weights())
    for one, other in zip(*ends, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)


@pytest.mark.parametrize("arguments", [{"output_padding": 1, "strides": 2}, {"dilation_rate": 2}])
def test_what_is_not_computed_by_blocks_goes_the_way_of_keras(arguments):
    ours, theirs = pair({"filters": 2, "kernel_size": 3, **arguments})
    np.testing.assert_allclose(np.array(ours(IMAGES)), np.array(theirs(IMAGES)), atol=1e-6)


def test_one_pixel():
    ours, theirs = pair(dict(filters=2, kernel_size=16, strides=8, padding="same"))
    one = IMAGES[:1, :1, :1]
    np.testing.assert_allclose(np.array(ours(one)), np.array(theirs(one)), atol=1e-5)


def test_half_precision_is_computed_in_half_precision():
    layer = SubpixelConv2DTranspose(2, 4, strides=2, dtype="mixed_bfloat16")
    assert keras.backend.standardize_dtype(layer(IMAGES).dtype) == "bfloat16"
    assert keras.backend.standardize_dtype(layer.kernel.value.dtype) == "float32"


def test_one_input_copies_the_kernel():
    ours, _ = pair(dict(filters=1, kernel_size=5, strides=2, use_bias=False), channels=1)
    one = np.array(ours(np.ones((1, 1, 1, 1), "float32")))
    np.testing.assert_array_equal(one[0, ..., 0], ours.get_weights()[0][..., 0, 0])


@pytest.mark.parametrize("padding", ["same", "valid"])
def test_an_empty_batch_gives_one(padding):
    layer = SubpixelConv2DTranspose(2, 4, strides=2, padding=padding)
    whole = layer(np.zeros((1, 3, 5, 3), "float32"))
    assert tuple(layer(np.zeros((0, 3, 5, 3), "float32")).shape) == (0, *whole.shape[1:])
