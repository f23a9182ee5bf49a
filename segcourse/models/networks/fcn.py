"""Fully convolutional networks: FCN-32s, 16s and 8s from one builder."""

import contextlib

import keras

from segcourse.checks.sizes import choice, positive_integer
from segcourse.models.arguments import image_shape, keras_model
from segcourse.models.networks.fcn_backbones import STRIDES, maps_of_model, maps_of_name
from segcourse.models.networks.fcn_decoder import Decoder
from segcourse.models.networks.feature_map import FeatureMap
from segcourse.models.networks.pretrained import pretrained
from segcourse.models.weights.transfer_weights import build_from, weights_by_layer

# Pooled maps that the skips read.
SKIPS = {32: (), 16: ("pool4",), 8: ("pool4", "pool3")}


def fcn(
    backbone,
    num_classes,
    stride=8,
    geometry="same",
    upsampling="learned",
    input_shape=(None, None, 3),
    weights_from=None,
    name=None,
    weights=None,
    maps=None,
    preprocessing=None,
):
    """Build a fully convolutional network: FCN-32s, FCN-16s or FCN-8s.

    The last features are scored by a 1×1 convolution, enlarged by transposed convolutions that
    start as bilinear interpolation, and on the way added to the scores of pool4 and pool3. Scores
    start at zero. Layers are called as in the reference implementation. The logits have the height
    and width of the images, from 1×1 up, and are float32 under mixed precision as well.

    With `geometry="original"`, FCN-AlexNet, FCN-VGG16 and FCN-GoogLeNet have the parameters,
    convolutions, receptive field (355, 404, 907) and stride of the paper's table 1. No reference
    model of FCN-GoogLeNet was published: that field counts the average over 7×7 cells, which
    section 4.1 says was discarded. Here "original" keeps it and takes images from 29×29 up, "same"
    leaves it out; its field is 715.

    Args:
        backbone: "vgg11", "vgg13", "vgg16", "vgg19", "small_vgg", or a `VGGConfig`; with stride 32,
            the only one published for them, also "alexnet" and "googlenet". With
            `geometry="same"` also a functional `keras.Model` of images that has the layers pool3
            and pool4 (as far as `stride` needs them) and fc7 or pool5, or those that `maps` names,
            of strides 8, 16, 32. It is built upon, not copied, and takes every size of image if its
            layers pad "same".
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
            FCN-32s for a FCN-16s, or a trained classifier. Of layers that both have, only the
            scores may differ in shape.
        name: the model's name. Defaults to "fcn" with the stride and an s, and with `weights` to
            that and what it starts from: "fcn8s_vgg16_imagenet", "fcn8s_small_vgg_objects".
        weights: None for random weights, "objects" for small_vgg as the course ships it, or
            "imagenet" for vgg16 and vgg19 of `keras.applications`, with their preprocessing as
            part of the network. The file is looked for in the folder models of `KERAS_HOME`
            (.keras by default), fc6 and fc7 included if it has them, and otherwise fetched without
            them (59 and 80 MB). Without a file and a network a line is printed within 5 s, and
            small_vgg with "objects" stands in.
        maps: for a model as backbone, a dict from "top", "pool4", "pool3" to the names of the
            layers that take their place, such as `{"top": "block5_pool"}`.
        preprocessing: for a model as backbone, a layer that turns images in 0..1 into what it
            expects, such as `CaffePreprocessing()` or `keras.layers.Rescaling(255)`. It becomes
            part of the network.

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
    (2015), section 4; reference models voc-fcn32s, voc-fcn16s, voc-fcn8s, voc-fcn-alexnet.
    Weeks 4 and 5.
    """
    num_classes = positive_integer("num_classes", num_classes)
    stride = choice("stride", stride, sorted(SKIPS))
    geometry = choice("geometry", geometry, ("same", "original"))
    upsampling = choice("upsampling", upsampling, ("learned", "fixed"))
    input_shape = image_shape("input_shape", input_shape)
    _check_together(backbone, weights, weights_from, maps, preprocessing)
    given, argument = None, "weights_from"
    if weights_from is not None:
        given = contextlib.nullcontext(weights_by_layer(keras_model(argument, weights_from)))
    if weights is not None:
        start = pretrained(backbone, weights, input_shape[-1])
        backbone, preprocessing = start.backbone, start.preprocessing
        name = name or f"fcn{stride}s_{start.backbone}_{start.weights}"
        given, argument = start.read(), "weights"

    def build():
        if isinstance(backbone, keras.Model):
            keys = ("top", *SKIPS[stride])
            images, found = maps_of_model(backbone, keys, geometry, preprocessing, maps)
        else:
            images, found = maps_of_name(backbone, input_shape, geometry, preprocessing)
            _check_skips(backbone, found, stride)
        logits = _logits(images, found, stride, Decoder(num_classes, geometry, upsampling))
        return keras.Model(images, logits, name=name or f"fcn{stride}s")

    if given is None:
        return build()
    with given as arrays:
        return build_from(build, arrays, argument)


def _check_together(backbone, weights, weights_from, maps, preprocessing):
    """Raise if arguments are given of which the others leave no use."""
    if weights is not None and weights_from is not None:
        raise ValueError(
            "`weights` must be None with `weights_from`, which says what to start from. "
            f"Received: weights={weights!r}"
        )
    if weights is not None and preprocessing is not None:
        raise ValueError(
            "`preprocessing` must be None with `weights`, which bring their own. "
            f"Received: preprocessing={preprocessing!r}"
        )
    if preprocessing is not None and not isinstance(preprocessing, keras.layers.Layer):
        raise ValueError(
            f"`preprocessing` must be a Keras layer. Received: preprocessing={preprocessing!r}"
        )
    if maps is not None and not isinstance(backbone, keras.Model):
        raise ValueError(
            f"`maps` must be None unless `backbone` is a keras.Model. Received: maps={maps!r}"
        )
    if maps is not None and not (isinstance(maps, dict) and maps.keys() <= STRIDES.keys()):
        raise ValueError(
            f"`maps` must be a dict from {', '.join(map(repr, STRIDES))} to names of layers. "
            f"Received: maps={maps!r}"
        )


def _check_skips(backbone, found, stride):
    """Raise unless the backbone has the maps that the skips read."""
    possible = [finest for finest, pools in SKIPS.items() if found.keys() >= set(pools)]
    if stride not in possible:
        raise ValueError(
            f"`stride` must be {' or '.join(map(str, possible))} with the backbone {backbone!r}, "
            f"which has no {' or '.join(key for key in STRIDES if key not in found)} to score. "
            f"Received: stride={stride}"
        )


def _logits(images, maps, stride, decoder):
    """Score the maps from coarse to fine and enlarge what comes out to the images' size."""
    picture = FeatureMap(images, 1, 0.0)
    scores = decoder.score(maps["top"], "score_fr")
    for pool in SKIPS[stride]:
        skip = decoder.score(maps[pool], f"score_{pool}")
        name = "upscore2" if pool == "pool4" else "upscore_pool4"
        scores = decoder.fuse(decoder.upsample(scores, 2, name, skip), skip, pool)
    last = "upscore" if stride == 32 else f"upscore{stride}"
    scores = decoder.upsample(scores, stride, last, picture, dtype="float32")
    return decoder.finish(scores, picture)
