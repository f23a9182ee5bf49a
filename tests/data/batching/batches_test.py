import numpy as np
import pytest

from segcourse import data
from segcourse.data import Split, pipeline


def numbered(count=11, height=4, width=6):
    """Image k is all k, and so is its label map."""
    numbers = np.arange(count, dtype="uint8")
    images = np.broadcast_to(numbers[:, None, None, None], (count, height, width, 3)).copy()
    return images, images[..., 0].copy()


def order(**settings):
    batches = data.pipeline(numbered(), 4, **settings)
    return [int(label[0, 0]) for _, labels in batches for label in labels.numpy()]


def test_batches_are_float_images_and_int_labels():
    batches = list(data.pipeline(numbered(), 4))
    assert [images.shape[0] for images, _ in batches] == [4, 4, 3]
    images, labels = batches[1]
    assert images.dtype.name == "float32" and labels.dtype.name == "int32"
    np.testing.assert_allclose(images[2], 6 / 255, rtol=1e-6)
    assert (labels[2].numpy() == 6).all()
    assert len(list(data.pipeline(numbered(), 4, drop_remainder=True))) == 2


def test_the_order_is_a_function_of_seed_and_epoch():
    assert order() == list(range(11))
    first = order(shuffle=True, seed=3, epoch=2)
    assert sorted(first) == list(range(11)) and first != list(range(11))
    assert order(shuffle=True, seed=3, epoch=2) == first
    assert order(shuffle=True, seed=3, epoch=3) != first
    assert order(shuffle=True, seed=4, epoch=2) != first


def test_pictures_that_come_several_times_an_epoch():
    assert order(repeats=3) == [*range(11)] * 3
    several = order(shuffle=True, repeats=3)
    assert sorted(several) == sorted([*range(11)] * 3)
    assert several[:11] != several[11:22]  # mixed, not one round after the other
    jitter = data.augment(crop=(2, 2), color=0.3)
    [(images, labels)] = data.pipeline(numbered(count=2), 8, augment=jitter, repeats=4)
    np.testing.assert_array_equal(labels[:, 0, 0], [0, 1] * 4)
    assert len(np.unique(images[1::2, 0, 0, 0])) == 4  # each time augmented anew


def epoch_of(epoch, batch_size=4, seed=0):
    rng = np.random.default_rng(0)
    images = rng.integers(0, 255, (11, 8, 8, 3)).astype("uint8")
    labels = rng.integers(0, 5, (11, 8, 8)).astype("uint8")
    batches = data.pipeline(
        (images, labels), batch_size, shuffle=True, seed=seed, epoch=epoch,
        augment=data.augment(crop=(6, 6), scale=(0.8, 1.2), color=0.3),
    )  # fmt: skip
    x, y = zip(*[(a.numpy(), b.numpy()) for a, b in batches], strict=True)
    return np.concatenate(x), np.concatenate(y)


def test_augmentation_is_a_function_of_seed_and_epoch():
    images, labels = epoch_of(1)
    for again in (epoch_of(1), epoch_of(1, batch_size=3)):
        np.testing.assert_allclose(again[0], images, atol=1e-6)
        np.testing.assert_array_equal(again[1], labels)
    assert (epoch_of(2)[0] != images).any()
    assert (epoch_of(1, seed=5)[0] != images).any()


def test_a_second_pass_over_one_pipeline_is_the_same():
    batches = data.pipeline(numbered(), 4, shuffle=True, augment=data.augment(color=0.2))
    for (a, _), (b, _) in zip(batches, batches, strict=True):
        np.testing.assert_array_equal(a.numpy(), b.numpy())


def test_a_split_and_float_images():
    images, labels = numbered()
    split = data.Split("train", ("a",), 11, lambda n: {"image": images[:n], "label": labels[:n]})
    for (a, _), (b, _) in zip(
        data.pipeline(split, 4),
        data.pipeline(((images / 255.0).astype("float32"), labels), 4),
        strict=True,
    ):
        np.testing.assert_allclose(a, b, rtol=1e-6)


