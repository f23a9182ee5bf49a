import keras
import numpy as np
import pytest

from segcourse.models import fcn, overlap_tile_predict, small_vgg, unet
from segcourse.models.inference.tile_plan import mirrored, padded_cuts, unpadded_cuts
from segcourse.models.insight.receptive_field import grid, reach
from tests.layers.harness import gradient


@pytest.fixture(autouse=True)
def quiet(monkeypatch):
    monkeypatch.setenv("SEGCOURSE_QUIET", "1")


def randomize(model, seed=0):
    rng = np.random.default_rng(seed)
    for weight in model.trainable_variables:
        fan_in = np.prod(weight.shape[:-1]) + 1
        weight.assign(rng.normal(size=weight.shape) * np.sqrt(2 / fan_in))
    return model


def picture(height, width, channels=2, seed=1):
    return np.random.default_rng(seed).random((height, width, channels)).astype("float32")


UNPADDED = randomize(unet(3, (None, None, 2), 2, base_channels=2, padding="valid", dropout=0))
PADDED = randomize(unet(3, (None, None, 2), 2, base_channels=2, dropout=0))


def whole_unpadded(image, border, depth=2):
    """One pass over the picture, mirrored at its border and to a size that tiles."""
    lost = 2 * border
    sizes = [size + lost + (-size) % 2**depth for size in image.shape[:2]]
    after = [size - border - side for size, side in zip(sizes, image.shape[:2], strict=True)]
    pad = [(border, after[0]), (border, after[1]), (0, 0)]
    logits = np.array(UNPADDED(np.pad(image, pad, mode="reflect")[None]))[0]
    return logits[: image.shape[0], : image.shape[1]]


@pytest.mark.parametrize(
    "size, tile",
    [
        ((60, 90), 60),  # the tile's output is 20 pixels, its border 20
        ((33, 47), (64, 52)),
        ((21, 8), 44),
        ((5, 200), 56),
        ((1, 3), 48),  # the border goes several times across the picture
    ],
)
def test_unpadded_is_the_whole_prediction(size, tile):
    image = picture(*size)
    got = overlap_tile_predict(UNPADDED, image, tile)
    assert got.shape == (*size, 3) and got.dtype == np.float32
    np.testing.assert_allclose(got, whole_unpadded(image, 20), atol=1e-5)
    assert np.abs(got).max() > 0.1


@pytest.mark.parametrize("size", [(100, 160), (97, 131), (64, 200), (30, 20), (1, 1)])
@pytest.mark.parametrize("overlap", [0, 7])
def test_padded_is_the_whole_prediction(size, overlap):
    image = picture(*size)
    whole = np.array(PADDED(image[None]))[0]
    got = overlap_tile_predict(PADDED, image, 64, overlap=overlap, batch_size=3)
    np.testing.assert_allclose(got, whole, atol=1e-5)


def test_fcn_is_the_whole_prediction():
    model = fcn(small_vgg((None, None, 2), include_top=False), 3, stride=16)
    model = randomize(model)
    image = picture(90, 480)
    whole = np.array(model(image[None]))[0]
    assert max(reach(model)) < 176
    got = overlap_tile_predict(model, image, 384)
    np.testing.assert_allclose(got, whole, atol=1e-4 * np.abs(whole).max())


def test_a_smaller_margin_differs_at_the_seams_only_and_blending_hides_them():
    image = picture(64, 256)
    whole = np.array(PADDED(image[None]))[0]
    plain, blended = (
        overlap_tile_predict(PADDED, image, 128, margin=0, overlap=overlap) for overlap in (0, 32)
    )
    differs = np.abs(plain - whole).max(axis=(0, 2)) > 1e-5
    assert differs[127] and differs[128]
    assert not differs[: 128 - max(reach(PADDED))].any()
    assert not differs[128 + max(reach(PADDED)) :].any()
    jump = [np.abs(np.diff(logits - whole, axis=1)).max() for logits in (plain, blended)]
    assert jump[1] < jump[0] / 2


def test_a_model_of_one_size_takes_every_picture():
    model = unet(3, (64, 64, 2), 2, base_channels=2, dropout=0)
    model.set_weights(PADDED.get_weights())
    image = picture(150, 70)
    got = overlap_tile_predict(model, image, 64)
    # Mirrored beyond the end, where the whole picture has the zeros of the convolutions.
    inner = np.s_[: 150 - max(reach(PADDED)), : 70 - max(reach(PADDED))]
    np.testing.assert_allclose(got[inner], np.array(PADDED(image[None]))[0][inner], atol=1e-5)
    small = overlap_tile_predict(model, image[:5, :9], 64)
    mirror = np.pad(image[:5, :9], ((0, 59), (0, 55), (0, 0)), mode="reflect")
    np.testing.assert_allclose(small, np.array(PADDED(mirror[None]))[0][:5, :9], atol=1e-5)


def test_bytes_are_divided_by_255():
    image = np.random.default_rng(0).integers(0, 256, (40, 30, 2)).astype("uint8")
    got = overlap_tile_predict(UNPADDED, image, 52)
    expected = overlap_tile_predict(UNPADDED, image / np.float32(255), 52)
    np.testing.assert_allclose(got, expected, atol=1e-6)


def test_progress_bar(monkeypatch, capsys):
    monkeypatch.setenv("SEGCOURSE_QUIET", "0")
    monkeypatch.setattr("segcourse.data.progress._SECONDS", 0.0)
    overlap_tile_predict(UNPADDED, picture(40, 40), 60)
    assert "tiles" in capsys.readouterr().err
    monkeypatch.setenv("SEGCOURSE_QUIET", "1")
    overlap_tile_predict(UNPADDED, picture(40, 40), 60)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("length", [1, 2, 3, 7, 20, 33])
