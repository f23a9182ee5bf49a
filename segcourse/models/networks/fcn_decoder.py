"""The half of a fully convolutional network that makes scores of feature maps."""

import keras

from segcourse.layers import BilinearInitializer, CropToMatch, SubpixelConv2DTranspose
from segcourse.models.networks.feature_map import FeatureMap


class Decoder:
    """Scores maps, enlarges them, and adds them where they lie on the same pixels."""

    def __init__(self, num_classes, geometry, upsampling):
        self.num_classes = num_classes
        self.same = geometry == "same"
        self.trainable = upsampling == "learned"

    def score(self, features, name):
        layer = keras.layers.Conv2D(self.num_classes, 1, kernel_initializer="zeros", name=name)
        return FeatureMap(layer(features.tensor), features.stride, features.centre, name)

    def upsample(self, scores, factor, name, onto, dtype=None):
        """Enlarge a map so that its cells come to lie on those of the map `onto`."""
        kernel, padding, start = self._kernel(scores, factor, onto)
        layer = SubpixelConv2DTranspose(
            self.num_classes,
            kernel,
            strides=factor,
            padding=padding,
            use_bias=False,
            kernel_initializer=BilinearInitializer(),
            trainable=self.trainable,
            dtype=dtype,
            name=name,
        )
        return FeatureMap(layer(scores.tensor), scores.stride // factor, start, name)

    def _kernel(self, scores, factor, onto):
        """Return kernel and padding of an enlargement and where its cell 0 lies."""
        stride = scores.stride // factor
        # Without padding, cell 0 comes to lie in the middle of the kernel. Cells that lie between
        # two of the finer ones need an even kernel, those on one an odd kernel.
        for kernel in (2 * factor, 2 * factor - 1):
            start = scores.centre - stride * (kernel - 1) / 2
            if (onto.centre - start) % stride == 0:
                break
        if self.same and kernel == 2 * factor and onto.centre - start == stride * factor / 2:
            # Then padding "same" cuts off just what lies outside.
            return kernel, "same", onto.centre
        return kernel, "valid", start

    def fuse(self, below, skip, pool):
        """Add two maps of one stride, the larger one cropped to where the smaller one lies."""
        small, large = (skip, below) if self.same else (below, skip)
        cropped = _crop(large, small)
        inputs = [cropped, skip.tensor] if self.same else [below.tensor, cropped]
        added = keras.layers.Add(name=f"fuse_{pool}")(inputs)
        return FeatureMap(added, small.stride, small.centre)

    def finish(self, scores, images):
        return _crop(scores, images, name="score", dtype="float32")


def _crop(larger, smaller, name=None, dtype=None):
    offset = (smaller.centre - larger.centre) / larger.stride
    if offset != int(offset) or offset < 0:
        raise ValueError(
            "`backbone` must give maps that lie on one grid, cell 0 within the first pixels. "
            f"Received: offset={offset}"
        )
    layer = CropToMatch(int(offset), name=name or f"{larger.name}c", dtype=dtype)
    return layer([larger.tensor, smaller.tensor])
