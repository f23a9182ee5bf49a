"""Batches of feature maps that were computed once, beside their labels."""

import tensorflow as tf

from segcourse.data.batches import Batches


class FeatureBatches(Batches):
    """What `Batches` is for images, for one or several arrays of features of each image.

    The order follows from (seed, epoch) as it does for images.

    Args:
        maps: float arrays [n, …], one for each input of a network.
        labels: integers [n, height, width] in 0..255.
        batch_size: positive integer.
    """

    def __init__(self, maps, labels, batch_size):
        self.batch_size, self.drop_remainder, self.augment = int(batch_size), False, None
        self.count = len(labels)
        with tf.device("CPU"):
            self._maps = [tf.constant(one) for one in maps]
            self._labels = tf.constant(labels)
        self._batch = tf.function(self._gather_maps, reduce_retracing=True)

    def _gather_maps(self, indices):
        maps = tuple(tf.gather(one, indices) for one in self._maps)
        labels = tf.cast(tf.gather(self._labels, indices), tf.int32)
        return (maps if len(maps) > 1 else maps[0]), labels
