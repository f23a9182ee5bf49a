"""Random valid input into public functions: what comes is right.

It is held against an independent computation, or against what must be true of it. The seed is
printed with a failure; SEGCOURSE_FUZZ_SEED sets it, SEGCOURSE_FUZZ_TIMES how often each is tried.
"""

import os
import random

import keras
import numpy as np
import pytest

from segcourse import data, layers, metrics, models, training
from segcourse.training.losses.pixelwise_logistic_loss import PixelwiseLogisticLoss

SEED = int(os.environ.get("SEGCOURSE_FUZZ_SEED", random.SystemRandom().randrange(2**31)))
# JAX compiles for each size that is drawn.
TIMES = int(os.environ.get("SEGCOURSE_FUZZ_TIMES", 8 if keras.config.backend() != "jax" else 1))
CATEGORIES = {k: {"name": f"c{k}", "isthing": k % 2} for k in range(4)}


@pytest.fixture(params=range(TIMES))
def rng(request):
    print(f"SEGCOURSE_FUZZ_SEED={SEED}, number {request.param}")
    return np.random.default_rng([SEED, request.param])


def _size(rng, most=12):
    return tuple(int(side) for side in rng.integers(1, most, 2))


def _integers(rng, high, shape):
    """Ids below `high`, of any integer type and any layout in memory."""
    ids = rng.integers(0, high, shape).astype(rng.choice(["uint8", "int16", "uint32", "int64"]))
    ways = (lambda a: a, np.asfortranarray, lambda a: a[::-1][::-1], lambda a: a.astype(">i4"))
    return ways[rng.integers(len(ways))](ids)


def _count(labels, predictions, classes):
    counts = np.zeros((classes, classes), int)
    for true, predicted in zip(labels.ravel().tolist(), predictions.ravel().tolist(), strict=True):
        if true != 255:
            counts[true, predicted] += 1
    return counts


def _identity(channels=3):
    return keras.Sequential([keras.Input((None, None, channels)), keras.layers.Identity()])


def test_confusion_matrices_and_scores(rng):
    classes, shape = int(rng.integers(2, 7)), (int(rng.integers(1, 4)), *_size(rng))
    labels, predictions = (_integers(rng, classes, shape) for _ in range(2))
    labels = np.where(rng.random(shape) < 0.2, labels.dtype.type(255), labels)
    labels.flat[0], labels.flat[-1] = 0, min(1, labels.size - 1)
    wanted = _count(labels, predictions, classes)
    got = metrics.confusion_matrix(labels, predictions, classes)
    np.testing.assert_array_equal(got, wanted)
    metric = metrics.ConfusionMatrix(classes)
    metric.update_state(labels.astype("int32"), predictions.astype("int32"))
    np.testing.assert_array_equal(metric.matrix(), wanted)
    found = metrics.scores(got)
    ious = []
    for k in range(classes):
        one, other = labels == k, (predictions == k) & (labels != 255)
        if (one | other).any():
            ious.append((one & other).sum() / (one | other).sum())
    assert found["mean_iou"] == pytest.approx(np.mean(ious))
    assert float(metric.result()) == pytest.approx(np.mean(ious), rel=1e-5)
    right = (labels == predictions)[labels != 255]
    assert found["pixel_accuracy"] == pytest.approx(right.mean())


def test_panoptic_maps(rng):
    shape = _size(rng)
    classes = _integers(rng, 4, shape).astype("int64")
    classes[rng.random(shape) < 0.1] = 255
    instances = rng.integers(0, 3, shape)
    ids, segments = metrics.panoptic_map(classes, instances, CATEGORIES)
    named = {0: 255, **{one["id"]: one["category_id"] for one in segments}}
    np.testing.assert_array_equal(np.vectorize(named.get, otypes=[int])(ids), classes)
    for one in segments:
        assert one["area"] == (ids == one["id"]).sum()
    if not segments:
        return
    found = metrics.panoptic_quality((ids, segments), (ids, segments), CATEGORIES)
    assert found["all"]["pq"] == found["all"]["sq"] == found["all"]["rq"] == 1
    # Other ids are the same segments.
    new = dict(zip(named, [0, *rng.permutation(np.arange(1, 999))[: len(segments)]], strict=True))
    other = np.vectorize(new.get, otypes=[int])(ids)
    renamed = [{"id": int(new[s["id"]]), "category_id": s["category_id"]} for s in segments]
    again = metrics.panoptic_quality((ids, segments), (other, renamed), CATEGORIES)
    assert again["all"] == found["all"]
    np.testing.assert_array_equal(metrics.rgb_to_ids(metrics.ids_to_rgb(ids)), ids)
    blobs, parts = metrics.from_semantic(classes, CATEGORIES)
    named = {0: 255, **{one["id"]: one["category_id"] for one in parts}}
    np.testing.assert_array_equal(np.vectorize(named.get, otypes=[int])(blobs), classes)


