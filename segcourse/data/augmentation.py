"""Augmentation: the same geometry for an image and its labels, colour for the image alone."""

import numpy as np
import tensorflow as tf

from segcourse.data.seeds import check_seed
from segcourse.data.split import VOID


def augment(flip=True, crop=None, scale=None, color=0.0, seed=0):
    """Random changes for training images.

    Args:
        flip: mirror left and right, half of the time.
        crop: (height, width) of a random window to cut out, or None for the picture's size.
            What a window does not cover of the picture is labelled void.
        scale: (smallest, largest) zoom, such as `(0.75, 1.5)`, or None for 1. Shrinking is not
            antialiased.
        color: strength of the change in brightness, contrast and colour cast; 0 none,
            0.3 strong.
        seed: integer from 0 on, so that two augmentations differ.

    Returns:
        An `Augment`, to be given to `pipeline` or called on a batch.

    Example:

    >>> import numpy as np
    >>> from segcourse import data
    >>> jitter = data.augment(flip=True, crop=(4, 4), seed=1)
    >>> images, labels = jitter(np.zeros((2, 8, 8, 3), "float32"), np.zeros((2, 8, 8), "int32"))
    >>> images.shape, labels.shape
    (TensorShape([2, 4, 4, 3]), TensorShape([2, 4, 4]))
    """
    return Augment(flip=flip, crop=crop, scale=scale, color=color, seed=seed)


class Augment:
    """What `augment` gives: a callable on batches. All chance comes from `draws`.

    Arguments are those of `augment`.

    Example:

    >>> import numpy as np
    >>> from segcourse import data
    >>> mirror = data.Augment(flip=True, seed=1)
    >>> image = np.arange(3, dtype="float32").repeat(3).reshape(1, 1, 3, 3) / 2
    >>> labels = np.array([[[0, 1, 2]]])
    >>> mirror(image, labels, mirror.draws(1, epoch=0))[1].numpy().tolist()
    [[[0, 1, 2]]]
    >>> mirror(image, labels, mirror.draws(1, epoch=1))[1].numpy().tolist()
    [[[2, 1, 0]]]
    """

    def __init__(self, flip=True, crop=None, scale=None, color=0.0, seed=0):
        if crop is not None and not _is_pair(crop, lambda v: v == int(v) and v > 0):
            raise ValueError(
                "`crop` must be (height, width), two positive integers, or None. "
                f"Received: crop={crop!r}"
            )
        if scale is not None and (not _is_pair(scale, lambda v: v > 0) or scale[0] > scale[1]):
            raise ValueError(
                "`scale` must be (smallest, largest), two positive numbers, or None. "
                f"Received: scale={scale!r}"
            )
        if not isinstance(color, (int, float)) or not 0.0 <= color <= 1.0:
            raise ValueError(f"`color` must be from 0 to 1. Received: color={color!r}")
        self.flip = bool(flip)
        self.crop = None if crop is None else tuple(int(v) for v in crop)
        self.scale = None if scale is None else tuple(float(v) for v in scale)
        self.color = float(color)
        self.seed = check_seed(seed)

    def __repr__(self):
        return (
            f"augment(flip={self.flip}, crop={self.crop}, scale={self.scale}, "
            f"color={self.color}, seed={self.seed})"
        )

    def draws(self, count, seed=0, epoch=0):
        """Random numbers for `count` examples, float32 [count, 9] in 0..1.

        They depend on the seeds, the epoch and the example's place, on nothing else.
        """
        rng = np.random.default_rng([self.seed, int(seed), int(epoch), 7])
        return rng.random((count, 9), "float32")

    def __call__(self, images, labels, draws=None):
        """The batch changed.

        Args:
            images: float32 [n, height, width, 3] in 0..1.
            labels: int [n, height, width].
            draws: numbers from `draws`, or None to draw them for epoch 0.

        Returns:
            (images, labels): the same dtypes; labels hold only ids that were there, and void.
        """
        images, labels = tf.convert_to_tensor(images), tf.convert_to_tensor(labels)
        if draws is None:
            draws = self.draws(int(images.shape[0]))
        draws = tf.convert_to_tensor(draws)
        if self.flip or self.crop is not None or self.scale is not None:
            images, labels = self._move(images, labels, draws)
        if self.color:
            images = self._recolor(images, draws)
        return images, labels

    def _move(self, images, labels, draws):
        """Flip, zoom and window, each picture read once."""
        shape = tf.shape(labels)
        size = tf.constant(self.crop) if self.crop is not None else shape[1:3]
        mirrored = (draws[:, 0] < 0.5) & self.flip
        low, high = self.scale or (1.0, 1.0)
        step = 1.0 / (low * (high / low) ** draws[:, 1])  # pixels of the picture per new pixel
        room = tf.cast(shape[1:3], tf.float32) - tf.cast(size, tf.float32) * step[:, None]
        corner = draws[:, 2:4] * room  # top, left
        if self.scale is None:
            return _window(images, labels, size, tf.cast(tf.round(corner), tf.int32), mirrored)
        return _zoom(images, labels, size, corner, step, mirrored)

    def _recolor(self, images, draws):
        """Brightness, contrast around the picture's mean, and a colour cast."""

        def around_one(column, strength):
            return 1.0 + strength * self.color * (2.0 * column - 1.0)

        cast = around_one(draws[:, 6:9], 0.3) * around_one(draws[:, 4:5], 1.0)
        contrast = around_one(draws[:, 5], 1.0)[:, None, None]
        mean = tf.reduce_mean(images, axis=(1, 2))[:, None]
        gain = contrast * cast[:, None]
        shift = (1.0 - contrast) * mean * cast[:, None]
        # By whole rows of pixels: several times as fast as broadcasting over 3 channels.
        shape = tf.shape(images)
        rows = tf.reshape(images, [shape[0], shape[1], shape[2] * 3])
        rows = rows * tf.tile(gain, [1, 1, shape[2]]) + tf.tile(shift, [1, 1, shape[2]])
        return tf.reshape(tf.clip_by_value(rows, 0.0, 1.0), shape)


