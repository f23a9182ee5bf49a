"""Fully convolutional networks: FCN-32s, 16s and 8s from one builder."""

from dataclasses import dataclass

import keras

from segcourse.layers import BilinearInitializer, CropToMatch
from segcourse.models.arguments import choice, image_shape, keras_model, positive_integer
from segcourse.models.small_vgg import SMALL
from segcourse.models.transfer_weights import transfer_weights
from segcourse.models.vgg import CONFIGS, VGGConfig, convolutional_blocks

BACKBONES = {
    "vgg11": CONFIGS["A"],
    "vgg13": CONFIGS["B"],
    "vgg16": CONFIGS["D"],
    "vgg19": CONFIGS["E"],
    "small_vgg": SMALL,
}
# Pooled maps that the skips read, and their strides.
SKIPS = {32: (), 16: (("pool4", 16),), 8: (("pool4", 16), ("pool3", 8))}
# "original" pads the first convolution by 100. "same" convolutions add the last pixel of it.
PADDING = 99


def fcn(
    backbone,
    num_classes,
    stride=8,
    geometry="same",
    upsampling="learned",
    input_shape=(None, None, 3),
    weights_from=None,
    name=None,
):
    """Build a fully convolutional network: FCN-32s, FCN-16s or FCN-8s.

    The last features are scored by a 1×1 convolution, enlarged by transposed convolutions that
    start as bilinear interpolation, and on the way added to the scores of pool4 and pool3. Scores
    start at zero. Layers are called as in the reference implementation. The logits have the height
    and width of the images, from 1×1 up, and are float32 under mixed precision as well.

    Args:
        backbone: "vgg11", "vgg13", "vgg16", "vgg19", "small_vgg", or a `VGGConfig`. With
            `geometry="same"` also a functional `keras.Model` of images that has the layers pool3
            and pool4 (as far as `stride` needs them) and fc7 or pool5, of strides 8, 16, 32. It is
            built upon, not copied, and takes every size of image if its layers pad "same".
        num_classes: number of classes.
        stride: the finest stride that is scored: 32, 16 or 8.
        geometry: "original" pads the first convolution by 100 pixels, leaves fc6 unpadded and
            crops by the published offsets. "same" pads every convolution to keep its size; it gives
            maps on the same grid at a fraction of the cost.
        upsampling: "learned" lets the transposed convolutions train, "fixed" keeps them bilinear,
            as the reference implementation does. (The paper fixes only the last one: set
            `trainable` of `upscore8`.)
        input_shape: `(height, width, channels)` of the images, None where open; for a model as
            backbone, the model's own.
        weights_from: a model whose weights the layers of the same name start from, such as the
            FCN-32s for a FCN-16s, or a trained classifier.
        name: the model's name. Defaults to "fcn" with the stride and an s.

    Returns: a functional `keras.Model` from float images `(batch, height, width, channels)` in
    0..1 to logits `(batch, height, width, num_classes)`.

    Raises:
        ValueError: if an argument is none of the above, or the backbone lacks a layer.

    Example:
        >>> import numpy as np
        >>> from segcourse.models import fcn
        >>> tuple(fcn("small_vgg", num_classes=5, stride=16)(np.zeros((1, 17, 31, 3))).shape)
        (1, 17, 31, 5)

    Reference: Long, Shelhamer, Darrell, "Fully Convolutional Networks for Semantic Segmentation"
    (2015), section 4; reference models voc-fcn32s, voc-fcn16s, voc-fcn8s. Week 4.
    """
    num_classes = positive_integer("num_classes", num_classes)
    stride = choice("stride", stride, sorted(SKIPS))
    geometry = choice("geometry", geometry, ("same", "original"))
    upsampling = choice("upsampling", upsampling, ("learned", "fixed"))
    if weights_from is not None:
        keras_model("weights_from", weights_from)
    if isinstance(backbone, keras.Model):
        images, maps = _maps_of_model(backbone, stride, geometry)
    else:
        images, maps = _maps_of_config(
            _config(backbone), image_shape("input_shape", input_shape), geometry
        )
    decoder = _Decoder(num_classes, geometry, upsampling)
    scores = decoder.score(maps.pop("top"), "score_fr")
    for level, (pool, _) in enumerate(SKIPS[stride]):
        below = decoder.upsample(scores, 2, "upscore_pool4" if level else "upscore2")
        scores = decoder.fuse(below, decoder.score(maps[pool], f"score_{pool}"), pool)
    last = "upscore" if stride == 32 else f"upscore{stride}"
    logits = decoder.finish(decoder.upsample(scores, stride, last, dtype="float32"), images)
    model = keras.Model(images, logits, name=name or f"fcn{stride}s")
    if weights_from is not None:
        transfer_weights(weights_from, model)
    return model


@dataclass(frozen=True)
class _Map:
    """A feature map and where it lies: cell `i` looks at pixel `centre + stride * i`."""

    tensor: keras.KerasTensor
    stride: int
    centre: float
    name: str = ""