def test_mirroring_is_that_of_numpy(length):
    values = np.arange(length)
    index = np.arange(-50, length + 50)
    np.testing.assert_array_equal(
        values[mirrored(index, length)], np.pad(values, 50, mode="reflect")
    )


def test_the_weights_of_all_cuts_add_up_to_one():
    plans = [
        padded_cuts(length, 64, margin, overlap, step, fill)
        for length in (1, 64, 65, 100, 333)
        for margin, overlap, step in ((0, 0, 64), (10, 0, 40), (10, 9, 32), (0, 40, 8))
        for fill in (False, True)
    ]
    plans += [unpadded_cuts(length, 60, 20, 16) for length in (1, 20, 21, 333)]
    for cuts in plans:
        total = np.zeros(cuts[-1].last)
        for cut in cuts:
            total[cut.first : cut.last] += cut.weights
        np.testing.assert_allclose(total, 1, atol=1e-6)


def test_reach_by_the_gradient():
    """Every output of a period, and the first and the last pixel its gradient reaches."""
    model = unet(1, (None, None, 1), 2, base_channels=2, dropout=0)
    for weight in model.trainable_variables:  # no ReLU may be shut, no pixel may cancel out
        weight.assign(np.full(weight.shape, 0.1))
    image = np.random.default_rng(0).random((1, 8, 128, 1)).astype("float32")
    before = behind = 0
    for place in range(64, 68):

        def loss(x, place=place):
            return model(x)[0, 4, place, 0]

        pixels = np.flatnonzero(gradient(loss, image)[0, :, :, 0].any(axis=0))
        before, behind = max(before, place - pixels[0]), max(behind, pixels[-1] - place)
    # A maximum of a window reaches one pixel of it: at most 1, 2 and 4 pixels are missed.
    expected = reach(model)
    assert before <= expected[0] <= before + 4 and behind <= expected[1] <= behind + 4


def test_grid_is_the_coarsest_stride():
    assert grid(PADDED) == grid(UNPADDED) == 4
    assert grid(fcn("small_vgg", 2, 8)) == 32


def some(model, channels=2, **settings):
    return lambda: overlap_tile_predict(model, picture(100, 100, channels), **settings)


def broken(value):
    image = picture(40, 40)
    image[3, 4, 1] = value
    return lambda: overlap_tile_predict(UNPADDED, image, 60)


FIXED = unet(2, (44, 44, 2), 2, base_channels=1, padding="valid")


@pytest.mark.parametrize(
    "call, message",
    [
        (some(UNPADDED, tile=50), "`tile` must be a size that tiles.*Nearest: 48 or 52. Rec.*=50"),
        (some(UNPADDED, tile=16), "`tile` must be a size that tiles.*Nearest: 44, the smallest"),
        (
            some(FIXED, tile=60),
            "`tile` must be the one size the model takes, 44. Received: tile=60",
        ),
        (some(PADDED, tile=50), "`tile` must be a multiple .* 4 pixels. Nearest: 48 or 52. .*=50"),
        (some(PADDED, tile=40), "`tile` must be at least .*margin of .* Received: tile=40"),
        (some(PADDED, tile=64, margin=31), "`tile` must be at least 68: a margin of 31 pixels"),
        (some(PADDED, tile=64, margin=-1), "`margin` must be an integer from 0 on"),
        (some(PADDED, tile=64, overlap=1.5), "`overlap` must be an integer from 0 on"),
        (some(UNPADDED, tile=60, margin=3), "`margin` and `overlap` must be left alone"),
        (some(UNPADDED, tile=(60, 60, 60)), "`tile` must be a positive integer or a pair"),
        (some(UNPADDED, tile=0), "`tile` must be a positive integer"),
        (some(UNPADDED, tile=60, batch_size=0), "`batch_size` must be a positive integer"),
        (some(UNPADDED, 3, tile=60), "`image` must be one picture .*model's 2 channels.*100, 3."),
        (broken(np.nan), "`image` must be in 0..1 where they are float. Received: from nan"),
        (broken(200.0), "`image` must be in 0..1 .* Divide pixels of 0..255 by 255"),
        (broken(-1.0), "`image` must be in 0..1 .* Pixels of -1..1 become"),
        (broken(np.inf), "`image` must be in 0..1 where they are float"),
        (lambda: overlap_tile_predict(UNPADDED, picture(9, 9)[None], 60), "`image` must be one"),
        (lambda: overlap_tile_predict(UNPADDED, np.ones((9, 9, 2), int), 60), "uint8 or float"),
        (lambda: overlap_tile_predict(None, picture(9, 9), 60), "`model` must be a keras.Model"),
        (some(small_vgg((64, 64, 2)), tile=64), "`model` must give logits of its images' size"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_a_tile_with_less_output_than_a_cell():
    deep = unet(2, (None, None, 2), 3, base_channels=1, padding="valid")
    with pytest.raises(ValueError, match="`tile` must be at least 100: .*takes off 88 pixels"):
        overlap_tile_predict(deep, picture(30, 30), 92)
    assert overlap_tile_predict(deep, picture(4, 4), 92).shape == (4, 4, 2)


def test_the_model_is_not_compiled_with_other_settings_than_its_own():
    model = keras.models.clone_model(PADDED)
    model.compile("sgd", "mse", jit_compile=False)
    overlap_tile_predict(model, picture(10, 10), 64)
    assert model.jit_compile is False


def test_a_model_of_ones_own_class_is_named():
    class Own(keras.Model):
        def call(self, images):
            return images

    with pytest.raises(ValueError, match="`model` must be a functional"):
        overlap_tile_predict(Own(), np.zeros((8, 8, 3)), 8)
