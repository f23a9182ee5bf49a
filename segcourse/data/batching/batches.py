"""The input pipeline: batches whose order and changes follow from (seed, epoch) alone."""

import math
import os

import numpy as np
import tensorflow as tf

from segcourse.checks.arrays import as_array, is_floating
from segcourse.checks.label_maps import check_bytes, label_maps
from segcourse.checks.pictures import pictures
from segcourse.checks.sizes import positive_integer
from segcourse.checks.sizes import seed as check_seed
from segcourse.data.split import VOID, Split

_PARALLEL = min(os.cpu_count() or 1, 8)  # batches in the making
_AHEAD = 2  # batches that are ready before they are asked for


def pipeline(
    data,
    batch_size,
    *,
    shuffle=False,
    augment=None,
    weights=None,
    repeats=1,
    seed=0,
    epoch=0,
    drop_remainder=False,
):
    """Batches of a split, ready for a network.

    Args:
        data: a `Split`, or a pair (images, labels): uint8 or float images [n, h, w, channels]
            and integer labels [n, h, w] in 0..255. uint8 images are divided by 255; float ones
            must be in 0..1 already.
        batch_size: positive integer.
        shuffle: whether the whole split is put in a new order.
        augment: an `Augment` from `data.augment(...)`, or None. Its change of colour takes 3
            channels.
        weights: float [n, h, w], a weight for every pixel, finite and not negative; or None. They
            go through the augmentation with their labels.
        repeats: how often each picture comes in an epoch, each time augmented anew.
        seed, epoch: integers from 0 on. Order and augmentation are functions of the two only,
            so an epoch that was broken off can be repeated exactly.
        drop_remainder: leave out a last batch that is not full.

    Returns:
        A `tf.data.Dataset` of (float32 images [b, h, w, channels] in 0..1, int32 labels
        [b, h, w]), and of the float32 weights [b, h, w] where there are any.

    Raises:
        ValueError: empty or mismatched arrays, float or out-of-range labels, weights
            that do not fit, a change of colour for images of other than 3 channels.

    Example:

    >>> import numpy as np
    >>> from segcourse import data
    >>> images, labels = np.zeros((5, 8, 8, 3), "uint8"), np.zeros((5, 8, 8), "uint8")
    >>> batches = data.pipeline((images, labels), 2, shuffle=True)
    >>> [x.shape[0] for x, y in batches]
    [2, 2, 1]
    """
    batches = Batches(
        data,
        batch_size,
        augment=augment,
        weights=weights,
        repeats=repeats,
        drop_remainder=drop_remainder,
    )
    return batches.epoch(epoch, seed=seed, shuffle=shuffle)


