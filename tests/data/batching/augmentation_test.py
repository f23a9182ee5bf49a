import numpy as np
import pytest
from scipy import ndimage

from segcourse import data


def coded(count=6, height=24, width=32, seed=0):
    """Labels in smooth patches, and images whose pixels are the labels themselves / 255."""
    rng = np.random.default_rng(seed)
    labels = np.kron(rng.integers(0, 6, (count, height // 4, width // 4)), np.ones((1, 4, 4)))
    labels = np.where(labels == 5, 255, labels).astype("int32")
    images = np.repeat(labels[..., None] / 255.0, 3, axis=-1).astype("float32")
    return images, labels


def decoded(images):
    return np.rint(np.asarray(images)[..., 0] * 255).astype(int)


def test_flip_mirrors_image_and_labels_alike():
    images, labels = coded(16)
    flipped, new = (np.asarray(a) for a in data.augment(seed=1)(images, labels))
    np.testing.assert_array_equal(decoded(flipped), new)
    mirrored = [np.array_equal(new[i], labels[i][:, ::-1]) for i in range(16)]
    kept = [np.array_equal(new[i], labels[i]) for i in range(16)]
    assert all(a != b for a, b in zip(mirrored, kept, strict=True))
    assert 3 <= sum(mirrored) <= 13


def test_crop_is_a_window_of_the_picture():
    images, labels = coded()
    cropped, new = (
        np.asarray(a) for a in data.augment(flip=False, crop=(10, 12), seed=2)(images, labels)
    )
    assert cropped.shape == (6, 10, 12, 3) and new.shape == (6, 10, 12)
    np.testing.assert_array_equal(decoded(cropped), new)
    for i in range(6):
        windows = np.lib.stride_tricks.sliding_window_view(labels[i], (10, 12))
        assert (windows == new[i]).all(axis=(2, 3)).any()


@pytest.mark.parametrize("channels", [1, 6])
def test_flip_and_crop_take_any_number_of_channels(channels):
    images, labels = coded()
    images = np.repeat(images[..., :1], channels, axis=-1)
    moved, new = (np.asarray(a) for a in data.augment(crop=(10, 12), seed=2)(images, labels))
    assert moved.shape == (6, 10, 12, channels)
    for channel in range(channels):
        np.testing.assert_array_equal(decoded(moved[..., channel:]), new)


def test_zoom_moves_image_and_labels_together():
    """Away from the edges between classes, the bilinear image still spells its label."""
    images, labels = coded()
    zoomed, new = (np.asarray(a) for a in data.augment(scale=(0.8, 1.7), seed=3)(images, labels))
    assert zoomed.shape == images.shape and new.shape == labels.shape
    agree = decoded(zoomed) == new
    inner = np.ones_like(agree)  # pixels whose 3×3 neighbourhood is one class
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            inner &= np.roll(new, (dy, dx), (1, 2)) == new
    inner[:, [0, -1]] = inner[:, :, [0, -1]] = False
    inner &= new != 255  # void may also mean uncovered
    assert inner.sum() > 300
    assert agree[inner].mean() > 0.995


def test_uncovered_pixels_are_void():
    images, labels = coded()
    labels = np.where(labels == 255, 0, labels)
    _, new = data.augment(flip=False, crop=(40, 40), seed=0)(images, labels)
    new = np.asarray(new)
    assert ((new == 255).sum(axis=(1, 2)) == 40 * 40 - 24 * 32).all()


@pytest.mark.parametrize(
    "settings",
    [dict(), dict(crop=(9, 7)), dict(scale=(0.5, 2.0)), dict(crop=(40, 40), scale=(0.5, 2.0))],
)
def test_labels_stay_integers_and_no_class_is_invented(settings):
    images, labels = coded()
    labels = np.where(np.isin(labels, [1, 3]), 4, labels)
    new = np.asarray(data.augment(color=0.3, **settings)(images, labels)[1])
    assert new.dtype == np.int32
    assert set(np.unique(new)) <= {0, 2, 4, 255}


def test_void_stays_void():
    images, labels = coded()
    labels[:] = 255
    new = np.asarray(data.augment(scale=(0.7, 1.4), color=0.2)(images, labels)[1])
    assert (new == 255).all()


def test_color_changes_images_only_and_keeps_their_range():
    images, labels = coded()
    images = np.random.default_rng(0).random(images.shape).astype("float32")
    new, same = (np.asarray(a) for a in data.augment(flip=False, color=0.5)(images, labels))
    np.testing.assert_array_equal(same, labels)
    assert new.min() >= 0 and new.max() <= 1 and new.dtype == np.float32
    change = np.abs(new.mean(axis=(1, 2)) - images.mean(axis=(1, 2)))
    assert (change > 0.005).any(axis=1).all()
    nothing = np.asarray(data.augment(flip=False, color=0.0)(images, labels)[0])
    np.testing.assert_array_equal(nothing, images)


def test_draws_depend_on_seed_and_epoch_alone():
    a = data.augment(seed=1)
    np.testing.assert_array_equal(a.draws(5, 2, 3), a.draws(5, 2, 3))
    for other in (a.draws(5, 3, 3), a.draws(5, 2, 4), data.augment(seed=2).draws(5, 2, 3)):
        assert (a.draws(5, 2, 3) != other).any()


@pytest.mark.parametrize(
    "settings, message",
    [
        (dict(crop=5), "`crop` must be"),
        (dict(crop=(0, 5)), "`crop` must be"),
        (dict(scale=(2.0, 1.0)), "`scale` must be"),
        (dict(scale=0.5), "`scale` must be"),
        (dict(color=-0.1), "`color` must be"),
    ],
)
def test_wrong_settings_are_named(settings, message):
    with pytest.raises(ValueError, match=message):
        data.augment(**settings)


BENT = [
    dict(elastic=2.0),
    dict(rotation=30.0),
    dict(shift=5.0),
    dict(crop=(16, 16), scale=(0.8, 1.3), turn=True, rotation=20.0, shift=3.0, elastic=1.5),
]


@pytest.mark.parametrize("settings", BENT)
def test_bending_moves_image_and_labels_together(settings):
    images, labels = coded(8, 48, 64)
    bent, new = (np.asarray(a) for a in data.augment(seed=3, **settings)(images, labels))
    assert new.dtype == np.int32 and new.shape == bent.shape[:3]
    assert set(np.unique(new)) <= {0, 1, 2, 3, 4, 255}
    inner = np.ones_like(new, bool)  # pixels whose 3×3 neighbourhood is one class
    for dy, dx in np.ndindex(3, 3):
        inner &= np.roll(new, (dy - 1, dx - 1), (1, 2)) == new
    inner[:, [0, -1]] = inner[:, :, [0, -1]] = False
    inner &= new != 255  # void may also mean uncovered
    assert inner.sum() > 100
    assert (decoded(bent) == new)[inner].mean() > 0.98


def test_elastic_deformation_against_scipy():
    """The drawn vectors through SciPy's spline, and SciPy's own reading of the picture."""
    rng = np.random.default_rng(0)
    images = rng.random((3, 20, 31, 2)).astype("float32")
    labels = rng.integers(0, 5, (3, 20, 31)).astype("int32")
    bend = data.augment(flip=False, elastic=3.0, seed=1)
    draws = bend.draws(3)
    bent, new = (np.asarray(a) for a in bend(images, labels, draws))
    grid = np.meshgrid(np.linspace(0, 2, 20), np.linspace(0, 2, 31), indexing="ij")
    pixels = np.meshgrid(np.arange(20), np.arange(31), indexing="ij")
    for i in range(3):
        places = [
            pixel + 3.0 * ndimage.map_coordinates(vector, grid, order=3, mode="mirror")
            for pixel, vector in zip(pixels, draws[i, 13:].reshape(2, 3, 3), strict=True)
        ]
        for channel in range(2):
            expected = ndimage.map_coordinates(
                images[i, ..., channel], places, order=1, mode="mirror"
            )
            np.testing.assert_allclose(bent[i, ..., channel], expected, atol=1e-4)
        nearest = ndimage.map_coordinates(
            labels[i], places, order=0, mode="grid-constant", cval=255
        )
        assert (new[i] == nearest).mean() > 0.999
    assert draws[:, 13:].shape == (3, 18)


def test_vectors_are_normal_and_the_rest_uniform():
    draws = data.augment().draws(4000)
    np.testing.assert_allclose(draws[:, 13:].std(axis=0), 1, atol=0.05)
    np.testing.assert_allclose(draws[:, 13:].mean(axis=0), 0, atol=0.08)
    assert draws[:, :13].min() >= 0 and draws[:, :13].max() <= 1
    np.testing.assert_allclose(draws[:, :13].mean(axis=0), 0.5, atol=0.03)


def test_the_grid_of_the_deformation_spans_the_picture_not_the_crop():
    """A crop of the whole size in one corner is the same as the bent picture's corner."""
    images, labels = coded(4, 40, 40)
    whole = data.augment(flip=False, elastic=3.0, seed=1)
    window = data.augment(flip=False, elastic=3.0, crop=(40, 20), seed=1)
    draws = whole.draws(4)
    draws[:, 2:4] = [0, 1]  # the right half
    expected = np.asarray(whole(images, labels, draws)[1])[:, :, 20:]
    np.testing.assert_array_equal(np.asarray(window(images, labels, draws)[1]), expected)


def test_rotation_against_scipy():
    images = np.random.default_rng(0).random((1, 21, 31, 1)).astype("float32")
    labels = np.zeros((1, 21, 31), "int32")
    turn = data.augment(flip=False, rotation=40.0)
    draws = turn.draws(1)
    draws[:, 10] = 0.75  # half way from 0 to the largest angle
    turned, new = (np.asarray(a)[0] for a in turn(images, labels, draws))
    expected = ndimage.rotate(images[0, ..., 0], 20, reshape=False, order=1, mode="mirror")
    np.testing.assert_allclose(turned[..., 0], expected, atol=1e-4)
    covered = ndimage.rotate(np.ones((21, 31)), 20, reshape=False, order=0, mode="grid-constant")
    assert ((new == 255) == (covered == 0)).mean() > 0.995


def test_shift_moves_by_so_many_pixels():
    images, labels = coded(2, 24, 32)
    move = data.augment(flip=False, shift=4.0)
    draws = move.draws(2)
    draws[:, 11:13] = [1.0, 0.25]  # 4 rows down, 2 columns to the left
    moved, new = (np.asarray(a) for a in move(images, labels, draws))
    np.testing.assert_array_equal(new[:, :-4, 2:], labels[:, 4:, :-2])
    assert (new[:, -4:] == 255).all() and (new[:, :, :2] == 255).all()
    np.testing.assert_array_equal(decoded(moved)[:, -4:, 2:], labels[:, -2:-6:-1, :-2])


def test_quarter_turns_are_those_of_numpy():
    images, labels = coded(64, 24, 24)
    turn = data.augment(flip=False, turn=True, seed=2)
    draws = turn.draws(64)
    turned, new = (np.asarray(a) for a in turn(images, labels, draws))
    quarters = (4 * draws[:, 9]).astype(int)
    assert set(quarters) == {0, 1, 2, 3}
    for i, count in enumerate(quarters):
        np.testing.assert_array_equal(new[i], np.rot90(labels[i], count))
        np.testing.assert_array_equal(turned[i], np.rot90(images[i], count))


def test_turns_need_a_square():
    images, labels = coded()
    with pytest.raises(ValueError, match="`turn` must be False unless .* square.*24×32"):
        data.augment(turn=True)(images, labels)
    assert data.augment(turn=True, crop=(8, 8))(images, labels)[1].shape == (6, 8, 8)


@pytest.mark.parametrize("settings", [dict(), dict(crop=(40, 40)), dict(scale=(0.5, 2)), *BENT])
def test_weights_go_with_their_labels(settings):
    """Weights that spell the label still do, and are 0 where nothing covers."""
    images, labels = coded(8, 48, 48)
    labels = np.where(labels == 255, 0, labels)
    weights = (labels + 1).astype("float32") / 2
    jitter = data.augment(seed=4, **settings)
    draws = jitter.draws(8)
    _, new, moved = (np.asarray(a) for a in jitter(images, labels, draws, weights))
    np.testing.assert_array_equal(moved, np.where(new == 255, 0, (new + 1) / 2))
    np.testing.assert_array_equal(new, np.asarray(jitter(images, labels, draws)[1]))


@pytest.mark.parametrize("name", ["rotation", "shift", "elastic"])
def test_wrong_strengths(name):
    for bad in (-1, "10", None, float("nan"), True):
        with pytest.raises(ValueError, match=f"`{name}` must be a number from 0 on. Received"):
            data.augment(**{name: bad})


def _some(augment, **settings):
    rng = np.random.default_rng(3)
    images = rng.integers(0, 256, (3, 12, 12, 3)).astype("uint8")
    return data.augment(**augment), images, rng.integers(0, 4, (3, 12, 12))


@pytest.mark.parametrize(
    "settings",
    [
        {"flip": True},
        {"elastic": 3.0},
        {"rotation": 20},
        {"scale": (0.5, 2.0)},
        {"color": 0.3},
        {"turn": True},
    ],
)
def test_bytes_are_the_floats_they_stand_for(settings):
    change, images, labels = _some(settings)
    wanted = change((images / 255).astype("float32"), labels.astype("int32"))
    for dtype in ("int8", "uint8", "int64"):
        got = change(images, labels.astype(dtype))
        np.testing.assert_allclose(got[0], wanted[0], atol=1e-6)
        np.testing.assert_array_equal(got[1], wanted[1])


def test_what_the_pipeline_refuses_is_refused():
    change, images, labels = _some({"color": 0.1})
    for wrong, message in (
        ((images, labels[:, :10]), "`labels` must be .n, height, width. as the images"),
        ((images, labels + 0.5), "`labels` must be integer class ids"),
        ((images, labels - 9), "`labels` must be class ids or 255"),
        ((images, labels + 300), "`labels` must be class ids or 255"),
        ((images.astype("float32"), labels), "`images` must be in 0..1"),
        ((images.astype("uint16"), labels), "`images` must be uint8 or float"),
        ((images[0], labels), "`images` must be .n, height, width, channels"),
        ((images[..., :1], labels), "`images` must have 3 channels"),
        ((images, labels, np.zeros((3, 5))), "`draws` must be .3, 31."),
        ((images, labels, None, np.zeros((3, 5))), "`weights` must have the shape"),
    ):
        with pytest.raises(ValueError, match=message):
            change(*wrong)
