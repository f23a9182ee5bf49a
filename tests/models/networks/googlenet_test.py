import keras
import numpy as np
import pytest

from segcourse.models import conv_layers, googlenet, receptive_field, without_weights

# Table 1 of the paper: rows and channels of what each layer gives out.
TABLE = {
    "conv1_7x7_s2": (112, 64),
    "pool1_3x3_s2": (56, 64),
    "conv2_3x3": (56, 192),
    "pool2_3x3_s2": (28, 192),
    "inception_3a": (28, 256),
    "inception_3b": (28, 480),
    "pool3_3x3_s2": (14, 480),
    "inception_4a": (14, 512),
    "inception_4b": (14, 512),
    "inception_4c": (14, 512),
    "inception_4d": (14, 528),
    "inception_4e": (14, 832),
    "pool4_3x3_s2": (7, 832),
    "inception_5a": (7, 832),
    "inception_5b": (7, 1024),
}


@pytest.fixture(scope="module")
def counted():
    with without_weights():
        return googlenet(auxiliary=True)


def test_table_1_of_the_paper(counted):
    got = {name: counted.get_layer(name).output.shape for name in TABLE}
    assert {name: (shape[1], shape[3]) for name, shape in got.items()} == TABLE


def test_published_sizes(counted):
    """Caffe's reference model has 6,998,552 weights, and 13,378,280 with its two heads."""
    head = (128 * 16 + 1) * 1024 + (1024 + 1) * 1000
    heads = (512 + 1) * 128 + (528 + 1) * 128 + 2 * head
    assert counted.count_params() == 13_378_280
    assert counted.count_params() - heads == 6_998_552
    assert counted.output_shape == [(None, 1000)] * 3
    with without_weights():
        alone = googlenet()
    assert alone.count_params() == 6_998_552
    assert len(conv_layers(alone)) == 21


def test_heads_of_the_middle(counted):
    shapes = {
        name: tuple(counted.get_layer(f"loss1_{name}").output.shape[1:])
        for name in ("ave_pool", "conv", "fc", "classifier")
    }
    assert shapes == {
        "ave_pool": (4, 4, 512),
        "conv": (4, 4, 128),
        "fc": (1024,),
        "classifier": (1000,),
    }
    assert counted.get_layer("loss2_drop_fc").rate == 0.7
    assert counted.get_layer("pool5_drop_7x7_s1").rate == 0.4


def test_names_of_a_module(counted):
    names = {layer.name for layer in counted.layers}
    branches = "1x1 3x3_reduce 3x3 5x5_reduce 5x5 pool pool_proj".split()
    assert {f"inception_{at}_{one}" for at in ("3a", "4e", "5b") for one in branches} <= names
    assert "conv2_3x3_reduce" in names and "loss3_classifier" in names


def test_any_size_without_the_top():
    with without_weights():
        model = googlenet(include_top=False)
    assert model.compute_output_shape((1, 224, 300, 3)) == (1, 7, 9, 1024)
    field = receptive_field(model)
    assert (field.size, field.stride) == (715, 32)


def test_a_module_against_its_branches():
    """Of a 1×1 picture every 3×3 and 5×5 kernel sees its middle alone."""
    model = googlenet(include_top=False)
    x = np.random.default_rng(0).normal(size=(1, 1, 1, 192)).astype("float32")
    module = keras.Model(
        model.get_layer("pool2_3x3_s2").output, model.get_layer("inception_3a").output
    )

    def branch(x, *names):
        for name in names:
            kernel, bias = map(np.array, model.get_layer(f"inception_3a_{name}").weights)
            middle = kernel[kernel.shape[0] // 2, kernel.shape[1] // 2]
            x = np.maximum(x @ middle + bias, 0)
        return x

    parts = [("1x1",), ("3x3_reduce", "3x3"), ("5x5_reduce", "5x5"), ("pool_proj",)]
    expected = np.concatenate([branch(x, *names) for names in parts], axis=-1)
    np.testing.assert_allclose(np.array(module(x)), expected, rtol=1e-4, atol=1e-5)


def test_wrong_arguments():
    with pytest.raises(ValueError, match="`auxiliary` must be False without the top"):
        googlenet(include_top=False, auxiliary=True)
    with pytest.raises(ValueError, match="`input_shape` must be known"):
        googlenet((None, 224, 3))
