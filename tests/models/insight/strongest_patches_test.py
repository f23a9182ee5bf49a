import keras
import numpy as np
import pytest

from segcourse.models import small_vgg, strongest_patches


def identity_network():
    """A 3×3 convolution that gives back its input, and a pooling by 2."""
    images = keras.Input((None, None, 3))
    layer = keras.layers.Conv2D(3, 3, padding="same", use_bias=False, name="conv1")
    pooled = keras.layers.MaxPooling2D(2, name="pool1")(layer(images))
    kernel = np.zeros((3, 3, 3, 3), "float32")
    kernel[1, 1] = np.eye(3)
    layer.set_weights([kernel])
    return keras.Model(images, pooled)


def dots(*places, size=(8, 10)):
    """For each (row, column, channel, value) a dark picture with this one dot."""
    images = np.zeros((len(places), *size, 3), "float32")
    for image, (row, column, channel, value) in zip(images, places, strict=True):
        image[row, column, channel] = value
    return images


def test_the_strongest_come_first_and_are_cut_around_their_place():
    images = dots((4, 5, 1, 0.3), (2, 7, 1, 0.9), (0, 9, 1, 0.5))
    found = strongest_patches(identity_network(), images, "conv1", [1], count=3)
    assert found.images.tolist() == [[1, 2, 0]]
    np.testing.assert_allclose(found.values, [[0.9, 0.5, 0.3]])
    assert found.patches.shape == (1, 3, 3, 3, 3)
    np.testing.assert_array_equal(found.patches[0, 0], images[1, 1:4, 6:9])
    # The corner: what lies beyond the border is white.
    expected = np.ones((3, 3, 3), "float32")
    expected[1:, :2] = images[2, :2, 8:]
    np.testing.assert_array_equal(found.patches[0, 1], expected)
    assert found.corners.tolist() == [[[1, 6], [-1, 8], [3, 4]]]


def test_a_pooled_cell_shows_all_the_pixels_it_depends_on():
    images = dots((5, 6, 2, 1.0))
    found = strongest_patches(identity_network(), images, "pool1", [2], count=1)
    # Cell (2, 3) pools pixels 4 and 5, 6 and 7; the kernel reaches one further.
    np.testing.assert_array_equal(found.patches[0, 0], images[0, 3:7, 5:9])


def test_the_patch_alone_gives_the_activation():
    """Nothing beyond the receptive field matters: unpadded, the network gives one cell."""
    rng = np.random.default_rng(0)
    images = rng.random((5, 24, 24, 3), "float32")
    network = keras.Sequential(
        [
            keras.Input((None, None, 3)),
            keras.layers.Conv2D(4, 3, name="conv1"),
            keras.layers.MaxPooling2D(2, name="pool1"),
            keras.layers.Conv2D(6, 3, name="conv2"),
        ]
    )
    found = strongest_patches(network, images, "conv2", [0, 3, 5], count=4)
    for channel, patches, values in zip(found.channels, found.patches, found.values, strict=True):
        alone = keras.ops.convert_to_numpy(network(patches))
        assert alone.shape[1:3] == (1, 1)
        np.testing.assert_allclose(alone[:, 0, 0, channel], values, rtol=1e-4, atol=1e-5)


def test_cut_takes_the_same_windows():
    images = dots((4, 5, 1, 0.3), (2, 7, 1, 0.9), (0, 9, 1, 0.5))
    found = strongest_patches(identity_network(), images, "conv1", [1, 0], count=2)
    again = found.cut(images[found.images], outside=1.0)
    np.testing.assert_array_equal(again, found.patches)


def test_the_channels_that_stand_out_are_chosen():
    rng = np.random.default_rng(0)
    images = rng.random((40, 8, 8, 3), "float32") * 0.1
    images[7, 4, 4, 2] = 1.0
    assert strongest_patches(identity_network(), images, "conv1", 1, count=1).channels == (2,)
    assert strongest_patches(identity_network(), images, "conv1", 3, count=1).channels == (0, 1, 2)


def test_a_channel_that_shows_the_same_pictures_is_passed_over():
    rng = np.random.default_rng(0)
    images = rng.random((40, 8, 8, 3), "float32") * 0.1
    images[:4, 4, 4, 0] = 1.0
    images[:4, 4, 4, 2] = 0.9
    model = identity_network()
    assert strongest_patches(model, images, "conv1", 2, count=4).channels == (0, 1)
    assert strongest_patches(model, images, "conv1", 3, count=4).channels == (0, 1, 2)


def test_integers_and_batches_make_no_difference():
    rng = np.random.default_rng(1)
    images = rng.integers(0, 256, (7, 32, 32, 3)).astype("uint8")
    model = small_vgg(include_top=False)
    one = strongest_patches(model, images, "relu2_1", [3, 4], 3)
    other = strongest_patches(model, images / 255.0, "relu2_1", [3, 4], 3, batch_size=2)
    np.testing.assert_array_equal(one.images, other.images)
    np.testing.assert_allclose(one.patches, other.patches, atol=1e-6)


@pytest.mark.parametrize(
    "change, said",
    [
        ({"model": 3}, "`model` must be a keras.Model"),
        ({"images": np.zeros((3, 8, 8, 1))}, "`images` must have shape"),
        ({"images": np.full((3, 8, 8, 3), 2.0)}, "`images` must be in 0..1 where they are float"),
        ({"images": np.zeros((3, 8, 8, 3), int)}, "`images` must be uint8"),
        ({"count": 9}, "`images` must be at least `count`, 9. Received: 3 images"),
        ({"count": 0}, "`count` must be a positive integer"),
        ({"channels": [3]}, "`channels` must be numbers from 0 to 2"),
        ({"channels": []}, "`channels` must be numbers"),
        ({"channels": 4}, "`channels` must be at most 3"),
        ({"layer": "conv9"}, "`layer` must be one of the layers"),
    ],
)
def test_wrong_arguments(change, said):
    right = dict(
        model=identity_network(), images=np.zeros((3, 8, 8, 3)), layer="conv1", channels=1, count=2
    )
    with pytest.raises(ValueError, match=said):
        strongest_patches(**{**right, **change})


def test_a_layer_without_a_map():
    with pytest.raises(ValueError, match="fc6|receptive field|map"):
        strongest_patches(small_vgg(), np.zeros((3, 96, 96, 3)), "fc8", [0], 2)
