"""Week 4's references against independent implementations, and the examples of their texts."""

import re
import textwrap

import keras
import matplotlib.pyplot as plt
import numpy as np
import pytest
from keras import ops
from scipy.special import logsumexp

from segcourse.exercises import week4
from segcourse.exercises.judge import judge

# (kernel, stride, padding); the dense layers stand as the convolutions they become.
ALEXNET = [
    *[(11, 4, 0), (3, 2, 0)],
    *[(5, 1, 2), (3, 2, 0)],
    *[(3, 1, 1), (3, 1, 1), (3, 1, 1), (3, 2, 0)],
    *[(6, 1, 0), (1, 1, 0), (1, 1, 0)],
]
VGG16 = [
    *[(3, 1, 1)] * 2 + [(2, 2, 0)],
    *[(3, 1, 1)] * 2 + [(2, 2, 0)],
    *[(3, 1, 1)] * 3 + [(2, 2, 0)],
    *[(3, 1, 1)] * 3 + [(2, 2, 0)],
    *[(3, 1, 1)] * 3 + [(2, 2, 0)],
    *[(7, 1, 0), (1, 1, 0), (1, 1, 0)],
]


def reference(name):
    return getattr(week4, name).right.build()


def layers_of(rng, length):
    return [tuple(int(rng.integers(*span)) for span in ((1, 6), (1, 4))) for _ in range(length)]


def drawn(exercise, mistake):
    """The picture a student sees after this wrong answer."""
    wrong = next(answer for answer in exercise.mistakes if answer.name == mistake)
    return exercise.picture(*judge(exercise, wrong.build(), seed=0).picture)


# 4.1


def test_the_convolution_is_the_dense_layer_at_every_place():
    rng = np.random.default_rng(0)
    height, width, channels, units = 2, 3, 4, 5
    dense = rng.normal(size=(height * width * channels, units)).astype("float32")
    convolution = keras.layers.Conv2D(units, (height, width), use_bias=False)
    convolution.build((None, None, None, channels))
    convolution.set_weights([reference("dense_to_conv")(dense, height, width)])
    image = rng.normal(size=(1, 4, 6, channels)).astype("float32")
    heat_map = ops.convert_to_numpy(convolution(image))
    assert heat_map.shape == (1, 3, 4, units)
    for y, x in np.ndindex(3, 4):
        flat = keras.layers.Flatten()(image[:, y : y + height, x : x + width])
        expected = ops.convert_to_numpy(flat) @ dense
        np.testing.assert_allclose(heat_map[:, y, x], expected, rtol=1e-4, atol=1e-4)


def test_the_lectures_2560_weights_stay_2560():
    kernel = np.arange(4 * 4 * 16 * 10).reshape(-1, 10)
    result = reference("dense_to_conv")(kernel, 4, 4)
    assert result.shape == (4, 4, 16, 10)
    assert len(np.unique(result)) == 2560


def test_dense_to_conv_example():
    result = reference("dense_to_conv")(np.arange(1, 7).reshape(6, 1), 1, 3)
    assert result.tolist() == [[[[1], [2]], [[3], [4]], [[5], [6]]]]


# 4.2


@pytest.mark.parametrize("seed", range(10))
def test_output_size_agrees_with_keras(seed):
    rng = np.random.default_rng(seed)
    size = int(rng.integers(150, 250))
    layers = [(k, s, int(rng.integers(0, 4))) for k, s in layers_of(rng, 4)]
    shape = (None, size, size, 1)
    for kernel, stride, padding in layers:
        shape = keras.layers.ZeroPadding2D(padding).compute_output_shape(shape)
        shape = keras.layers.Conv2D(1, kernel, stride).compute_output_shape(shape)
    assert reference("output_size")(size, layers) == shape[1] == shape[2]