def test_void_passes_through():
    images, labels = numbered()
    labels[:] = 255
    assert all((y.numpy() == 255).all() for _, y in data.pipeline((images, labels), 4))


IMAGES, LABELS = numbered()


@pytest.mark.parametrize(
    "arrays, message",
    [
        ((IMAGES[:0], LABELS[:0]), "`images` must not be empty"),
        ((IMAGES, LABELS[:5]), "`labels` must be .* as the images.*shape=\\(5, 4, 6\\)"),
        ((IMAGES, LABELS[:, :3]), "`labels` must be"),
        ((IMAGES, LABELS[..., None]), "`labels` must be"),
        ((IMAGES[0], LABELS[0]), "`images` must be \\[n, height, width, channels\\]"),
        ((IMAGES[..., :0], LABELS), "`images` must not be empty"),
        ((IMAGES, LABELS.astype("float32")), "`labels` must be integer.*float32"),
        ((IMAGES, LABELS.astype("int32") - 1), "`labels` must be class ids.*from -1"),
        ((IMAGES, LABELS.astype("int32") + 250), "`labels` must be class ids.*to 260"),
        ((IMAGES.astype("int32"), LABELS), "`images` must be uint8 or float"),
        ((IMAGES.astype("float32"), LABELS), "`images` must be in 0..1 .*from 0 to 10"),
        ((np.full(IMAGES.shape, np.nan), LABELS), "`images` must be in 0..1 .*nan"),
        (IMAGES, "`data` must be a Split or a pair"),
    ],
)
def test_wrong_arrays_are_named(arrays, message):
    with pytest.raises(ValueError, match=message):
        data.pipeline(arrays, 4)


@pytest.mark.parametrize("batch_size", [0, -1, 2.5, None, True])
def test_a_wrong_batch_size(batch_size):
    with pytest.raises(ValueError, match="`batch_size` must be a positive integer"):
        data.pipeline(numbered(), batch_size)


@pytest.mark.parametrize("repeats", [0, -1, 2.5, None, True])
def test_wrong_repeats(repeats):
    with pytest.raises(ValueError, match="`repeats` must be a positive integer"):
        data.pipeline(numbered(), 4, repeats=repeats)


def test_a_wrong_augment():
    with pytest.raises(ValueError, match="`augment` must come from data.augment"):
        data.pipeline(numbered(), 4, augment=True)


@pytest.mark.parametrize("channels", [1, 4])
def test_images_of_other_than_three_channels(channels):
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (5, 4, 6, channels)).astype("uint8")
    labels = images[..., 0]
    got = np.concatenate([x.numpy() for x, _ in data.pipeline((images, labels), 2)])
    np.testing.assert_allclose(got, images / 255.0, rtol=1e-6)
    moved = list(data.pipeline((images, labels), 2, augment=data.augment(scale=(1.0, 1.0))))
    for x, y in moved:
        # A flip of whole pixels: the first channel is still the label map.
        np.testing.assert_allclose(x[..., 0] * 255, y, atol=1e-3)
    with pytest.raises(ValueError, match=f"`augment` must have color=0 .*channels={channels}"):
        data.pipeline((images, labels), 2, augment=data.augment(color=0.5))


def test_weights_come_with_their_labels():
    images, labels = numbered()
    weights = (labels + 1) / 8.0
    batches = list(data.pipeline((images, labels), 4, weights=weights, shuffle=True))
    for _, y, w in batches:
        assert w.dtype.name == "float32"
        np.testing.assert_array_equal(w.numpy(), (y.numpy() + 1) / 8)
    jitter = data.augment(crop=(3, 9), elastic=1.0)
    for _, y, w in data.pipeline((images, labels), 4, weights=weights, augment=jitter):
        y = y.numpy()
        np.testing.assert_array_equal(w.numpy(), np.where(y == 255, 0, (y + 1) / 8))


