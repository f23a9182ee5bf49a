"""The count of operations, against counts by hand and against TensorFlow's profiler."""

import keras
import pytest

from segcourse.training.measure.flops import count_flops


def tensorflow_profile(model, shape, kinds=("Conv2D", "MatMul", "DepthwiseConv2dNative")):
    """What TensorFlow's own profiler counts for operations of these kinds."""
    import tensorflow as tf
    from tensorflow.python.profiler.model_analyzer import profile
    from tensorflow.python.profiler.option_builder import ProfileOptionBuilder

    call = tf.function(lambda x: model(x, training=False))
    graph = call.get_concrete_function(tf.TensorSpec((1, *shape), tf.float32)).graph
    options = ProfileOptionBuilder(ProfileOptionBuilder.float_operation())
    options = options.with_empty_output().with_accounted_types(list(kinds))
    return profile(graph, cmd="op", options=options.build()).total_float_ops


def small_net():
    """Convolutions of every kind, one of them in a model within the model."""
    images = keras.Input((None, None, 3))
    x = keras.layers.Conv2D(8, 3, padding="same")(images)
    x = keras.layers.BatchNormalization()(x)
    x = keras.layers.Conv2D(8, 3, strides=2, groups=2, dilation_rate=1)(x)
    inner = keras.Sequential([keras.Input((None, None, 8)), keras.layers.Conv2D(6, 1)])
    x = inner(x)
    x = keras.layers.DepthwiseConv2D(3, depth_multiplier=2)(x)
    x = keras.layers.SeparableConv2D(5, 3, padding="same")(x)
    x = keras.layers.Conv2DTranspose(4, 4, strides=2, padding="same")(x)
    return keras.Model(images, keras.layers.Dense(2)(x))


def test_every_kind_by_hand():
    flops = count_flops(small_net(), (13, 15, 3))
    # 13×15, then 6×7, then 4×5, doubled to 8×10
    expected = [
        2 * 13 * 15 * 9 * 3 * 8,
        2 * 6 * 7 * 9 * 4 * 8,
        2 * 6 * 7 * 8 * 6,
        2 * 4 * 5 * 9 * 12,
        2 * 4 * 5 * (9 * 12 + 12 * 5),
        2 * 4 * 5 * 16 * 5 * 4,
        2 * 8 * 10 * 4 * 2,
    ]
    assert list(flops.layers.values()) == expected
    assert flops.inference == sum(expected)
    assert flops.training == 3 * sum(expected) - expected[0]
    assert flops.uncounted == ()


def with_layers_of_keras(model):
    """The model with Keras' own transposed convolutions, which TensorFlow counts as such."""

    def clone(layer):
        transposed = isinstance(layer, keras.layers.Conv2DTranspose)
        kind = keras.layers.Conv2DTranspose if transposed else type(layer)
        return kind.from_config(layer.get_config())

    return keras.models.clone_model(model, clone_function=clone)


def test_tensorflow_counts_the_same():
    if keras.config.backend() != "tensorflow":
        pytest.skip("TensorFlow's profiler sees TensorFlow's graphs only")
    from segcourse.models import VGGConfig, fcn

    tiny = VGGConfig(((3, 1),) * 5, (4, 8, 8, 8, 8), dense=16)
    model, shape = with_layers_of_keras(fcn(tiny, 3, stride=8)), (40, 52, 3)
    kinds = ("Conv2D", "Conv2DBackpropInput")
    assert count_flops(model, shape).inference == tensorflow_profile(model, shape, kinds)
    # A transposed convolution without padding is estimated there, from the size it gives.
    model = with_layers_of_keras(fcn(tiny, 3, stride=8, geometry="original"))
    layers = count_flops(model, shape).layers.items()
    plain = sum(count for name, count in layers if not name.startswith("upscore"))
    assert plain == tensorflow_profile(model, shape)
    plain = keras.Sequential(
        [
            keras.Input((None, None, 3)),
            keras.layers.Conv2D(8, 3, strides=2),
            keras.layers.DepthwiseConv2D(3),
            # Of a dense layer on maps Keras before 3.11 makes an operation not counted there.
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(2),
        ]
    )
    assert count_flops(plain, (31, 33, 3)).inference == tensorflow_profile(plain, (31, 33, 3))


def test_a_frozen_layer_has_no_gradient_and_what_is_above_it_none_of_its_input():
    layers = [keras.layers.Conv2D(4, 1, name=name) for name in "abc"]
    model = keras.Sequential([keras.Input((2, 2, 4)), *layers])
    one = 2 * 4 * 16
    assert count_flops(model, (2, 2, 4)).training == (2 + 3 + 3) * one
    layers[0].trainable = False
    assert count_flops(model, (2, 2, 4)).training == (1 + 2 + 3) * one
    layers[0].trainable, layers[1].trainable = True, False
    assert count_flops(model, (2, 2, 4)).training == (2 + 2 + 3) * one


def test_layers_within_a_layer_and_layers_used_twice():
    class Pair(keras.layers.Layer):
        def __init__(self):
            super().__init__()
            self.conv = keras.layers.Conv2D(3, 1, name="shared")

        def call(self, x):
            return self.conv(self.conv(x))

        def compute_output_shape(self, shape):
            return shape

    model = keras.Sequential([keras.Input((2, 2, 3)), Pair()])
    assert count_flops(model, (2, 2, 3)).layers == {"shared": 2 * (2 * 4 * 9)}
    assert "call" not in vars(model.layers[0].conv)  # nothing is left behind


def test_what_is_not_known_is_said():
    query = keras.Input((4, 8))
    model = keras.Model(query, keras.layers.LSTM(3, name="memory")(query))
    flops = count_flops(model, (4, 8))
    assert flops.inference == 0 and flops.uncounted != ()


def test_in_words():
    model = keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Conv2D(100, 3)])
    assert str(count_flops(model, (8, 8, 3))) == "194 kFLOP an image, 389 kFLOP with its gradients"


def test_what_is_no_model_is_named():
    with pytest.raises(ValueError, match="`model` must be a keras.Model"):
        count_flops(abs, (8, 8, 3))


def test_an_open_size_is_named():
    model = keras.Sequential([keras.Input((None, None, 3)), keras.layers.Conv2D(1, 3)])
    with pytest.raises(ValueError, match="`image_shape` must be .*Received: image_shape=None"):
        count_flops(model, (None, 8, 3))