@pytest.mark.parametrize(
    ("size", "layers", "expected"),
    [
        (227, ALEXNET[:1], 55),
        (227, ALEXNET[:4], 13),
        (227, ALEXNET[:8], 6),
        (227, ALEXNET, 1),
        (500, ALEXNET, 9),  # 10 in Caffe, whose pooling rounds up
        (224, VGG16[:-3], 7),
        (224, VGG16, 1),
        (500, [(3, 1, 100), *VGG16[1:]], 15),  # 16 in Caffe, for the same reason
    ],
)
def test_output_size_of_published_networks(size, layers, expected):
    assert reference("output_size")(size, layers) == expected


def test_output_size_example():
    assert reference("output_size")(8, [(3, 2, 1)]) == 4
    assert reference("output_size")(8, [(3, 2, 1), (2, 2, 0)]) == 2


# 4.3


@pytest.mark.parametrize("seed", range(6))
def test_receptive_field_spans_the_inputs_that_matter(seed):
    layers = layers_of(np.random.default_rng(seed), 4)
    # Each input pixel alone is 1 in a row of its own; kernels of ones pass on whether it is seen.
    # 400 exceeds the largest field: 1 + 4 * (1 + 3 + 9 + 27) = 161.
    rows = np.eye(400, dtype="float32")[..., None]
    for kernel, stride in layers:
        rows = keras.layers.Conv1D(1, kernel, stride, kernel_initializer="ones", use_bias=False)(
            rows
        )
    seen = np.flatnonzero(ops.convert_to_numpy(rows)[:, 0, 0])
    # A kernel smaller than its stride leaves holes; the field is the window around all of it.
    assert reference("receptive_field")(layers) == seen[-1] - seen[0] + 1


@pytest.mark.parametrize(
    ("network", "expected"),
    [(ALEXNET, 355), (VGG16, 404), (VGG16[:-3], 212), (VGG16[:3], 6), (ALEXNET[:2], 19)],
)
def test_receptive_field_of_published_networks(network, expected):
    layers = [(kernel, stride) for kernel, stride, _ in network]
    assert reference("receptive_field")(layers) == expected


def test_receptive_field_example():
    assert reference("receptive_field")([(3, 1), (2, 2), (3, 1)]) == 8


# 4.4


@pytest.mark.parametrize("offset", [0, 5, 9])
def test_fuse_agrees_with_keras(offset):
    rng = np.random.default_rng(offset)
    coarse = rng.normal(size=(2, 4, 6, 3)).astype("float32")
    skip = rng.normal(size=(2, offset + 4 + 2, offset + 6 + 3, 3)).astype("float32")
    cropped = keras.layers.Cropping2D(((offset, 2), (offset, 3)))(skip)
    expected = ops.convert_to_numpy(keras.layers.Add()([cropped, coarse]))
    np.testing.assert_array_equal(reference("fuse")(coarse, skip, offset), expected)


def test_fuse_example():
    skip = np.array([[1, 2, 3, 4], [5, 6, 7, 8]]).reshape(1, 2, 4, 1)
    coarse = np.array([[10, 20]]).reshape(1, 1, 2, 1)
    assert reference("fuse")(coarse, skip, 1).ravel().tolist() == [16, 27]


@pytest.mark.parametrize(
    ("mistake", "named"),
    [
        ("centred crop", ["asked for", "yours", "both"]),
        ("not added", ["asked for"]),
        ("concatenated", ["asked for"]),
    ],
)
def test_fuse_picture_names_the_crops_it_can_tell(mistake, named):
    figure = drawn(week4.fuse, mistake)
    legend = figure.axes[0].get_legend()
    assert [text.get_text() for text in legend.get_texts()] == named
    plt.close(figure)


# 4.5


