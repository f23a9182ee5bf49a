import keras
import numpy as np
import pytest
from keras import ops

from segcourse.training import CaffeSGD


def numbers(variable):
    return ops.convert_to_numpy(variable)


def test_three_steps_by_hand():
    kernel = keras.Variable([2.0], name="kernel")
    bias = keras.Variable([2.0], name="bias")
    optimizer = CaffeSGD(0.1, momentum=0.5, weight_decay=0.25, bias_rate=2.0)
    gradients = [ops.convert_to_tensor([1.0]), ops.convert_to_tensor([1.0])]
    # kernel: v = 0.5 v - 0.1 (1 + 0.25 w);  bias: v = 0.5 v - 0.2
    # step 1: v = -0.15,     w = 1.85       v = -0.2,  b = 1.8
    # step 2: v = -0.22125,  w = 1.62875    v = -0.3,  b = 1.5
    # step 3: v = -0.25134375, w = 1.37740625   v = -0.35, b = 1.15
    for expected in ([1.85, 1.8], [1.62875, 1.5], [1.37740625, 1.15]):
        optimizer.apply(gradients, [kernel, bias])
        assert float(numbers(kernel)[0]) == pytest.approx(expected[0], abs=1e-6)
        assert float(numbers(bias)[0]) == pytest.approx(expected[1], abs=1e-6)


def test_without_its_own_ways_it_is_keras_sgd():
    one, other = (keras.Variable([[1.0, -2.0]], name="kernel") for _ in range(2))
    ours = CaffeSGD(0.3, momentum=0.9, weight_decay=0.0, bias_rate=1.0)
    theirs = keras.optimizers.SGD(0.3, momentum=0.9)
    for step in range(3):
        gradient = ops.convert_to_tensor([[1.0 + step, 0.5]])
        ours.apply([gradient], [one])
        theirs.apply([gradient], [other])
    np.testing.assert_array_equal(numbers(one), numbers(other))


def test_biases_of_real_layers_go_twice_as_fast():
    keras.utils.set_random_seed(0)
    inputs = keras.Input((3,))
    model = keras.Model(inputs, keras.layers.Dense(1, name="fc7")(inputs))
    kernel, bias = (numbers(weight) for weight in model.trainable_variables)
    model.compile(CaffeSGD(0.1, momentum=0.0, weight_decay=0.0), "mse")
    x, y = np.ones((2, 3), "float32"), np.full((2, 1), 5, "float32")
    model.fit(x, y, verbose=0, batch_size=2)
    moved = [numbers(now) - old for now, old in zip(model.weights, (kernel, bias), strict=True)]
    # Inputs are 1, so the gradients of the kernel and of the bias are the same number.
    np.testing.assert_allclose(moved[1][0], 2 * moved[0][0, 0], rtol=1e-5)


def one_step(**options):
    """How far each variable of two dense layers moves in a step, by layer and name."""
    keras.utils.set_random_seed(0)
    names = ("fc7", "fc8_1")
    model = keras.Sequential([keras.Input((3,)), *(keras.layers.Dense(2, name=n) for n in names)])
    before = [numbers(weight) for weight in model.trainable_variables]
    model.compile(CaffeSGD(1e-3, momentum=0.0, **options), "mse", jit_compile=False)
    model.fit(np.ones((2, 3), "float32"), np.full((2, 2), 5, "float32"), verbose=0)
    after = zip(model.trainable_variables, before, strict=True)
    return {tuple(var.path.split("/")[-2:]): numbers(var) - old for var, old in after}


def test_a_layer_that_is_named_goes_faster():
    plain = one_step(weight_decay=0.5, bias_rate=2.0)
    faster = one_step(weight_decay=0.5, bias_rate=2.0, layer_rates={"fc8": 10.0, "fc": 3.0})
    # The longest name counts; decay and the rate of biases are multiplied with it.
    for layer, factor in {"fc7": 3.0, "fc8_1": 10.0}.items():
        for name in ("kernel", "bias"):
            moved, expected = faster[layer, name], factor * plain[layer, name]
            np.testing.assert_allclose(moved, expected, rtol=1e-3, atol=1e-6)


def test_a_layer_that_is_not_there_is_named():
    with pytest.raises(ValueError, match="beginning of their names: fc7, fc8_1. Received: 'fc9'"):
        one_step(layer_rates={"fc9": 10.0})


def test_config_comes_back():
    optimizer = CaffeSGD(0.01, momentum=0.8, weight_decay=2e-4, bias_rate=3.0, layer_rates={"a": 2})
    again = keras.optimizers.deserialize(keras.optimizers.serialize(optimizer))
    assert isinstance(again, CaffeSGD)
    assert again.get_config() == optimizer.get_config()
    assert (again.penalty, again.bias_rate, again.momentum) == (2e-4, 3.0, 0.8)
