"""Batches of feature maps that were computed once, beside their labels."""

import tensorflow as tf

from segcourse.data.batching.batches import Batches


class FeatureBatches(Batches):
    """What `Batches` is for images, for one or several arrays of features of each image.

    The order follows from (seed, epoch) as it does for images.

    Args:
        maps: float arrays [n, …], one for each input of a network.
        labels: integers [n, height, width] in 0..255.
        batch_size: positive integer.
        weights: float array [n, height, width], a weight for every pixel, or None.
        repeats: how often each image comes in an epoch.
    """

    def __init__(self, maps, labels, batch_size, *, weights=None, repeats=1):
        self.batch_size, self.drop_remainder, self.augment = int(batch_size), False, None
        self._pictures = len(labels)
        self.count = self._pictures * int(repeats)
        with tf.device("CPU"):
            self._weights = None if weights is None else tf.constant(weights, tf.float32)
            self._maps = [tf.constant(one) for one in maps]
            self._labels = tf.constant(labels)
        self._batch = tf.function(self._gather_maps, reduce_retracing=True, autograph=False)
        self._pipelines = {}

    def _gather_maps(self, indices):
        maps = tuple(tf.gather(one, indices) for one in self._maps)
        labels = tf.cast(tf.gather(self._labels, indices), tf.int32)
        maps = maps if len(maps) > 1 else maps[0]
        if self._weights is None:
            return maps, labels
        return maps, labels, tf.gather(self._weights, indices)
