"""Predict label maps with a model, and score them."""

import weakref

import keras
import numpy as np

from segcourse.checks.pictures import as_floats, pictures
from segcourse.checks.sizes import positive_integer
from segcourse.metrics import scores
from segcourse.metrics.confusion_matrix import count_pixels
from segcourse.models.arguments import keras_model
from segcourse.training.devices.device import device
from segcourse.training.examples import (
    check_fits,
    images_and_labels,
    void_of,
    warn_of_few_classes,
)

# On JAX: the shapes that the prediction of a model was compiled for, as many as are kept.
_COMPILED = weakref.WeakKeyDictionary()
_MOST_SHAPES = 16


def predict_labels(model, images, batch_size=16):
    """The most likely class of every pixel.

    On JAX the first picture of each size is compiled for, which takes a second: bring pictures of
    many sizes to a few. What was compiled for sizes seen long ago is let go.

    Example:

    >>> model = keras.Sequential([keras.Input((None, None, 3)), keras.layers.Identity()])
    >>> red, blue = [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]
    >>> predict_labels(model, [[[red, blue, blue]]]).tolist()
    [[[0, 2, 2]]]

    Args:
        model: Keras model from images `[b, height, width, channels]`, 0..1, to logits
            `[b, height, width, classes]`.
        images: `[n, height, width, channels]`, uint8 0..255 or float 0..1.
        batch_size: images predicted at a time.

    Returns:
        label maps `[n, height, width]`, uint8; int32 above 256 classes.

    Raises:
        ValueError: for images that are none, float outside 0..1 or of a size that the model does
            not take, or a model whose output is not logits or holds NaN.
    """
    keras_model("model", model, runs=True)
    images = pictures("`images`", images)
    check_fits(model, images.shape, "`images`")
    batch_size = positive_integer("batch_size", batch_size)
    return np.concatenate([labels for _, labels, _ in _predict(model, images, batch_size)])


def evaluate(model, data, num_classes=None, batch_size=16):
    """The scores of a model on labelled images, from one exact confusion matrix.

    Example:

    >>> model = keras.Sequential([keras.Input((None, None, 3)), keras.layers.Identity()])
    >>> red, blue = [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]
    >>> result = evaluate(model, ([[[red, blue, blue]]], [[[0, 2, 255]]]))
    >>> result["pixel_accuracy"], result["mean_iou"]
    (1.0, 1.0)

    Args:
        model: Keras model from images, 0..1, to logits `[b, height, width, classes]`.
        data: a `segcourse.data` Split, or (images, labels) with void 255.
        num_classes: number of classes; by default what the model has outputs for.
        batch_size: images predicted at a time.

    Returns:
        dict as of `segcourse.metrics.scores`: `pixel_accuracy`, `mean_accuracy`, `mean_iou`,
        `frequency_weighted_iou` and `iou` per class.

    Raises:
        ValueError: for data that is empty or does not fit the model, and a model that gives NaN.

    Warns:
        UserWarning: for labels in which less than two classes occur, as in masks of 0 and 255.

    Reference: Long, Shelhamer, Darrell, "Fully convolutional networks for semantic
    segmentation" (2015), section 5.
    """
    keras_model("model", model, runs=True)
    images, labels = images_and_labels(data)
    check_fits(model, images.shape, "the images of `data`")
    batch_size = positive_integer("batch_size", batch_size)
    if num_classes is not None:
        num_classes = positive_integer("num_classes", num_classes)
    void = void_of(data)
    matrix = 0
    for start, predicted, outputs in _predict(model, images, batch_size):
        true = labels[start : start + len(predicted)]
        matrix = matrix + count_pixels(true, predicted, num_classes or outputs, void)[0]
    if len(matrix) > 1:
        warn_of_few_classes(labels, void, "data")
    return scores(matrix)


def _predict(model, images, batch_size):
    """Yield (index of the first image, its batch's label maps, number of classes)."""
    if model.predict_function is None and not model.compiled:
        # Left alone, Keras compiles the prediction of a bare model with XLA on a CPU too.
        model.jit_compile = device().xla
    for start in range(0, len(images), batch_size):
        batch = as_floats(images[start : start + batch_size])
        logits = _logits(model, batch, batch_size)
        _check_logits(logits, batch, start)
        labels = keras.ops.convert_to_numpy(keras.ops.argmax(logits, axis=-1))
        outputs = logits.shape[-1]
        yield start, labels.astype("uint8" if outputs <= 256 else "int32"), outputs


def _logits(model, batch, batch_size):
    """What the model makes of a batch; on JAX with few compilations, and few that are kept."""
    if keras.config.backend() != "jax":
        return model.predict_on_batch(batch)
    # JAX compiles for each shape anew: a rest of a batch is filled up to a power of two.
    count = len(batch)
    full = min(batch_size, 1 << (count - 1).bit_length())
    if count < full:
        batch = np.concatenate([batch, np.repeat(batch[-1:], full - count, axis=0)])
    shapes = _COMPILED.setdefault(model, set())
    if batch.shape not in shapes and len(shapes) >= _MOST_SHAPES:
        # Each that is kept takes megabytes; with the function they go.
        model.predict_function = None
        shapes.clear()
    shapes.add(batch.shape)
    return np.asarray(model.predict_on_batch(batch))[:count]


def _check_logits(logits, batch, start):
    shape = getattr(logits, "shape", None)
    if shape is None or len(shape) != 4 or shape[:3] != batch.shape[:3]:
        raise ValueError(
            "`model` must give logits [batch, height, width, classes] of its images' size. "
            f"Received: {shape} for images {batch.shape}"
        )
    # The smallest of numbers with NaN among them is NaN; and no second array is made.
    if np.isnan(np.min(keras.ops.convert_to_numpy(logits))):
        broken = [np.isnan(one).any() for one in keras.ops.convert_to_numpy(logits)]
        raise ValueError(
            "`model` must give numbers: has it weights of NaN, from a training that diverged? "
            f"Received: NaN among the logits of image {start + int(np.argmax(broken))}"
        )
