"""Augmentation: the same geometry for an image and its labels, colour for the image alone."""

import numpy as np
import tensorflow as tf

from segcourse.data.split import VOID


def augment(flip=True, crop=None, scale=None, color=0.0, seed=0):
    """Random changes for training images.

    Args:
        flip: mirror left and right, half of the time.
        crop: (height, width) of a random window to cut out, or None for the whole picture.
            A window larger than the picture is filled with the picture's edge, labelled void.
        scale: (smallest, largest) zoom, such as `(0.75, 1.5)`, or None for 1.
        color: strength of the change in brightness, contrast and colour cast; 0 none,
            0.3 strong.
        seed: integer, so that two augmentations differ.

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
    """What `augment` gives: a callable on batches. All chance comes from `draws`."""

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
        self.seed = int(seed)

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
        if self.crop is not None or self.scale is not None:
            images, labels = self._warp(images, labels, draws)
        elif self.flip:
            images, labels = _mirror(images, labels, draws[:, 0] < 0.5)
        if self.color:
            images = self._recolor(images, draws)
        return images, labels

    def _warp(self, images, labels, draws):
        """Flip, zoom and window in one resampling of each picture."""
        shape = tf.shape(images)
        height, width = tf.cast(shape[1], tf.float32), tf.cast(shape[2], tf.float32)
        size = tf.constant(self.crop) if self.crop is not None else shape[1:3]
        rows, columns = tf.cast(size[0], tf.float32), tf.cast(size[1], tf.float32)
        low, high = self.scale or (1.0, 1.0)
        step = 1.0 / (low * (high / low) ** draws[:, 1])  # input pixels per output pixel
        left = draws[:, 2] * (width - columns * step)
        top = draws[:, 3] * (height - rows * step)
        if self.scale is None:
            left, top = tf.round(left), tf.round(top)  # whole pixels: nothing is blurred
        mirrored = (draws[:, 0] < 0.5) & self.flip
        across = tf.where(mirrored, -step, step)
        start = tf.where(mirrored, left + columns * step, left)
        # Half-pixel centres: output pixel i looks at input place start + (i + ½)·step − ½.
        zero = tf.zeros_like(step)
        transforms = tf.stack(
            [across, zero, start + 0.5 * across - 0.5, zero, step, top + 0.5 * step - 0.5,
             zero, zero], axis=1,
        )  # fmt: skip
        images = tf.raw_ops.ImageProjectiveTransformV3(
            images=images, transforms=transforms, output_shape=size, fill_value=0.0,
            interpolation="BILINEAR", fill_mode="NEAREST",
        )  # fmt: skip
        warped = tf.raw_ops.ImageProjectiveTransformV3(
            images=labels[..., None], transforms=transforms, output_shape=size,
            fill_value=float(VOID), interpolation="NEAREST", fill_mode="CONSTANT",
        )  # fmt: skip
        return images, warped[..., 0]

    def _recolor(self, images, draws):
        """Brightness, contrast around the picture's mean, and a colour cast."""

        def around_one(column, strength):
            return 1.0 + strength * self.color * (2.0 * column - 1.0)

        cast = around_one(draws[:, 6:9], 0.3) * around_one(draws[:, 4:5], 1.0)
        contrast = around_one(draws[:, 5], 1.0)[:, None, None, None]
        mean = tf.reduce_mean(images, axis=(1, 2), keepdims=True)
        gain = contrast * cast[:, None, None, :]
        shift = (1.0 - contrast) * mean * cast[:, None, None, :]
        return tf.clip_by_value(images * gain + shift, 0.0, 1.0)


def _mirror(images, labels, which):
    images = tf.where(which[:, None, None, None], images[:, :, ::-1], images)
    return images, tf.where(which[:, None, None], labels[:, :, ::-1], labels)


def _is_pair(value, right):
    try:
        first, second = value
        return bool(right(first) and right(second))
    except (TypeError, ValueError):
        return False