class _Decoder:
    """Scores maps, enlarges them, and adds them where they lie on the same pixels."""

    def __init__(self, num_classes, geometry, upsampling):
        self.num_classes = num_classes
        self.padding = "same" if geometry == "same" else "valid"
        self.trainable = upsampling == "learned"

    def score(self, features, name):
        layer = keras.layers.Conv2D(self.num_classes, 1, kernel_initializer="zeros", name=name)
        return _Map(layer(features.tensor), features.stride, features.centre, name)

    def upsample(self, scores, factor, name, dtype=None):
        layer = keras.layers.Conv2DTranspose(
            self.num_classes,
            2 * factor,
            strides=factor,
            padding=self.padding,
            use_bias=False,
            kernel_initializer=BilinearInitializer(),
            trainable=self.trainable,
            dtype=dtype,
            name=name,
        )
        # Without padding, cell 0 comes to lie in the middle of the kernel, at factor - 1/2;
        # padding "same" cuts factor / 2 off the top and the left.
        middle = factor - 0.5 - (factor / 2 if self.padding == "same" else 0)
        stride = scores.stride // factor
        return _Map(layer(scores.tensor), stride, scores.centre - stride * middle, name)

    def fuse(self, below, skip, pool):
        """Add two maps of one stride, the larger one cropped to where the smaller one lies."""
        name = f"fuse_{pool}"
        if self.padding == "valid":
            cropped = _crop(skip, below)
            return _Map(_add(below.tensor, cropped, name), below.stride, below.centre, name)
        cropped = _crop(below, skip)
        return _Map(_add(cropped, skip.tensor, name), skip.stride, skip.centre, name)

    def finish(self, scores, images):
        return _crop(scores, _Map(images, 1, 0.0), name="score", dtype="float32")


def _crop(larger, smaller, name=None, dtype=None):
    offset = (smaller.centre - larger.centre) / larger.stride
    if offset != int(offset) or offset < 0:
        raise ValueError(
            f"`backbone` must give maps that lie on one grid. Received: offset={offset}"
        )
    layer = CropToMatch(int(offset), name=name or f"{larger.name}c", dtype=dtype)
    return layer([larger.tensor, smaller.tensor])


def _add(a, b, name):
    return keras.layers.Add(name=name)([a, b])


def _maps_of_config(config, input_shape, geometry):
    """Build the backbone and its dense layers as convolutions; return images and maps."""
    images = x = keras.Input(input_shape, name="images")
    original = geometry == "original"
    if original:
        x = keras.layers.ZeroPadding2D(PADDING, name="pad")(x)
    pools = convolutional_blocks(x, config)
    shift = PADDING if original else 0
    maps = {
        f"pool{level}": _Map(tensor, 2**level, (2**level - 1) / 2 - shift)
        for level, tensor in enumerate(pools, 1)
    }
    top = maps[f"pool{len(pools)}"]
    # An unpadded fc6 starts half a kernel inside the map.
    inside = (config.dense_kernel - 1) / 2 * top.stride if original else 0
    x = _dense_as_convolutions(top.tensor, config, "valid" if original else "same")
    return images, {**maps, "top": _Map(x, top.stride, top.centre + inside)}


def _dense_as_convolutions(x, config, padding):
    for number, kernel in ((6, config.dense_kernel), (7, 1)):
        x = keras.layers.Conv2D(
            config.dense,
            kernel,
            padding=padding,
            activation="relu",
            kernel_initializer="he_normal",
            name=f"fc{number}",
        )(x)
        x = keras.layers.Dropout(config.dropout, name=f"drop{number}")(x)
    return x


def _maps_of_model(backbone, stride, geometry):
    """Find the maps in a model that somebody else built; return its images and them."""
    if geometry == "original":
        raise ValueError(
            '`backbone` must be a name or a VGGConfig with `geometry="original"`, which pads '
            f"the first convolution. Received: backbone={backbone.name!r}"
        )
    names = {layer.name for layer in backbone.layers}
    top = "drop7" if {"fc7", "drop7"} <= names else "fc7" if "fc7" in names else "pool5"
    wanted = {"top": (top, 32), **{pool: (pool, step) for pool, step in SKIPS[stride]}}
    missing = [layer for layer, _ in wanted.values() if layer not in names]
    if missing:
        raise ValueError(
            f"`backbone` must have the layers {', '.join(layer for layer, _ in wanted.values())} "
            f"(or fc7 for pool5) for stride {stride}. Missing: {', '.join(missing)}"
        )
    maps = {}
    for key, (layer, step) in wanted.items():
        features = backbone.get_layer(layer).output
        _check_size(backbone, features, layer, step)
        maps[key] = _Map(features, step, (step - 1) / 2)
    return backbone.inputs[0], maps


def _check_size(backbone, features, layer, stride):
    """Raise unless a map covers the picture with cells of `stride` pixels."""
    images = backbone.inputs[0].shape
    images = (1, *(size or 8 * 32 for size in images[1:3]), images[3])
    found = keras.Model(backbone.inputs[0], features).compute_output_shape(images)
    expected = tuple(-(-size // stride) for size in images[1:3])
    if tuple(found[1:-1]) != expected:
        raise ValueError(
            f"`backbone` must give a map of {expected} in layer {layer!r} for images of "
            f"{images[1:3]}: pad by `same`, and hand a classifier over as `weights_from`. "
            f"Received: a map of {tuple(found[1:-1])}"
        )


def _config(backbone):
    if isinstance(backbone, VGGConfig):
        return backbone
    if not isinstance(backbone, str) or backbone not in BACKBONES:
        raise ValueError(
            f"`backbone` must be one of {', '.join(BACKBONES)}, a VGGConfig or a keras.Model. "
            f"Received: backbone={backbone!r}"
        )
    return BACKBONES[backbone]