def test_errors_of_the_membrane_challenge(rng):
    labels = rng.integers(0, 2, (int(rng.integers(3, 10)), int(rng.integers(3, 10))))
    labels[0, 0], labels[-1, -1] = 1, 0
    predictions = np.where(rng.random(labels.shape) < 0.2, 1 - labels, labels)
    assert metrics.pixel_error(labels, predictions) == pytest.approx((labels != predictions).mean())
    for error in (metrics.rand_error, metrics.warping_error, metrics.pixel_error):
        assert error(labels, labels) == 0
        value = error(labels, predictions)
        assert 0 <= value <= 1
        assert error(labels[::-1], predictions[::-1]) == pytest.approx(value, abs=0.2)


def test_separation_weights(rng):
    objects = np.where(rng.random(_size(rng)) < 0.3, rng.integers(2, 400, (1, 1)), 0)
    objects[rng.random(objects.shape) < 0.2] = 255
    w0, sigma = rng.uniform(0, 20), rng.uniform(0.5, 9)
    if set(np.unique(objects)) <= {0, 255}:
        return
    weights = data.separation_weights(objects, w0, sigma, class_weights=(1, 2))
    places = np.indices(objects.shape).reshape(2, -1).T
    for place, weight in zip(places, weights.ravel(), strict=True):
        nearest = sorted(
            np.linalg.norm(np.argwhere(objects == k) - place, axis=1).min()
            for k in np.unique(objects[objects > 0])
        )
        wanted = 2.0 if objects[tuple(place)] else 1.0
        if not objects[tuple(place)] and len(nearest) > 1:
            wanted += w0 * np.exp(-((nearest[0] + nearest[1]) ** 2) / (2 * sigma**2))
        assert weight == pytest.approx(wanted, rel=1e-4, abs=1e-4)


def test_augmentation(rng):
    side = int(rng.integers(3, 10))
    images = rng.integers(0, 256, (2, side, side, 3)).astype("uint8")
    labels = _integers(rng, 5, (2, side, side)).astype("int32")
    change = data.augment(
        flip=bool(rng.integers(2)),
        crop=(4, 4) if rng.integers(2) else None,
        scale=(0.5, 2.0) if rng.integers(2) else None,
        color=rng.uniform(0, 1),
        turn=bool(rng.integers(2)),
        rotation=rng.uniform(0, 90),
        shift=rng.uniform(0, 5),
        elastic=rng.uniform(0, 5),
        seed=int(rng.integers(9)),
    )
    one, other = change(images, labels), change((images / 255).astype("float32"), labels)
    np.testing.assert_allclose(one[0], other[0], atol=1e-5)
    np.testing.assert_array_equal(one[1], other[1])
    assert set(np.unique(one[1])) <= {*np.unique(labels).tolist(), 255}
    assert 0 <= one[0].numpy().min() and one[0].numpy().max() <= 1
    still = data.augment(flip=False)(images, labels)
    np.testing.assert_allclose(still[0], images / 255, atol=1e-6)


def test_batches_and_patches(rng):
    count, size = int(rng.integers(1, 7)), int(rng.integers(3, 9))
    images = rng.integers(0, 256, (count, size, size, 3)).astype("uint8")
    labels = _integers(rng, 2, (count, size, size))
    labels = np.ascontiguousarray(labels.astype("int64"))
    batch = int(rng.integers(1, 4))
    found = list(data.pipeline((images, labels), batch))
    np.testing.assert_allclose(np.concatenate([x for x, _ in found]), images / 255, atol=1e-6)
    np.testing.assert_array_equal(np.concatenate([y for _, y in found]), labels)
    mixed = np.concatenate([y for _, y in data.pipeline((images, labels), batch, shuffle=True)])
    assert sorted(map(bytes, mixed.astype("int64"))) == sorted(map(bytes, labels))
    labels[0, 1, 1], labels[0, 1, 2] = 0, 1
    arrays = {"image": images, "label": labels}
    split = data.Split("some", ("a", "b"), count, lambda n: {k: v[:n] for k, v in arrays.items()})
    cut, middles = data.patches(split, 6, 2)
    for patch, middle in zip(cut, middles, strict=True):
        places = [
            labels[n, i + 1, j + 1]
            for n in range(count)
            for i in range(size - 1)
            for j in range(size - 1)
            if np.allclose(images[n, i : i + 2, j : j + 2] / 255, patch, atol=1e-6)
        ]
        assert middle in places