def _window(images, labels, size, corner, mirrored):
    """Windows of whole pixels: no value is changed, only read from its new place."""
    shape = tf.shape(labels)
    count, height, width = shape[0], shape[1], shape[2]
    columns = tf.range(size[1])
    columns = corner[:, 1:] + tf.where(mirrored[:, None], size[1] - 1 - columns, columns)
    rows = corner[:, :1] + tf.range(size[0])
    inside = ((rows >= 0) & (rows < height))[:, :, None] & ((columns >= 0) & (columns < width))[
        :, None, :
    ]
    rows = tf.clip_by_value(rows, 0, height - 1) + tf.range(count)[:, None] * height
    columns = tf.clip_by_value(columns, 0, width - 1)
    places = rows[:, :, None] * width + columns[:, None, :]
    labels = tf.gather(tf.reshape(labels, [-1]), places)
    return (
        tf.gather(tf.reshape(images, [-1, images.shape[-1]]), places),
        tf.where(inside, labels, tf.constant(VOID, labels.dtype)),
    )


def _zoom(images, labels, size, corner, step, mirrored):
    """Windows at another scale: bilinear for images, nearest for labels.

    New pixel i has its centre at corner + (i + ½)·step. Where that lies beyond the centres of
    the picture's outermost pixels, the image is grey and the label is void.
    """
    extent = tf.cast(tf.maximum(tf.shape(labels)[1:3] - 1, 1), tf.float32)
    first = corner + 0.5 * step[:, None] - 0.5
    last = first + tf.cast(size - 1, tf.float32) * step[:, None]
    boxes = tf.concat([first, last], axis=1) / tf.tile(extent, [2])  # top, left, bottom, right
    boxes = tf.where(mirrored[:, None], tf.gather(boxes, [0, 3, 2, 1], axis=1), boxes)
    which = tf.range(tf.shape(labels)[0])
    images = tf.image.crop_and_resize(images, boxes, which, size, extrapolation_value=0.5)
    numbers = tf.cast(labels[..., None], tf.float32)
    moved = tf.image.crop_and_resize(
        numbers, boxes, which, size, method="nearest", extrapolation_value=float(VOID)
    )
    return images, tf.cast(moved[..., 0], labels.dtype)


def _is_pair(value, right):
    try:
        first, second = value
        return bool(right(first) and right(second))
    except (TypeError, ValueError, OverflowError):
        return False
