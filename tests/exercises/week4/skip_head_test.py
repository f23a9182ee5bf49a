"""`skip_head` against the networks of `models.fcn`, and answers as students write them."""

import keras
import numpy as np
import pytest
from keras import ops

from segcourse import models
from segcourse.exercises.week4.asked.skip_head import bilinear
from segcourse.exercises.week4.skip_head import skip_head as exercise
from segcourse.layers import BilinearInitializer

skip_head = exercise.right.build()
NAMES = ("score_fr", "score_pool4", "score_pool3")


def transposed(scores, times):
    return keras.layers.Conv2DTranspose(
        scores.shape[-1],
        2 * times,
        strides=times,
        padding="same",
        use_bias=False,
        kernel_initializer=BilinearInitializer(),
    )(scores)


@pytest.mark.parametrize(("count", "stride"), [(1, 32), (2, 16), (3, 8)])
def test_skip_head_gives_the_logits_of_the_built_network(count, stride):
    keras.utils.set_random_seed(stride)
    network = models.fcn("small_vgg", 3, stride, upsampling="fixed")
    scored = [network.get_layer(name) for name in NAMES[:count]]
    for layer in scored:
        layer.kernel.assign(keras.random.normal(layer.kernel.shape))
    images = np.random.default_rng(0).random((2, 64, 96, 3)).astype("float32")
    scores = [keras.Model(network.input, layer.output)(images) for layer in scored]
    expected = ops.convert_to_numpy(network(images))
    mine = ops.convert_to_numpy(skip_head(scores, 32, transposed))
    np.testing.assert_allclose(mine, expected, atol=1e-3)


@pytest.mark.parametrize("times", [1, 2, 4, 8])
def test_the_cases_enlarge_as_a_transposed_convolution(times):
    scores = np.random.default_rng(times).normal(size=(2, 2, 3, 2)).astype("float32")
    expected = scores if times == 1 else ops.convert_to_numpy(transposed(scores, times))
    np.testing.assert_allclose(bilinear(scores, times), expected, atol=1e-5)


@pytest.mark.parametrize("times", [2.0, True, "2"])
def test_the_cases_take_whole_numbers_only(times):
    with pytest.raises(TypeError, match="must be a whole number"):
        bilinear(np.zeros((1, 1, 1, 1)), times)


def test_the_cases_say_what_else_they_do_not_take():
    with pytest.raises(ValueError, match="must be 1 or more"):
        bilinear(np.zeros((1, 1, 1, 1)), 0)
    with pytest.raises(ValueError, match="four axes"):
        bilinear(np.zeros((1, 1)), 2)


# What students write: (body, the mistake it is recognised as, a part of what is said).
WRITTEN = [
    ("return enlarge(scores[0], 32)", None, ""),
    (
        "x = scores[0]\nfor s in scores[1:]:\n    x = enlarge(x, 2) + s\nreturn x",
        "not enlarged at the end",
        "",
    ),
    (
        "x = scores[0]\nfor s in scores[1:]:\n    x = enlarge(x, 2) + s\n"
        "return enlarge(x, stride / 2 ** (len(scores) - 1))",
        None,
        "must be a whole number, an int",
    ),
    (
        "a, b, c = scores\nx = enlarge(a, 2) + b\nx = enlarge(x, 2) + c\n"
        "return enlarge(x, stride // 4)",
        "three maps expected",
        "",
    ),
    (
        "return sum(enlarge(s, stride // 2**i) for i, s in enumerate(scores))",
        "each map enlarged alone",
        "",
    ),
]


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)


LOOP = "x = scores[0]\nfor s in scores[1:]:\n    x, stride = enlarge(x, 2) + s, stride // 2\n"
RIGHT = [
    LOOP + "return enlarge(x, stride)",
    LOOP + "return enlarge(x, stride).tolist()",
    "x = enlarge(scores[0], 1)\nfor s in scores[1:]:\n    x = enlarge(x, 2)\n    x += s\n"
    "return enlarge(x, stride >> (len(scores) - 1))",
]


@pytest.mark.parametrize("body", RIGHT)
def test_right_answers_in_other_forms(body, passes):
    passes(exercise, body)
