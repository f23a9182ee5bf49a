"""Augmentation: the same geometry for an image and its labels, colour for the image alone."""

import math

import numpy as np
import tensorflow as tf

from segcourse.checks.arrays import as_array
from segcourse.checks.label_maps import check_bytes, label_maps
from segcourse.checks.pictures import as_floats, pictures
from segcourse.checks.sizes import integer_from_zero, is_number, number, number_from_zero
from segcourse.checks.sizes import seed as check_seed
from segcourse.data.batching import elastic as formula
from segcourse.data.split import VOID

# One column each for flip, zoom, top, left, brightness, contrast and three for the colour cast.
_OLD_COLUMNS = 9
# Quarter turns, angle, two of the shift; then the vectors of the elastic deformation.
_NEW_COLUMNS = 4
_VECTORS = (2, formula.GRID, formula.GRID)
_COLUMNS = _OLD_COLUMNS + _NEW_COLUMNS + math.prod(_VECTORS)


def augment(
    flip=True,
    crop=None,
    scale=None,
    color=0.0,
    turn=False,
    rotation=0.0,
    shift=0.0,
    elastic=0.0,
    seed=0,
):
    """Random changes for training images.

    Args:
        flip: mirror left and right, half of the time.
        crop: (height, width) of a random window to cut out, or None for the picture's size.
            What a window does not cover of the picture is labelled void.
        scale: (smallest, largest) zoom, such as `(0.75, 1.5)`, or None for 1. Shrinking is not
            antialiased.
        color: strength of the change in brightness, contrast and colour cast; 0 none,
            0.3 strong.
        turn: turn by none to three quarters, each a quarter of the time. What comes out must be
            square: the pictures, or `crop`.
        rotation: largest angle in degrees, to either side, about the picture's middle.
        shift: largest move in pixels, along height and width.
        elastic: standard deviation in pixels of the elastic deformation of U-Net, such as 10.0,
            or 0 for none. The 3×3 grid of its vectors spans the picture, of which `crop` may be a
            part. See `segcourse.layers.RandomElasticDeformation`.
        seed: integer from 0 on, so that two augmentations differ.

    With `rotation`, `shift` or `elastic` the image is mirrored beyond the border of the picture,
    and labels are void there, as everywhere.

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
    return Augment(flip, crop, scale, color, turn, rotation, shift, elastic, seed)


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

    def __init__(
        self,
        flip=True,
        crop=None,
        scale=None,
        color=0.0,
        turn=False,
        rotation=0.0,
        shift=0.0,
        elastic=0.0,
        seed=0,
    ):
        if crop is not None and not _is_pair(crop, lambda v: v == int(v) and v > 0):
            raise ValueError(
                "`crop` must be (height, width), two positive integers, or None. "
                f"Received: crop={crop!r}"
            )
        if scale is not None and (
            not _is_pair(scale, lambda v: is_number(v) and v > 0) or scale[0] > scale[1]
        ):
            raise ValueError(
                "`scale` must be (smallest, largest), two positive numbers, or None. "
                f"Received: scale={scale!r}"
            )
        self.flip = bool(flip)
        self.crop = None if crop is None else tuple(int(v) for v in crop)
        self.scale = None if scale is None else tuple(float(v) for v in scale)
        self.color = number("color", color, lambda value: value <= 1 and value >= 0, "from 0 to 1")
        self.turn = bool(turn)
        self.rotation = number_from_zero("rotation", rotation)
        self.shift = number_from_zero("shift", shift)
        self.elastic = number_from_zero("elastic", elastic)
        self.seed = check_seed("seed", seed)

    def __repr__(self):
        settings = ", ".join(f"{name}={value}" for name, value in vars(self).items())
        return f"augment({settings})"

    def __eq__(self, other):
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self):
        return hash((type(self), *vars(self).values()))

    def draws(self, count, seed=0, epoch=0):
        """Random numbers for `count` examples, float32 [count, 31].

        The first 13 of each are in 0..1, the rest are normal. They depend on the seeds, the epoch
        and the example's place, on nothing else.
        """
        count = integer_from_zero("count", count)
        key = [self.seed, check_seed("seed", seed), check_seed("epoch", epoch)]
        old, new = (np.random.default_rng([*key, stream]) for stream in (7, 8))
        return np.concatenate(
            [
                old.random((count, _OLD_COLUMNS), "float32"),
                new.random((count, _NEW_COLUMNS), "float32"),
                new.standard_normal((count, math.prod(_VECTORS)), "float32"),
            ],
            axis=1,
        )

    def __call__(self, images, labels, draws=None, weights=None):
        """The batch changed.

        Args:
            images: [n, height, width, channels], float in 0..1 or uint8 in 0..255.
            labels: int [n, height, width] in 0..255.
            draws: numbers from `draws`, or None to draw them for epoch 0.
            weights: float32 [n, height, width] that go with the labels, or None.

        Returns:
            (images, labels), and the weights where there are any: float32, int32 and float32.
            Labels hold only ids that were there, and void; a weight stays with its label, 0 where
            uncovered.

        Raises:
            ValueError: for images and labels that `pipeline` does not take, weights or draws of
                another shape, a change of colour for images of other than 3 channels, and `turn`
                for pictures that are not square.
        """
        images, labels, weights = self._checked(images, labels, weights)
        if draws is None:
            draws = self.draws(len(images))
        draws = as_array("`draws`", draws)
        if draws.shape != (len(images), _COLUMNS):
            raise ValueError(
                f"`draws` must be [{len(images)}, {_COLUMNS}], what `draws({len(images)})` gives. "
                f"Received: shape={draws.shape}"
            )
        return self.changed(images, labels, draws.astype("float32"), weights)

    def _checked(self, images, labels, weights):
        images = pictures("`images`", images)
        labels = label_maps("`labels`", labels, images.shape)
        check_bytes("`labels`", labels, VOID)
        if self.color and images.shape[-1] != 3:
            raise ValueError(
                "`images` must have 3 channels for a change of colour. "
                f"Received: shape={images.shape}, color={self.color:g}"
            )
        if weights is not None:
            weights = as_array("`weights`", weights)
            if weights.shape != labels.shape:
                raise ValueError(
                    f"`weights` must have the shape of the labels, {labels.shape}. "
                    f"Received: shape={weights.shape}"
                )
            weights = weights.astype("float32")
        return as_floats(images), labels.astype("int32"), weights

    def changed(self, images, labels, draws, weights=None):
        """The batch changed, without a check: the input pipeline has made them all.

        Arguments and what comes back are those of a call, as tensors or arrays of their types.
        """
        images, labels = tf.convert_to_tensor(images), tf.convert_to_tensor(labels)
        maps, fills = [labels], [VOID]
        if weights is not None:
            maps, fills = [labels, tf.convert_to_tensor(weights)], [VOID, 0.0]
        draws = tf.convert_to_tensor(draws)
        if self.flip or self.crop is not None or self.scale is not None or self._bends():
            images, maps = self._move(images, maps, fills, draws)
        if self.turn:
            images, maps = _turn(images, maps, draws)
        if self.color:
            images = self._recolor(images, draws)
        return (images, *maps)

    def _bends(self):
        return bool(self.rotation or self.shift or self.elastic)

    def _move(self, images, maps, fills, draws):
        """Flip, zoom, bend and window, each picture read once."""
        shape = tf.shape(images)
        size = tf.constant(self.crop) if self.crop is not None else shape[1:3]
        mirrored = (draws[:, 0] < 0.5) & self.flip
        low, high = self.scale or (1.0, 1.0)
        step = 1.0 / (low * (high / low) ** draws[:, 1])  # pixels of the picture per new pixel
        room = tf.cast(shape[1:3], tf.float32) - tf.cast(size, tf.float32) * step[:, None]
        corner = draws[:, 2:4] * room  # top, left
        if self._bends():
            rows, columns = self._places(shape, size, corner, step, mirrored, draws)
            return _read(images, maps, fills, rows, columns)
        if self.scale is None:
            corner = tf.cast(tf.round(corner), tf.int32)
            return _window(images, maps, fills, size, corner, mirrored)
        return _zoom(images, maps, fills, size, corner, step, mirrored)

    def _places(self, shape, size, corner, step, mirrored, draws):
        """Where each new pixel is read in the picture: rows and columns, [n, height, width].

        The window is laid, bent, and turned about the picture's middle, in this order: so the
        deformation is that of rows and columns.
        """
        first = corner + 0.5 * step[:, None] - 0.5
        along = (tf.cast(tf.range(size[axis]), tf.float32) for axis in (0, 1))
        rows, columns = (first[:, axis, None] + step[:, None] * next(along) for axis in (0, 1))
        columns = tf.where(mirrored[:, None], columns[:, ::-1], columns)
        last = tf.cast(shape[1:3], tf.float32) - 1.0
        vectors = self.elastic * tf.reshape(draws[:, -math.prod(_VECTORS) :], (-1, *_VECTORS))
        grid = (formula.GRID - 1) / tf.maximum(last, 1.0)
        field = formula.displacements(vectors, rows * grid[0], columns * grid[1], tf)
        field += (self.shift * (2.0 * draws[:, 11:13] - 1.0))[:, :, None, None]
        angle = math.radians(self.rotation) * (2.0 * draws[:, 10] - 1.0)
        cosine, sine = tf.cos(angle)[:, None, None], tf.sin(angle)[:, None, None]
        down = (rows - last[0] / 2)[:, :, None]
        right = (columns - last[1] / 2)[:, None, :]
        return (
            last[0] / 2 + cosine * down + sine * right + field[:, 0],
            last[1] / 2 - sine * down + cosine * right + field[:, 1],
        )

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


def _window(images, maps, fills, size, corner, mirrored):
    """Windows of whole pixels: no value is changed, only read from its new place."""
    shape = tf.shape(images)
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
    return tf.gather(tf.reshape(images, [-1, images.shape[-1]]), places), [
        tf.where(inside, tf.gather(tf.reshape(one, [-1]), places), tf.constant(fill, one.dtype))
        for one, fill in zip(maps, fills, strict=True)
    ]


def _zoom(images, maps, fills, size, corner, step, mirrored):
    """Windows at another scale: bilinear for images, nearest for labels.

    New pixel i has its centre at corner + (i + ½)·step. Where that lies beyond the centres of
    the picture's outermost pixels, the image is grey and the label is void.
    """
    extent = tf.cast(tf.maximum(tf.shape(images)[1:3] - 1, 1), tf.float32)
    first = corner + 0.5 * step[:, None] - 0.5
    last = first + tf.cast(size - 1, tf.float32) * step[:, None]
    boxes = tf.concat([first, last], axis=1) / tf.tile(extent, [2])  # top, left, bottom, right
    boxes = tf.where(mirrored[:, None], tf.gather(boxes, [0, 3, 2, 1], axis=1), boxes)
    which = tf.range(tf.shape(images)[0])

    def moved(one, fill):
        numbers = tf.cast(one[..., None], tf.float32)
        window = tf.image.crop_and_resize(
            numbers, boxes, which, size, method="nearest", extrapolation_value=float(fill)
        )
        return tf.cast(window[..., 0], one.dtype)

    images = tf.image.crop_and_resize(images, boxes, which, size, extrapolation_value=0.5)
    return images, [moved(one, fill) for one, fill in zip(maps, fills, strict=True)]


def _read(images, maps, fills, rows, columns):
    """Bilinear for images, nearest for what goes with them."""
    return formula.bilinear(images, rows, columns, tf), [
        formula.nearest(one, rows, columns, fill, tf) for one, fill in zip(maps, fills, strict=True)
    ]


def _turn(images, maps, draws):
    """Quarter turns, counter-clockwise: a transposition and mirrors make them."""
    height, width = images.shape[1:3]
    if height != width:
        raise ValueError(
            f"`turn` must be False unless pictures, or their `crop`, are square. "
            f"Received: turn=True for {height}×{width} pixels"
        )
    turns = tf.cast(4.0 * draws[:, 9], tf.int32)

    def turned(one):
        def where(which, changed, same):
            return tf.where(tf.reshape(which, [-1] + [1] * (len(one.shape) - 1)), changed, same)

        swapped = tf.transpose(one, [0, 2, 1, *range(3, len(one.shape))])
        one = where(turns % 2 == 1, swapped, one)
        one = where((turns == 1) | (turns == 2), one[:, ::-1], one)
        return where(turns >= 2, one[:, :, ::-1], one)

    return turned(images), [turned(one) for one in maps]


def _is_pair(value, right):
    try:
        first, second = value
        return bool(right(first) and right(second))
    except (TypeError, ValueError, OverflowError):
        return False