@pytest.mark.parametrize("stride", [1, 2, 3])
def test_interlace_agrees_with_a_loop_over_the_pixels(stride):
    height, width = 2, 5
    outputs = np.random.default_rng(stride).normal(size=(stride * stride, height, width))
    result = reference("interlace")(outputs, stride)
    assert result.shape == (height * stride, width * stride)
    for row, column in np.ndindex(result.shape):
        shift = row % stride * stride + column % stride
        assert result[row, column] == outputs[shift, row // stride, column // stride]


def test_interlace_undoes_taking_every_second_pixel():
    full = np.arange(4 * 6).reshape(4, 6)
    outputs = np.stack([full[dy::2, dx::2] for dy in range(2) for dx in range(2)])
    np.testing.assert_array_equal(reference("interlace")(outputs, 2), full)


def test_interlace_example():
    outputs = np.array([[[1, 2]], [[3, 4]], [[5, 6]], [[7, 8]]])
    assert reference("interlace")(outputs, 2).tolist() == [[1, 3, 2, 4], [5, 7, 6, 8]]


@pytest.mark.parametrize("mistake", ["side by side", "averaged", "rows and columns swapped"])
def test_interlace_picture_shows_both_results(mistake):
    figure = drawn(week4.interlace, mistake)
    assert [ax.get_title() for ax in figure.axes] == ["yours", "expected"]
    plt.close(figure)


# 4.6


@pytest.mark.parametrize("scale", [1, 1000])
def test_pixel_loss_agrees_with_scipy_and_keras(scale):
    rng = np.random.default_rng(scale)
    logits = (scale * rng.normal(size=(4, 5, 3))).astype("float32")
    labels = rng.integers(0, 3, (4, 5))
    labels[1, 2:] = labels[3, 0] = 255
    result = reference("pixel_loss")(logits, labels)

    losses = [
        logsumexp(logits[y, x].astype("float64")) - logits[y, x, labels[y, x]]
        for y, x in np.argwhere(labels != 255)
    ]
    assert len(losses) == 16
    assert result == pytest.approx(np.mean(losses), rel=1e-5)

    total = keras.losses.SparseCategoricalCrossentropy(
        from_logits=True, ignore_class=255, reduction="sum"
    )
    assert result == pytest.approx(float(total(labels, logits)) / 16, rel=1e-5)


def test_pixel_loss_example():
    logits = np.array([[[0, 0], [0, np.log(3)], [5, 1]]])
    result = reference("pixel_loss")(logits, np.array([[0, 1, 255]]))
    assert result == pytest.approx(0.490, abs=5e-4)
    assert isinstance(result, float)


# 4.7

# Two steps worked by hand: gradients 0.5 and -1, rate 0.1, momentum 0.9, decay 0.1, from weight 1
# and velocity 0. Weight: 0.1 * (0.5 + 0.1) = 0.06; 0.9 * 0.06 + 0.1 * (-1 + 0.094) = -0.0366.
# Bias: 0.2 * 0.5 = 0.1; 0.9 * 0.1 + 0.2 * -1 = -0.11.
BY_HAND = {False: [(0.94, 0.06), (0.9766, -0.0366)], True: [(0.9, 0.1), (1.01, -0.11)]}


@pytest.mark.parametrize("is_bias", [False, True])
def test_two_steps_worked_by_hand(is_bias):
    step = reference("sgd_step")
    weight, velocity = 1.0, 0.0
    for gradient, expected in zip((0.5, -1.0), BY_HAND[is_bias], strict=True):
        weight, velocity = step(weight, gradient, velocity, 0.1, 0.9, 0.1, is_bias)
        assert (weight, velocity) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("is_bias", [False, True])
def test_sgd_step_agrees_with_keras(is_bias):
    rng = np.random.default_rng(0)
    weight, velocity = rng.normal(size=5).astype("float32"), np.zeros(5, "float32")
    variable = keras.Variable(weight)
    # Keras has neither this decay nor a rate for biases: both are put in from outside.
    optimizer = keras.optimizers.SGD(0.2 if is_bias else 0.1, momentum=0.8)
    for _ in range(3):
        gradient = rng.normal(size=5).astype("float32")
        decay = 0 if is_bias else 0.3 * ops.convert_to_numpy(variable.value)
        optimizer.apply([ops.convert_to_tensor(gradient + decay)], [variable])
        weight, velocity = reference("sgd_step")(weight, gradient, velocity, 0.1, 0.8, 0.3, is_bias)
        np.testing.assert_allclose(
            weight, ops.convert_to_numpy(variable.value), rtol=1e-5, atol=1e-6
        )


def test_sgd_step_defaults_are_the_published_ones():
    weight, velocity = reference("sgd_step")(2.0, 0.0, 1.0, 0.1)
    assert velocity == pytest.approx(0.9 + 0.1 * 5e-4 * 2)
    assert weight == pytest.approx(2 - velocity)


def test_sgd_step_example():
    step = reference("sgd_step")
    assert step(1, 0.5, 0.2, 0.1, decay=0.1) == pytest.approx((0.76, 0.24))
    assert step(1, 0.5, 0.2, 0.1, decay=0.1, is_bias=True) == pytest.approx((0.72, 0.28))


# What students write: (function, body, the mistake it is recognised as, a part of what is said).
# None: the answer has a message of its own kind, and no mistake is put into the student's mouth.

PARAMETERS = {
    "dense_to_conv": "kernel, height, width",
    "output_size": "size, layers",
    "receptive_field": "layers",
    "fuse": "coarse, skip, offset",
    "interlace": "outputs, stride",
    "pixel_loss": "logits, labels",
    "sgd_step": "weight, gradient, velocity, rate, momentum=0.9, decay=5e-4, is_bias=False",
}
LOSS = """\
kept = labels != 255
x, y = logits[kept], labels[kept]
m = x.max(-1, keepdims=True)
"""
WRITTEN = [
    # 4.1
    ("dense_to_conv", "return np.reshape(kernel, [4, 4, 16, 10])", "sizes typed in", ""),
    (
        "dense_to_conv",
        "return kernel.reshape(height, width, int(1e6), -1)",
        None,
        "line 2 of your cell, .* raised ValueError: cannot reshape array of size",
    ),
    (
        "dense_to_conv",
        "c = kernel.shape[0] / height / width\nreturn np.reshape(kernel, (height, width, c, -1))",
        "channels as a float",
        "",
    ),
    # 4.2
    (
        "output_size",
        "for k, p, s in layers:\n    size = int((size - k + 2 * p) / s) + 1\nreturn size",
        "stride and padding swapped, divided with /",
        "raised ZeroDivisionError: division by zero",
    ),
    (
        "output_size",
        "for k, s, p in layers:\n    size = -(-size // s)\nreturn size",
        "size over stride, rounded up",
        "",
    ),
    (
        "output_size",
        "for k, s, p in layers:\n    size = (size - k + 2 * p) // s + 1\nreturn size, s",
        None,
        r"you returned 2 values \(a tuple\); one number is expected",
    ),
    (
        "output_size",
        "return [(size - k + 2 * p) // s + 1 for k, s, p in layers + layers]",
        None,
        r"one number was expected, 2 values \(a list\) came",
    ),
    # 4.3
    (
        "receptive_field",
        "r = j = 1\nfor k, s in layers:\n    r += (k - 1) * j\n    j *= s\nreturn [r, j]",
        "field and jump returned",
        r"2 values \(a list\)",
    ),
    (
        "receptive_field",
        "r = j = 1\nfor k, s in layers:\n    r = r + (k - 1) * j\n    j = j * s\nreturn r / 1",
        "field as a float",
        r"a whole number \(int\) was expected, the float \d+\.0 came",
    ),
    # 4.4
    ("fuse", "h, w = coarse.shape\nreturn coarse", "four axes unpacked into two names", ""),
    ("fuse", "b, h, w = coarse.shape\nreturn coarse", "four axes unpacked into two names", ""),
    ("fuse", "return skip + coarse", "sizes do not match", ""),
    (
        "fuse",
        "return ops.convert_to_tensor(skip) + coarse",
        "sizes do not match, with keras.ops",
        "",
    ),
    (
        "fuse",
        "return coarse + skip[:, offset : coarse.shape[1], offset : coarse.shape[2]]",
        "slice ends at the height",
        "",
    ),
    (
        "fuse",
        "return coarse + skip[:, 1:, 1:]",
        None,
        "raised ValueError: operands could not be broadcast",
    ),
    (
        "fuse",
        "_, h, w, _ = coarse.shape\nfull = np.zeros_like(skip)\n"
        "full[:, offset : offset + h, offset : offset + w] = coarse\nreturn full + skip",
        "whole skip returned",
        "has the shape",
    ),
    # 4.5
    (
        "interlace",
        "n, h, w = outputs.shape\n"
        "return np.stack(list(outputs), -1).reshape(h * stride, w * stride)",
        "shifts as the last axes",
        "",
    ),
    (
        "interlace",
        "n, h, w = outputs.shape\nreturn outputs.reshape(stride, h, w, -1)[0]",
        None,
        "has the shape",
    ),
    # 4.6
    (
        "pixel_loss",
        LOSS + "p = x - m - np.log(np.exp(x - m).sum(-1, keepdims=True))\n"
        "return -p[np.arange(labels.size), y].mean()",
        "positions of all pixels",
        "raised IndexError: shape mismatch",
    ),
    (
        "pixel_loss",
        "p = logits - np.log(np.exp(logits).sum(-1, keepdims=True))\n"
        "return -p[np.arange(3), labels.ravel()].mean()",
        None,
        "raised IndexError",
    ),
    (
        "pixel_loss",
        LOSS + "return (np.log(np.exp(x - m).sum(-1)) - x[np.arange(len(y)), y]).mean()",
        "largest logit subtracted in the sum only",
        "",
    ),
    (
        "pixel_loss",
        LOSS
        + "e = np.exp(x - m)\np = e / e.sum(-1)\nreturn -np.log(p[np.arange(len(y)), y]).mean()",
        "keepdims missing",
        "",
    ),
    (
        "pixel_loss",
        "loss = keras.losses.SparseCategoricalCrossentropy(ignore_class=255)\n"
        "return float(loss(labels, logits))",
        "Keras' loss on probabilities",
        "",
    ),
    # 4.7
    (
        "sgd_step",
        "velocity = momentum * velocity + rate * gradient\nreturn weight - velocity, velocity",
        None,
        "the new weight is .*, expected",
    ),
    (
        "sgd_step",
        "return {'weight': weight}",
        None,
        r"2 values are expected \(the new weight, the new velocity\)",
    ),
    (
        "sgd_step",
        "if is_bias:\n    rate, decay = 2 * rate, 0\nweight = weight - velocity\n"
        "velocity = velocity * momentum + (gradient + weight * decay) * rate\n"
        "return np.array([weight, velocity])",
        "weight changed before the velocity",
        "the new weight",
    ),
]


@pytest.mark.parametrize(("name", "body", "mistake", "said"), WRITTEN)
@pytest.mark.parametrize("seed", [0, 1])
def test_answers_as_students_write_them(name, body, mistake, said, seed, student):
    function = student(f"def {name}({PARAMETERS[name]}):\n" + textwrap.indent(body, "    "), name)
    exercise = getattr(week4, name)
    verdict = judge(exercise, function, seed)
    assert verdict.mistake == mistake, verdict.message
    first, second = verdict.message.splitlines()
    assert re.search(said, first), first
    messages = {m.name: m.message for m in exercise.mistakes}
    assert second == messages.get(mistake, f'hint("{exercise.id}") may help.')


def test_texts_keep_to_the_words_of_the_notebook():
    said = [m.message for m in week4.receptive_field.mistakes]
    said += [*week4.receptive_field.hints, week4.receptive_field.right.source]
    assert not [text for text in said if "distance" in text]
    assert "dense map" not in week4.interlace.right.source
