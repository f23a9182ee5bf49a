"""`dilated_field` against independent implementations, and the example of its text."""

import keras
import numpy as np
import pytest

from segcourse.exercises.bonus.dilated_field import dilated_field as exercise
from segcourse.models import deeplab_v1, receptive_field, without_weights

dilated_field = exercise.right.build()


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
    assert dilated_field(layers) == seen[-1] - seen[0] + 1


def test_dilated_field_of_deeplab():
    with without_weights():
        model = deeplab_v1(21)
    layers = []
    for convolutions in (2, 2, 3):
        layers += [(3, 1, 1)] * convolutions + [(2, 2, 1)]
    layers += [(3, 1, 1)] * 3 + [(3, 1, 1)] + [(3, 1, 2)] * 3 + [(3, 1, 1)]
    layers += [(3, 1, 12), (1, 1, 1), (1, 1, 1)]
    assert dilated_field(layers) == receptive_field(model, "fc8").size == 412


def test_dilated_field_examples():
    field = dilated_field
    assert field([(3, 1, 1), (3, 1, 2)]) == 7
    assert field([(3, 1, 1)]) == 3
    assert field([(3, 1, 1), (3, 1, 2), (3, 1, 4)]) == 15
    assert field([]) == 1


# What a student does in each layer -> the mistake it is taken for.
WRONG = {
    "size += (k - 1) * d * jump; jump += s": "strides added",
    "size += (k - 1) * d * jump; jump += s - 1": "strides less 1 added",
    "size += (k - 1) * d * jump; jump = s": "only the last stride",
    "size += (k - 1) * (d - 1) * jump; jump *= s": "dilation less 1",
    "size = size * (d * (k - 1) + 1)": "fields multiplied",
    "size += (d * (k - 1) + 1) * jump; jump *= s": "fields added, from 1",
    "jump *= s; size += (k - 1) * d * jump": "jump updated too early",
    "size = (size - 1) * s + d * (k - 1) + 1": "rule and order do not fit",
    "size += float((k - 1) * d * jump); jump *= s": "a float",
    "size += (k - 1) * d * jump; jump *= s; return size": "return in the loop",
}


@pytest.mark.parametrize("step", WRONG)
def test_a_likely_slip_gets_its_message(step, recognised):
    body = f"size = jump = 1\nfor k, s, d in layers:\n    {step}\nreturn size"
    recognised(exercise, body, WRONG[step], "it is|float|None")