class Batches:
    """The batches of many epochs: what is the same in all of them is made once.

    The arrays are handed to TensorFlow, and the augmentation is traced, when the first epoch is
    asked for; a later epoch costs milliseconds. Arguments and errors are those of `pipeline`.

    Example:

    >>> import numpy as np
    >>> from segcourse.data import Batches
    >>> arrays = np.zeros((5, 8, 8, 3), "uint8"), np.zeros((5, 8, 8), "uint8")
    >>> batches = Batches(arrays, 2)
    >>> [len(batches.epoch(number, shuffle=True)) for number in range(2)]
    [3, 3]
    """

    def __init__(
        self, data, batch_size, *, augment=None, weights=None, repeats=1, drop_remainder=False
    ):
        batch_size = positive_integer("batch_size", batch_size)
        repeats = positive_integer("repeats", repeats)
        _check_augment(augment)
        images, labels = _arrays(data)
        _check_color(augment, images.shape[-1])
        self.batch_size = batch_size
        self.drop_remainder = drop_remainder
        self.augment = augment
        self._weights = None
        self._pictures = len(images)
        self.count = self._pictures * repeats
        with tf.device("CPU"):
            self._images, self._labels = tf.constant(images), tf.constant(labels)
            if weights is not None:
                self._weights = tf.constant(_checked_weights(weights, labels.shape))
        self._batch = tf.function(
            self._gather, reduce_retracing=True, autograph=_needs_autograph(augment)
        )
        self._pipelines = {}

    def epoch(self, epoch=0, *, seed=0, shuffle=False, steps=(0, None), shard=(0, 1), multiple=1):
        """A `tf.data.Dataset`: order and augmentation are functions of (seed, epoch) only.

        Args:
            epoch, seed, shuffle: as for `pipeline`.
            steps: the batches from the first of these two numbers up to the second, which is left
                out; those before are not made. None is the end.
            shard: (index, count): each batch is cut into so many equal parts, one for each process
                of a job, and this is one of them.
            multiple: each batch has a multiple of so many images; it divides the batch size, and
                is a multiple of the parts. What a last batch has beyond is left out.
        """
        seed, epoch = check_seed("seed", seed), check_seed("epoch", epoch)
        order = np.arange(self.count)
        if shuffle:
            order = np.random.default_rng([seed, epoch, 1]).permutation(self.count)
        order = order[slice(*(None if s is None else s * self.batch_size for s in steps))]
        size = self.batch_size
        if multiple > 1:
            order, size = _shared(order, size, *shard, multiple)
        examples = (order % self._pictures,)
        if self.augment is not None:
            examples += (self.augment.draws(self.count, seed, epoch)[order],)
        return self._pipeline(examples, size)

    def _pipeline(self, examples, size):
        """Traced once a size: put together anew, a pipeline costs milliseconds of every epoch."""
        if size not in self._pipelines:
            specs = [tf.TensorSpec([None, *one.shape[1:]], one.dtype) for one in examples]
            make = tf.function(lambda *examples: self._make(examples, size), autograph=False)
            # A function that is traced when it is called warns after a few objects like this one.
            self._pipelines[size] = make.get_concrete_function(*specs)
        return self._pipelines[size](*map(tf.constant, examples))

    def _make(self, examples, size):
        batches = tf.data.Dataset.from_tensor_slices(examples)
        batches = batches.batch(size, drop_remainder=self.drop_remainder)
        batches = batches.map(self._batch, num_parallel_calls=_PARALLEL).prefetch(_AHEAD)
        # A pipeline that tunes itself often ends only when its tuner wakes up, which may be half a
        # second after the last step of an epoch.
        options = tf.data.Options()
        options.autotune.enabled = False
        # To rewrite these few operations costs more than it saves, at each epoch's beginning.
        options.experimental_optimization.apply_default_optimizations = False
        return batches.with_options(options)

    def _gather(self, indices, draws=None):
        images = tf.gather(self._images, indices)
        labels = tf.cast(tf.gather(self._labels, indices), tf.int32)
        scale = 255.0 if images.dtype == tf.uint8 else 1.0
        images = tf.cast(images, tf.float32) / scale
        if self._weights is None:
            return (images, labels) if draws is None else self._augmented(images, labels, draws)
        weights = tf.gather(self._weights, indices)
        if draws is None:
            return images, labels, weights
        return self._augmented(images, labels, draws, weights)

    def _augmented(self, images, labels, draws, weights=None):
        """By an `Augment` without its checks, which were made; or by someone's own function."""
        change = getattr(self.augment, "changed", self.augment)
        return (
            change(images, labels, draws)
            if weights is None
            else change(images, labels, draws, weights)
        )


def _shared(order, batch_size, index, parts, multiple):
    """The examples of part `index` of every batch, and how many of them make a batch."""
    pieces = []
    for start in range(0, len(order), batch_size):
        batch = order[start : start + batch_size]
        size = len(batch) // multiple * multiple // parts
        pieces.append(batch[index * size : (index + 1) * size])
    order = np.concatenate(pieces)
    # A small batch alone says its true size: TensorFlow shares batches by what is said.
    return order, max(1, min(batch_size // parts, len(order)))


def _arrays(data):
    whose = ("`images`", "`labels`")
    if isinstance(data, Split):
        whose = tuple(f"{one} of split {data.name!r}" for one in whose)
        data = data.images, data.labels
    try:
        images, labels = data
    except (TypeError, ValueError):
        raise ValueError(
            f"`data` must be a Split or a pair (images, labels). Received: {type(data).__name__}"
        ) from None
    images = pictures(whose[0], images)
    labels = label_maps(whose[1], labels, images.shape)
    check_bytes(whose[1], labels, VOID)
    return images, labels


def _checked_weights(weights, shape):
    weights = as_array("`weights`", weights)
    if weights.shape != shape or not is_floating(weights):
        raise ValueError(
            f"`weights` must be float [n, height, width] as the labels, {shape}. "
            f"Received: shape={weights.shape}, dtype={weights.dtype}"
        )
    low, high = float(weights.min()), float(weights.max())
    if not (low >= 0.0 and math.isfinite(high)):
        raise ValueError(
            f"`weights` must be finite and not negative. Received: from {low:g} to {high:g}"
        )
    return weights.astype("float32")


def _check_color(augment, channels):
    color = getattr(augment, "color", 0.0)
    if color and channels != 3:
        raise ValueError(
            "`augment` must have color=0 for images of other than 3 channels. "
            f"Received: color={color:g}, channels={channels}"
        )


def _needs_autograph(augment):
    """Whether Python's `if` and `for` may have to become TensorFlow's: in someone's own function.

    What stands here has none that depend on values, and to translate it takes seconds.
    """
    return augment is not None and not hasattr(augment, "changed")


def _check_augment(augment):
    if augment is not None and not hasattr(augment, "draws"):
        raise ValueError(
            f"`augment` must come from data.augment(...) or be None. Received: augment={augment!r}"
        )
