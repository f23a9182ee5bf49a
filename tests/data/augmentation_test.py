import numpy as np
import pytest

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
