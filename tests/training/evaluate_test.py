import gc
import weakref
from types import SimpleNamespace

import keras
import numpy as np
import pytest

from segcourse.metrics import confusion_matrix, scores
from segcourse.training import evaluate, predict_labels

RNG = np.random.default_rng(0)


class Answer(keras.layers.Layer):
    """Logits that are the image's own channels."""

    def call(self, images):
        return images


def model(channels=3):
    inputs = keras.Input((None, None, channels))
    return keras.Model(inputs, Answer()(inputs))


def a_set(n=5):
    images = RNG.integers(0, 256, (n, 6, 7, 3)).astype("uint8")
    labels = RNG.integers(0, 3, (n, 6, 7)).astype("uint8")
    labels[:, 0] = 255
    return images, labels


def test_predicts_the_largest_logit_in_batches():
    images, _ = a_set()
    for batch_size in (1, 2, 16):
        got = predict_labels(model(), images, batch_size)
        assert got.dtype == np.uint8 and got.shape == (5, 6, 7)
        np.testing.assert_array_equal(got, images.argmax(-1))


def test_scales_bytes_and_takes_floats_as_they_are():
    images, _ = a_set()
    seen = []

    class Look(keras.Model):
        def call(self, inputs):
            return inputs

        def predict_on_batch(self, x):
            seen.append(x)
            return x

    predict_labels(Look(), images)
    predict_labels(Look(), images.astype("float64") / 255)
    assert seen[0].dtype == seen[1].dtype == np.float32 and seen[0].max() <= 1
    np.testing.assert_allclose(seen[0], seen[1], atol=1e-6)


def test_scores_are_those_of_the_whole_set():
    images, labels = a_set()
    got = evaluate(model(), (images, labels), batch_size=2)
    expected = scores(confusion_matrix(labels, images.argmax(-1), 3))
    for name in expected:
        np.testing.assert_array_equal(got[name], expected[name])


def test_takes_a_split_and_its_void():
    images, labels = a_set()
    split = SimpleNamespace(images=images, labels=np.where(labels == 255, 77, labels), void=77)
    expected = evaluate(model(), (images, labels))
    assert evaluate(model(), split)["mean_iou"] == expected["mean_iou"]


def test_more_classes_than_the_model_has_outputs_for():
    images, labels = a_set()
    got = evaluate(model(), (images, labels), num_classes=5)
    assert got["iou"].shape == (5,) and np.isnan(got["iou"][3:]).all()


def test_names_what_is_wrong():
    images, labels = a_set()
    with pytest.raises(ValueError, match="`data` must not be empty"):
        evaluate(model(), (images[:0], labels[:0]))
    with pytest.raises(ValueError, match="`labels` must be class ids 0..2 or void=255.*: 9"):
        evaluate(model(), (images, np.where(labels == 1, 9, labels)))
    with pytest.raises(ValueError, match="`batch_size` must be a positive integer"):
        predict_labels(model(), images, batch_size=0)
    for call in (predict_labels, lambda m, x: evaluate(m, (x, labels))):
        with pytest.raises(ValueError, match=r"must have the 3 channels.*\(\d+, 6, 7, 1\)"):
            call(model(), images[..., :1])
    with pytest.raises(ValueError, match="`num_classes` must be a positive integer"):
        evaluate(model(), (images, labels), num_classes=0)
    with pytest.raises(ValueError, match="`model` must be a keras.Model. Received: model=None"):
        evaluate(None, (images, labels))
    with pytest.raises(ValueError, match="`model` must be a keras.Model"):
        predict_labels(lambda x: x, images)
    inputs = keras.Input((6, 7, 3))
    pooled = keras.Model(inputs, keras.layers.GlobalAveragePooling2D()(inputs))
    with pytest.raises(ValueError, match="`model` must give logits"):
        predict_labels(pooled, images)


@pytest.mark.parametrize("change", [lambda x: x * 255, lambda x: x - 0.5, lambda x: x / 0])
def test_float_images_outside_0_to_1_are_named(change):
    images, labels = a_set()
    with np.errstate(all="ignore"):
        images = change(images.astype("float32") / 255)
    with pytest.raises(ValueError, match="`images` must be in 0..1"):
        predict_labels(model(), images)
    with pytest.raises(ValueError, match="the images of `data` must be in 0..1"):
        evaluate(model(), (images, labels))


def test_numpy_integers_are_integers():
    images, labels = a_set()
    got = evaluate(model(), (images, labels), np.int64(3), np.int32(2))
    assert got["mean_iou"] == evaluate(model(), (images, labels))["mean_iou"]


def _identity(size=None, scale=1.0):
    images = keras.Input((size, size, 3))
    return keras.Model(images, keras.layers.Rescaling(scale)(images))


def test_a_model_that_gives_nan_is_named():
    images = np.zeros((5, 4, 4, 3), "float32")
    model = _identity(scale=np.nan)
    for run in (
        lambda: predict_labels(model, images),
        lambda: evaluate(model, (images, np.arange(80).reshape(5, 4, 4) % 2)),
    ):
        with pytest.raises(ValueError, match="`model` must give numbers.*NaN .* of image 0"):
            run()


def test_a_size_that_the_model_does_not_take_is_named():
    images = np.zeros((1, 6, 4, 3), "uint8")
    with pytest.raises(ValueError, match="`images` must have the size .*, 4×4 .*Received: 6×4"):
        predict_labels(_identity(4), images)
    with pytest.raises(ValueError, match="images of `data` must have the size"):
        evaluate(_identity(4), (images, np.zeros((1, 6, 4), int)))


@pytest.mark.parametrize("count", [1, 3, 4, 5, 7])
def test_a_rest_of_a_batch_is_predicted_as_the_others(count):
    images = np.random.default_rng(0).random((count, 3, 3, 3))
    got = predict_labels(_identity(), images, batch_size=np.int64(4))
    np.testing.assert_array_equal(got, images.argmax(-1))


@pytest.mark.skipif(keras.config.backend() != "jax", reason="TensorFlow takes any size")
def test_few_compiled_functions_are_kept():
    model = _identity()
    predict_labels(model, np.zeros((1, 1, 3, 3)))
    first = weakref.ref(model.predict_function)
    for size in range(2, 17):
        predict_labels(model, np.zeros((1, size, 3, 3)))
    assert first() is model.predict_function
    predict_labels(model, np.zeros((1, 17, 3, 3)))
    gc.collect()
    assert first() is None  # and with it what it had compiled