def test_the_loss(rng):
    classes, shape = int(rng.integers(2, 6)), (2, *_size(rng, 6))
    logits = rng.normal(0, 5, (*shape, classes)).astype("float32")
    labels = rng.integers(0, classes, shape)
    labels[rng.random(shape) < 0.3] = 255
    each, pixels = rng.uniform(0.1, 3, classes), rng.random(shape)
    loss = PixelwiseLogisticLoss(class_weights=each)
    total = weight = 0.0
    for place in np.argwhere(labels != 255):
        values, label = logits[tuple(place)].astype(float), labels[tuple(place)]
        share = np.exp(values - values.max())
        one = each[label] * pixels[tuple(place)]
        total, weight = total - one * np.log(share[label] / share.sum()), weight + one
    got = float(loss(labels, logits, pixels.astype("float32")))
    assert got == pytest.approx(total / weight if weight else 0, rel=1e-4, abs=1e-4)


def test_predictions_and_scores_of_a_model(rng):
    images = rng.random((int(rng.integers(1, 6)), *_size(rng), 3)).astype("float32")
    batch = int(rng.integers(1, 4))
    labels = rng.integers(0, 3, images.shape[:3])
    labels.flat[:2] = range(min(2, labels.size))
    model = _identity()
    got = training.predict_labels(model, images, batch)
    np.testing.assert_array_equal(got, images.argmax(-1))
    found = training.evaluate(model, (images, labels), batch_size=batch)
    assert found["pixel_accuracy"] == pytest.approx((got == labels).mean())


def test_layers_against_numpy(rng):
    x = rng.normal(size=(2, *_size(rng), 3)).astype("float32")
    multiple = int(rng.integers(1, 6))
    sides = [(0, -side % multiple) for side in x.shape[1:3]]
    got = np.array(layers.PadToMultiple(multiple)(x))
    np.testing.assert_array_equal(got, np.pad(x, [(0, 0), *sides, (0, 0)]))
    top, left = (int(rng.integers(0, side)) for side in x.shape[1:3])
    smaller = np.zeros((2, x.shape[1] - top, x.shape[2] - left, 1), "float32")
    cropped = np.array(layers.CropToMatch((top, left))([x, smaller]))
    np.testing.assert_array_equal(cropped, x[:, top:, left:])
    stride = int(rng.integers(1, 4))
    full = np.pad(x, [(0, 0), *((0, -side % stride) for side in x.shape[1:3]), (0, 0)])
    woven = layers.shift_and_stitch(lambda t: t[:, ::stride, ::stride], full, stride)
    np.testing.assert_array_equal(np.array(woven), full)
    kernel = rng.normal(size=(2, 2))
    shape = tuple(int(side) for side in rng.integers(2, 6, 2))
    matrix, picture = layers.convolution_matrix(kernel, shape), rng.normal(size=shape)
    wanted = [
        (picture[i : i + 2, j : j + 2] * kernel).sum()
        for i in range(shape[0] - 1)
        for j in range(shape[1] - 1)
    ]
    np.testing.assert_allclose(matrix @ picture.ravel(), wanted)


def test_sizes_fields_and_gradients(rng):
    depth, size = int(rng.integers(1, 5)), int(rng.integers(1, 900))
    wanted = models.unet_input_size(size, depth)
    assert models.unet_output_size(wanted, depth) >= size
    assert models.unet_output_size(wanted, depth) < size + 2**depth or size < 2**depth
    x = images = keras.Input((64, 64, 1))
    reach, stride = 1, 1
    for _ in range(int(rng.integers(1, 4))):
        kernel, step = int(rng.integers(1, 4)), int(rng.integers(1, 3))
        x = keras.layers.Conv2D(1, kernel, step)(x)
        reach, stride = reach + (kernel - 1) * stride, stride * step
    field = models.receptive_field(keras.Model(images, x))
    assert (field.size, field.stride, field.offset) == (reach, stride, 0)
    place, vector = rng.normal(size=(2, 3)), rng.normal(size=(2, 3))
    got = training.input_gradient(lambda t: t**3, place, vector)
    np.testing.assert_allclose(got, 3 * place**2 * vector, rtol=1e-4)


def test_crf_and_tiles(rng):
    size = tuple(int(side) for side in rng.integers(2, 9, 2))
    image = rng.random((*size, 3)).astype("float32")
    chances = rng.dirichlet(np.ones(3), size)
    refined = models.dense_crf(image, chances, iterations=2)
    np.testing.assert_allclose(refined.sum(-1), 1, rtol=1e-5)
    # Classes in another order come out in that order.
    order = rng.permutation(3)
    turned = models.dense_crf(image, chances[..., order], iterations=2)
    np.testing.assert_allclose(turned, refined[..., order], atol=1e-5)
    picture = rng.random((int(rng.integers(1, 40)), int(rng.integers(1, 40)), 3)).astype("float32")
    tile = int(rng.integers(1, 40))
    whole = models.overlap_tile_predict(_identity(), picture, tile)
    np.testing.assert_allclose(whole, picture, atol=1e-6)