@pytest.mark.parametrize(
    "weights, message",
    [
        (np.ones((11, 4, 5)), "as the labels, .11, 4, 6.. Received: shape=.11, 4, 5."),
        (np.ones((11, 4, 6), int), "float .*dtype=int"),
        (-np.ones((11, 4, 6)), "finite and not negative. Received: from -1 to -1"),
        (np.full((11, 4, 6), np.nan), "finite and not negative"),
        (np.full((11, 4, 6), np.inf), "finite and not negative"),
    ],
)
def test_wrong_weights(weights, message):
    with pytest.raises(ValueError, match=f"`weights` must be .*{message}"):
        data.pipeline(numbered(), 4, weights=weights)


def values(batches):
    return [(x.numpy(), y.numpy()) for x, y in batches]


def test_steps_that_are_left_out_leave_the_others_as_they_are():
    batches = data.Batches(numbered(11), 3, augment=data.augment(color=0.3))
    whole = values(batches.epoch(2, seed=5, shuffle=True))
    rest = values(batches.epoch(2, seed=5, shuffle=True, steps=(1, None)))
    middle = values(batches.epoch(2, seed=5, shuffle=True, steps=(1, 3)))
    assert len(whole) == 4 and len(rest) == 3 and len(middle) == 2
    for one, other in [*zip(whole[1:], rest, strict=True), *zip(whole[1:3], middle, strict=True)]:
        np.testing.assert_array_equal(one[0], other[0])
        np.testing.assert_array_equal(one[1], other[1])


def test_parts_of_a_batch_make_the_batch():
    batches = data.Batches(numbered(11), 4)
    options = dict(seed=1, shuffle=True, multiple=2)
    whole = [y[:, 0, 0] for _, y in values(batches.epoch(seed=1, shuffle=True))]
    parts = [
        [y[:, 0, 0] for _, y in values(batches.epoch(shard=(k, 2), **options))] for k in (0, 1)
    ]
    assert [len(part) for part in parts] == [3, 3]
    for batch, one, other in zip(whole, *parts, strict=True):
        # Of the last batch of three, one image is left out.
        assert [*one, *other] == list(batch[: len(batch) // 2 * 2])


def _split(images, labels):
    arrays = {"image": images, "label": labels}
    return Split("mine", ("a", "b"), len(images), lambda n: {k: v[:n] for k, v in arrays.items()})


@pytest.mark.parametrize("label", [1.5, -1, 300])
def test_labels_of_a_split_are_checked(label):
    split = _split(np.zeros((2, 4, 4, 3), "uint8"), np.full((2, 4, 4), label))
    with pytest.raises(ValueError, match="`labels` of split 'mine' must be"):
        pipeline(split, 1)


@pytest.mark.parametrize("images", [np.zeros((2, 4, 4, 3), "uint16"), np.full((2, 4, 4, 3), 200.0)])
def test_images_of_a_split_are_checked(images):
    with pytest.raises(ValueError, match="`images` of split 'mine' must be"):
        pipeline(_split(images, np.zeros((2, 4, 4), "uint8")), 1)


def test_rounding_beyond_one_is_cut_off():
    labels = np.zeros((1, 2, 2), "uint8")
    images = np.full((1, 2, 2, 3), 1.0000001)
    assert next(iter(pipeline((images, labels), 1)))[0].numpy().max() == 1
    with pytest.raises(ValueError, match="from 1.01000"):
        pipeline((images + 0.01, labels), 1)


def test_pictures_of_different_sizes():
    images = [np.zeros((4, 4, 3)), np.zeros((5, 4, 3))]
    with pytest.raises(ValueError, match="`images` must be one array.*.4, 4, 3., .5, 4, 3."):
        pipeline((images, np.zeros((2, 4, 4), int)), 1)
