"""`preprocess` against independent implementations, and the example of its text."""

import keras
import numpy as np
import pytest

from segcourse.exercises.week5.preprocess import preprocess as exercise

preprocess = exercise.right.build()


def test_preprocess_agrees_with_keras_applications():
    images = np.random.default_rng(1).random((2, 5, 4, 3), dtype="float32")
    expected = keras.applications.vgg16.preprocess_input(255 * images)
    result = preprocess(images, np.array([103.939, 116.779, 123.68], "float32"))
    np.testing.assert_allclose(result, expected, atol=1e-3)


def test_preprocess_example():
    result = preprocess(np.array([[[[1.0, 0.5, 0.0]]]]), np.array([100, 110, 120]))
    assert result.ravel().tolist() == [-100, 17.5, 135]


# What students write: (body, the mistake it is recognised as, a part of what is said).
WRITTEN = [
    ("x = images * 255.0\nx -= mean\nreturn x", "channels not turned", ""),
    ("images *= 255\nreturn images[..., ::-1] - mean", None, "changed its input `images`"),
    ("return images[..., ::-1] * 255 - mean[::-1]", "mean of the other channel", ""),
    ("x = images * 255\nx = x - mean\nreturn x[:, :, :, ::-1]", "mean of the other channel", ""),
    ("return images[..., ::-1] - mean / 255", "left in 0 to 1", ""),
    ("return (images[..., ::-1] * 255 - mean) / 255", "left in 0 to 1", ""),
    ("return images[::-1] * 255 - mean", "batch turned", ""),
    ("return keras.applications.vgg16.preprocess_input(255.0 * images)", "Keras' function", ""),
    ("return (images * 255).astype(int)[..., ::-1] - mean", "cut to whole numbers", ""),
    ("return np.flip(images) * 255 - mean", "all axes turned", ""),
    ("return ops.flip(images, -1) * 255 - mean", None, "a tensor came: return a NumPy array"),
]


@pytest.mark.parametrize(("body", "mistake", "said"), WRITTEN)
def test_answers_as_students_write_them(body, mistake, said, recognised):
    recognised(exercise, body, mistake, said)
