"""What the text of week 6 says of its figures and numbers."""

import numpy as np
import pytest
from keras import ops
from scipy import ndimage

from segcourse import data, models
from segcourse.elastic import displacements
from segcourse.models.insight.receptive_field import reach


@pytest.fixture(scope="module")
def cells():
    return data.cells(160, seed=6)


def test_the_encoder_saves_memory():
    with models.without_weights():
        published = models.unet(2, (572, 572, 1), padding="valid")
    sizes = {
        name: published.get_layer(name).output.shape[1:]
        for name in ("down1_conv1", "down1_conv2", "down1_pool", "bottom_conv2", "logits")
    }
    assert sizes["down1_conv1"] == (570, 570, 64)
    assert sizes["down1_pool"] == (284, 284, 64)
    assert sizes["logits"] == (388, 388, 2)
    assert np.prod(sizes["bottom_conv2"]) == 802_816
    assert np.prod(sizes["down1_conv2"]) == 20_647_936


def test_an_odd_side_is_filled_up_and_cut_again():
    model = models.unet(2, (75, 101, 1), depth=3, base_channels=2)
    assert model.get_layer("down1_pool").output.shape[1] == 38
    assert model.get_layer("up1_upconv").output.shape[1] == 76
    assert model.output_shape[1:3] == (75, 101)


def test_how_far_the_small_unpadded_network_sees():
    model = models.unet(2, (84, 84, 1), depth=2, base_channels=8, padding="valid", dropout=0)
    lost = 20
    assert model.output_shape[1] == 84 - 2 * lost
    # Output i lies on pixel i + 20.
    before, behind = reach(model)
    assert max(before + lost, behind - lost) == 23


def test_the_middle_of_the_image_moves_by_the_middle_number():
    coarse = np.random.default_rng(2).normal(size=(1, 2, 3, 3)).astype("float32")
    places = np.linspace(0, 2, 129, dtype="float32")[None]
    field = ops.convert_to_numpy(displacements(coarse, places, places, ops))[0]
    np.testing.assert_allclose(field[:, 64, 64], coarse[0, :, 1, 1], atol=1e-6)


def test_narrow_gaps_separate_neighbouring_cells(cells):
    widths = []
    for instances in cells[2][:8]:
        for number in range(1, instances.max() + 1):
            away = ndimage.distance_transform_edt(instances != number)
            others = [
                away[instances == other].min() for other in range(number + 1, instances.max() + 1)
            ]
            widths += [distance - 1 for distance in others if distance < 4]
    # Never none; measured along the straight way, mostly one or two pixels.
    assert min(widths) > 0.4
    assert np.mean(np.array(widths) <= 2.3) > 0.8


def test_the_border_term_lights_up_in_the_gaps(cells):
    instances = cells[2][0]
    balance = data.separation_weights(instances, w0=0)
    weights = data.separation_weights(instances)
    assert balance.mean() == pytest.approx(1, abs=1e-5)
    inside, border = instances > 0, weights - balance
    assert not border[inside].any()
    assert 1 < weights[inside].max() < 1.3
    away = np.sort(
        [
            ndimage.distance_transform_edt(instances != number)
            for number in range(1, instances.max() + 1)
        ],
        axis=0,
    )[:2].sum(axis=0)
    assert border[~inside & (away < 4)].min() > border[~inside & (away >= 4)].max()
    assert 9 < weights[~inside & (away < 3)].mean() < 11


def test_the_gaps_are_a_tenth_of_the_background(cells):
    shares = [
        np.mean(data.separation_weights(one, class_weights=(1, 1))[one == 0] > 5)
        for one in cells[2][:40]
    ]
    assert np.mean(shares) > 0.1


def test_a_lazy_network_pleases_cross_entropy_and_not_soft_dice():
    truth, p = np.array([1] * 5 + [0] * 95), 0.05
    entropy = -np.log(np.where(truth == 1, p, 1 - p)).mean()
    assert entropy == pytest.approx(0.20, abs=0.005)
    assert 1 - 2 * (p * truth).sum() / (100 * p + truth.sum()) == pytest.approx(0.95)


def test_the_seams_are_where_the_tiles_meet():
    image = data.load("scenes").val.images[3].mean(axis=-1) / 255
    model = models.unet(2, (None, None, 1), depth=2, base_channels=4, padding="valid", dropout=0)

    def predict(part):
        padded = np.pad(part, 20, mode="reflect")
        return np.asarray(model(padded[None, ..., None]))[0, ..., 0]

    whole, simple, tile = predict(image), np.zeros(image.shape), 32
    for top in range(0, image.shape[0], tile):
        for left in range(0, image.shape[1], tile):
            place = slice(top, top + tile), slice(left, left + tile)
            simple[place] = predict(image[place])
    difference = np.abs(simple - whole)
    inner = np.arange(image.shape[0]) % tile
    middle = (inner >= 12) & (inner < 20)
    # Two pixels at either side of a line where tiles meet, and not at the edge of the image.
    seam = (inner < 2) | (inner >= tile - 2)
    seam[:2] = seam[-2:] = False
    in_the_middle = difference[np.ix_(middle, middle)].mean()
    assert difference[seam].mean() > 2 * in_the_middle
    assert difference[:, seam].mean() > 2 * in_the_middle
