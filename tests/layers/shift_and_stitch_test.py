import keras
import numpy as np
import pytest

from segcourse.layers import shift_and_stitch


def network(strides):
    """Two convolutions and two poolings, coarse or with its strides traded for dilation."""
    keras.utils.set_random_seed(3)
    rate, layers = 1, [keras.Input((None, None, 2))]
    for pool_stride in strides:
        layers.append(
            keras.layers.Conv2D(
                3, 3, dilation_rate=rate, activation="relu", bias_initializer="ones"
            )
        )
        # A pooling of stride 1 has windows of neighbours `rate` apart: a maximum of slices.
        if pool_stride == 2:
            layers.append(keras.layers.MaxPooling2D(2))
        else:
            layers.append(DilatedPooling(rate))
            rate *= 2
    layers.append(keras.layers.Conv2D(4, 2, dilation_rate=rate))
    return keras.Sequential(layers)


class DilatedPooling(keras.layers.Layer):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate

    def call(self, x):
        near, far = slice(None, -self.rate), slice(self.rate, None)
        rows = keras.ops.maximum(x[:, near], x[:, far])
        return keras.ops.maximum(rows[:, :, near], rows[:, :, far])


@pytest.mark.parametrize("size", [(18, 18), (22, 30)])
def test_equals_the_dilated_network_to_the_last_digit(size):
    """Sizes are those that the coarse network covers without a rest: 14 + 4 n."""
    rng = np.random.default_rng(0)
    images = rng.integers(0, 9, (2, *size, 2)).astype("float32")
    coarse, dense = network((2, 2)), network((1, 1))
    # Whole numbers add up without rounding, in whatever order a backend adds them.
    whole = [rng.integers(-2, 3, weight.shape) for weight in coarse.get_weights()]
    coarse.set_weights(whole)
    dense.set_weights(whole)
    stitched = np.array(shift_and_stitch(coarse, images, 4))
    padded = np.pad(images, ((0, 0), (0, 3), (0, 3), (0, 0)))
    expected = np.array(dense(padded))
    assert stitched.shape == expected.shape
    np.testing.assert_array_equal(stitched, expected)
    assert len(np.unique(expected)) > 100
    # What does not reach into the added zeros is the dilated network on the picture itself.
    inside = np.array(dense(images))
    np.testing.assert_array_equal(stitched[:, : inside.shape[1], : inside.shape[2]], inside)


def test_each_output_lies_where_its_network_looked():
    """A network that reads the first pixel of each 3 × 3 block gives the picture back."""
    images = np.arange(2 * 6 * 9.0).reshape(2, 6, 9, 1)
    stitched = shift_and_stitch(lambda x: x[:, ::3, ::3], images, 3)
    np.testing.assert_array_equal(np.array(stitched), images)


def test_shifts_bring_in_zeros_at_bottom_and_right():
    """Sums of 2 × 2 blocks, stitched, are the sums of all 2 × 2 windows."""
    images = np.arange(16.0).reshape(1, 4, 4, 1)
    sums = lambda x: x[:, ::2, ::2] + x[:, 1::2, ::2] + x[:, ::2, 1::2] + x[:, 1::2, 1::2]  # noqa: E731
    padded = np.pad(images[0, :, :, 0], ((0, 1), (0, 1)))
    expected = padded[:-1, :-1] + padded[1:, :-1] + padded[:-1, 1:] + padded[1:, 1:]
    stitched = np.array(shift_and_stitch(sums, images, 2))
    np.testing.assert_array_equal(stitched[0, :, :, 0], expected)


def test_stride_one_changes_nothing():
    images = np.ones((1, 3, 4, 2), "float32")
    np.testing.assert_array_equal(np.array(shift_and_stitch(lambda x: x, images, 1)), images)


@pytest.mark.parametrize("stride", [0, -2, 1.5])
def test_wrong_stride(stride):
    with pytest.raises(ValueError, match="`stride` must be a positive integer. Received: stride="):
        shift_and_stitch(lambda x: x, np.zeros((1, 4, 4, 1)), stride)


def test_wrong_images():
    with pytest.raises(ValueError, match=r"`images` must .* Received: shape=\(4, 4, 1\)"):
        shift_and_stitch(lambda x: x, np.zeros((4, 4, 1)), 2)
