"""The pieces of pictures to which a channel of a layer answers most strongly."""

from dataclasses import dataclass

import keras
import numpy as np

from segcourse.checks.arrays import as_array
from segcourse.checks.pictures import as_floats, pictures
from segcourse.checks.sizes import positive_integer
from segcourse.models.arguments import keras_model
from segcourse.models.insight.receptive_field import receptive_field

OUTSIDE = 1.0  # white, as the page a picture is shown on


@dataclass(frozen=True)
class StrongestPatches:
    """What `strongest_patches` found; one row a channel, the strongest first.

    Attributes:
        channels: the channels, in the order of the rows.
        patches: float32 `[channels, count, size, size, 3]`, 0..1; white beyond the picture.
        images: int `[channels, count]`, the number of the picture that each patch is from.
        values: float32 `[channels, count]`, the activation.
        corners: int `[channels, count, 2]`, row and column of the patch's first pixel in its
            picture, negative beyond the border.

    Example:
        >>> import numpy as np
        >>> from segcourse.models import small_vgg, strongest_patches
        >>> images = np.linspace(0, 1, 4 * 32 * 32 * 3).reshape(4, 32, 32, 3)
        >>> found = strongest_patches(small_vgg(include_top=False), images, "conv1_1", [7], 2)
        >>> found.images.shape, found.corners.shape
        ((1, 2), (1, 2, 2))
    """

    channels: tuple[int, ...]
    patches: np.ndarray
    images: np.ndarray
    values: np.ndarray
    corners: np.ndarray

    def cut(self, pictures, outside=0.0):
        """Cut the same windows out of other pictures, such as projections.

        Args:
            pictures: `[channels, count, height, width, 3]`, one for each patch.
            outside: the value beyond a picture's border.

        Returns: array of the shape of `patches`.
        """
        size = self.patches.shape[2]
        return np.array(
            [
                [
                    _window(picture, corner, size, outside)
                    for picture, corner in zip(*row, strict=True)
                ]
                for row in zip(pictures, self.corners, strict=True)
            ]
        )


def strongest_patches(model, images, layer, channels=6, count=9, batch_size=32):
    """Find where in many pictures a layer's channels are strongest, and cut out what they saw.

    Each picture counts once for each channel, at its strongest place. What is cut out is the
    receptive field of that place: all the pixels that its activation depends on.

    Args:
        model: a functional `keras.Model` of images.
        images: `[n, height, width, 3]`, uint8 0..255 or float 0..1, at least `count`.
        layer: a layer of it, or its name.
        channels: a list of channels; or how many to take, those that stand out most: whose
            strongest activations exceed their mean over all pictures most, in standard
            deviations. One that mostly shows the pictures of another one is passed over.
        count: how many patches each.
        batch_size: pictures computed at a time.

    Returns: a `StrongestPatches`.

    Raises:
        ValueError: if an argument is none of the above, or the layer gives no map.

    Example:
        >>> import numpy as np
        >>> from segcourse.models import small_vgg, strongest_patches
        >>> images = np.random.default_rng(0).random((4, 32, 32, 3), "float32")
        >>> found = strongest_patches(small_vgg(include_top=False), images, "pool1", [0, 5], 2)
        >>> found.patches.shape
        (2, 2, 4, 4, 3)

    Reference: Zeiler, Fergus, "Visualizing and Understanding Convolutional Networks" (2014),
    section 4.1. Week 5.
    """
    keras_model("model", model)
    count = positive_integer("count", count)
    batch_size = positive_integer("batch_size", batch_size)
    images = as_images(images)
    if len(images) < count:
        raise ValueError(
            f"`images` must be at least `count`, {count}. Received: {len(images)} images"
        )
    field = receptive_field(model, layer)
    name = layer.name if isinstance(layer, keras.layers.Layer) else layer
    peaks, places = _peaks(model, images, name, batch_size)
    order = np.argsort(-peaks, axis=0, kind="stable")[:count]
    strongest = np.take_along_axis(peaks, order, axis=0)
    channels = _channels(channels, peaks, strongest, order)
    found = order.T[channels]
    cells = places[found, np.array(channels)[:, None]]
    corners = field.offset + field.stride * cells
    patches = [
        [_window(images[n], corner, field.size, OUTSIDE) for n, corner in zip(*row, strict=True)]
        for row in zip(found, corners, strict=True)
    ]
    strongest = strongest.T[channels].astype("float32")
    return StrongestPatches(tuple(channels), np.array(patches), found, strongest, corners)


def as_images(images):
    """Return pictures as float32 0..1; raise a ValueError for everything else."""
    images = as_array("`images`", images)
    if images.ndim != 4 or images.shape[-1] != 3 or not images.size:
        raise ValueError(
            f"`images` must have shape [n, height, width, 3]. Received: shape={images.shape}"
        )
    return as_floats(pictures("`images`", images))


def _peaks(model, images, layer, batch_size):
    """The strongest activation of each picture in each channel, and its row and column."""
    features = keras.Model(model.inputs[0], model.get_layer(layer).output)
    peaks, places = [], []
    for start in range(0, len(images), batch_size):
        maps = keras.ops.convert_to_numpy(
            features(images[start : start + batch_size], training=False)
        )
        if maps.ndim != 4:
            raise ValueError(
                f"`layer` must give a map [batch, height, width, channels]. "
                f"Received: layer={layer!r}, which gives {maps.shape}"
            )
        flat = maps.reshape(len(maps), -1, maps.shape[-1])
        first = flat.argmax(axis=1)
        peaks.append(flat.max(axis=1))
        places.append(np.stack(np.divmod(first, maps.shape[2]), axis=-1))
    return np.concatenate(peaks), np.concatenate(places)


def _channels(channels, peaks, strongest, order):
    total = peaks.shape[1]
    if np.ndim(channels) == 0:
        wanted = positive_integer("channels", channels)
        if wanted > total:
            raise ValueError(f"`channels` must be at most {total}. Received: channels={channels}")
        deviation = peaks.std(axis=0)
        above = strongest.mean(axis=0) - peaks.mean(axis=0)
        standing_out = np.where(deviation > 0, above / np.maximum(deviation, 1e-12), -np.inf)
        return _different(np.argsort(-standing_out, kind="stable").tolist(), order, wanted)
    found = [int(channel) for channel in channels]
    if not found or not all(0 <= channel < total for channel in found):
        raise ValueError(
            f"`channels` must be numbers from 0 to {total - 1}. Received: channels={channels}"
        )
    return found


def _different(channels, order, wanted):
    """The first channels that share at most half of their pictures with each one before."""
    taken, others = [], []
    for channel in channels:
        shared = [np.isin(order[:, channel], order[:, one]).mean() for one in taken]
        (others if max(shared, default=0) > 0.5 else taken).append(channel)
        if len(taken) == wanted:
            break
    return sorted((taken + others)[:wanted])


def _window(picture, corner, size, outside):
    """A square of a picture from a corner on, with `outside` where it reaches over the border."""
    window = np.full((size, size, picture.shape[-1]), outside, "float32")
    corner = [int(first) for first in corner]
    (top, bottom), (left, right) = (
        (max(first, 0), max(min(first + size, side), 0))
        for first, side in zip(corner, picture.shape, strict=False)
    )
    y, x = top - corner[0], left - corner[1]
    window[y : y + bottom - top, x : x + right - left] = picture[top:bottom, left:right]
    return window
