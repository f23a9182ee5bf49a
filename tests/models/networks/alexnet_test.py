import numpy as np
import pytest

from segcourse.models import alexnet, receptive_field, without_weights


def test_published_sizes():
    """Caffe's reference model, by hand: (k² · c / groups + 1) · filters of each layer."""
    by_hand = (
        (11**2 * 3 + 1) * 96
        + (5**2 * 48 + 1) * 256
        + (3**2 * 256 + 1) * 384
        + (3**2 * 192 + 1) * 384
        + (3**2 * 192 + 1) * 256
        + (6**2 * 256 + 1) * 4096
        + (4096 + 1) * 4096
        + (4096 + 1) * 1000
    )
    with without_weights():
        model = alexnet()
    assert model.count_params() == by_hand == 60_965_224
    sizes = {layer.name: layer.output.shape[1] for layer in model.layers}
    names = ("conv1", "pool1", "norm1", "conv2", "pool2", "norm2", "conv5", "pool5")
    assert [sizes[name] for name in names] == [55, 27, 27, 27, 13, 13, 13, 6]
    assert model.output_shape == (None, 1000)


def test_field_of_the_last_pooling():
    """11 + 2·4 + 4·8 + 2·8 + 3 · 2·16 + 2·16 pixels, every 32."""
    with without_weights():
        field = receptive_field(alexnet(include_top=False))
    assert (field.size, field.stride) == (195, 32)


def test_groups_see_half_of_the_channels():
    model = alexnet((67, 67, 3), include_top=False)
    layer = model.get_layer("conv4")
    x = np.random.default_rng(0).normal(size=(1, 3, 3, 384)).astype("float32")
    changed = x.copy()
    changed[..., 192:] = 0
    difference = np.abs(np.array(layer(x)) - np.array(layer(changed))).max(axis=(0, 1, 2))
    assert not difference[:192].any() and difference[192:].all()


# Caffe rounds up: 227 → 55 → 27 → 13 → 6, and 300 → 73 → 36 → 18 → 9 (by hand).
@pytest.mark.parametrize("size, rows", [(227, 6), (300, 9), (99, 2)])
def test_any_size_without_the_top(size, rows):
    with without_weights():
        model = alexnet(include_top=False)
    assert model.compute_output_shape((1, size, 227, 3)) == (1, rows, 6, 256)


def test_wrong_arguments():
    with pytest.raises(ValueError, match="`input_shape` must be known"):
        alexnet((None, None, 3))
    with pytest.raises(ValueError, match="`num_classes` must be a positive integer"):
        alexnet(num_classes=0)
