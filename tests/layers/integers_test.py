"""Integer images, NumPy's integers and one tensor for two, in all layers where that may come."""

import numpy as np
import pytest

from segcourse import layers

BYTES = np.random.default_rng(0).integers(0, 256, (2, 8, 8, 3)).astype("uint8")


@pytest.mark.parametrize("dtype", ["uint8", "int32"])
@pytest.mark.parametrize(
    "make",
    [
        layers.CaffePreprocessing,
        layers.LocalResponseNormalization,
        lambda: layers.RandomElasticDeformation(2.0, seed=1),
        lambda: layers.BilinearUpsampling2D(2),
    ],
)
def test_integers_are_the_floats_they_stand_for(make, dtype):
    wanted = np.array(make()(BYTES.astype("float32")))
    got = np.array(make()(BYTES.astype(dtype)))
    assert got.dtype == "float32"
    np.testing.assert_array_equal(got, wanted)


def test_a_dict_of_integer_images_is_bent_as_floats():
    masks = np.random.default_rng(1).integers(0, 3, (2, 8, 8))
    bend = layers.RandomElasticDeformation(3.0, seed=1)
    both = bend({"images": BYTES, "segmentation_masks": masks})
    assert np.array(both["images"]).dtype == "float32"
    same = bend({"images": BYTES, "segmentation_masks": masks}, training=False)
    np.testing.assert_array_equal(np.array(same["images"]), BYTES.astype("float32"))


def test_integers_of_numpy_are_taken():
    images = np.arange(32, dtype="float32").reshape(1, 4, 4, 2)
    assert layers.CropToMatch(np.int64(1)).offset == (1, 1)
    assert layers.CropToMatch((np.uint8(1), 0)).offset == (1, 0)
    assert layers.LocalResponseNormalization(np.int32(3)).size == 3
    stitched = layers.shift_and_stitch(lambda x: x[:, ::2, ::2], images, np.int64(2))
    np.testing.assert_array_equal(np.array(stitched), images)


@pytest.mark.parametrize("layer", [layers.CropToMatch(), layers.MaxUnpooling2D()])
def test_one_tensor_is_not_two(layer):
    x = np.zeros((2, 4, 4, 1), "float32")
    for wrong in (x, [x], [x] * 4):
        with pytest.raises(ValueError, match="`inputs` must be a list of the .* Received"):
            layer(wrong)
    with pytest.raises(ValueError, match="`inputs` must be maps .* shape=.4, 4. for"):
        layer([x, np.zeros((4, 4), "int32")])


@pytest.mark.parametrize("mean", [None, 3.0, (1, 2), "abc", (1, 2, None)])
def test_means_are_three_numbers(mean):
    with pytest.raises(ValueError, match="`mean` must be three numbers"):
        layers.CaffePreprocessing(mean=mean)
