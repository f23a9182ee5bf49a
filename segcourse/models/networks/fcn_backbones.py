"""The networks that `fcn` can stand on, and the maps it reads from them."""

from functools import partial

import keras

from segcourse.layers import PadToMultiple
from segcourse.models.networks.alexnet import DENSE as ALEXNET_DENSE
from segcourse.models.networks.alexnet import WINDOW as ALEXNET_WINDOW
from segcourse.models.networks.alexnet import alexnet_features
from segcourse.models.networks.feature_map import feature_map
from segcourse.models.networks.googlenet import DROPOUT as GOOGLENET_DROPOUT
from segcourse.models.networks.googlenet import WINDOW as GOOGLENET_WINDOW
from segcourse.models.networks.googlenet import googlenet_modules
from segcourse.models.networks.image_scale import check_scale
from segcourse.models.networks.small_vgg import SMALL
from segcourse.models.networks.vgg import CONFIGS, VGGConfig, convolutional_blocks

# The maps that are scored, and their strides.
STRIDES = {"top": 32, "pool4": 16, "pool3": 8}
# What the reference models pad the picture by.
PADDING = 100


def maps_of_name(backbone, input_shape, geometry, preprocessing=None):
    """Build a backbone and its dense layers as convolutions; return images and maps.

    The maps are a dict with "top" and, where the backbone has them, "pool4" and "pool3".
    """
    images = keras.Input(input_shape, name="images")
    x = images if preprocessing is None else preprocessing(images)
    tensors = _builder(backbone)(x, geometry == "original")
    return images, {key: feature_map(images, tensor) for key, tensor in tensors.items()}


def _builder(backbone):
    if isinstance(backbone, VGGConfig):
        return partial(_vgg, backbone)
    if not isinstance(backbone, str) or backbone not in BACKBONES:
        raise ValueError(
            f"`backbone` must be one of {', '.join(BACKBONES)}, a VGGConfig or a keras.Model. "
            f"Received: backbone={backbone!r}"
        )
    return BACKBONES[backbone]


def _vgg(config, x, original):
    if original:
        # "same" convolutions add the last pixel.
        x = keras.layers.ZeroPadding2D(PADDING - 1, name="pad")(x)
    pools = convolutional_blocks(x, config)
    named = {f"pool{level}": pool for level, pool in enumerate(pools, 1)}
    top = _dense_as_convolutions(
        pools[-1], config.dense, config.dense_kernel, config.dropout, original
    )
    return {"top": top, **{key: named[key] for key in STRIDES if key in named}}


def _alexnet(x, original):
    if original:
        x = alexnet_features(x, pad=PADDING)
    else:
        # Windows around the first pixel, so that every map has its size over the stride, rounded
        # up. fc6's even window then looks half a cell further: to pixel 16 of 32.
        x = alexnet_features(x, pad=5, pooling=(1, 1))
    return {"top": _dense_as_convolutions(x, ALEXNET_DENSE, ALEXNET_WINDOW, 0.5, original)}


def _googlenet(x, original):
    if original:
        x = googlenet_modules(x, pad=PADDING)["5b"]
        x = keras.layers.AveragePooling2D(GOOGLENET_WINDOW, 1, name="pool5_7x7_s1")(x)
    else:
        # As for AlexNet; the last pooling moves the cells to pixel 16 of 32.
        x = googlenet_modules(x, poolings=((1, 1), (1, 1), (1, 1), (0, 2)))["5b"]
    return {"top": keras.layers.Dropout(GOOGLENET_DROPOUT, name="pool5_drop_7x7_s1")(x)}


def _dense_as_convolutions(x, units, kernel, dropout, original):
    for number, size in ((6, kernel), (7, 1)):
        x = keras.layers.Conv2D(
            units,
            size,
            padding="valid" if original else "same",
            activation="relu",
            kernel_initializer="he_normal",
            name=f"fc{number}",
        )(x)
        x = keras.layers.Dropout(dropout, name=f"drop{number}")(x)
    return x


BACKBONES = {
    "alexnet": _alexnet,
    "vgg11": partial(_vgg, CONFIGS["A"]),
    "vgg13": partial(_vgg, CONFIGS["B"]),
    "vgg16": partial(_vgg, CONFIGS["D"]),
    "vgg19": partial(_vgg, CONFIGS["E"]),
    "googlenet": _googlenet,
    "small_vgg": partial(_vgg, SMALL),
}


def maps_of_model(backbone, keys, geometry, preprocessing=None, names=None):
    """Find the maps in a model that somebody else built; return its images and them."""
    if geometry == "original":
        raise ValueError(
            '`backbone` must be a name or a VGGConfig with `geometry="original"`, which pads '
            f"the first convolution. Received: backbone={backbone.name!r}"
        )
    wanted = _layer_names(backbone, keys, names)
    images, tensors = (
        backbone.inputs[0],
        [backbone.get_layer(one).output for one in wanted.values()],
    )
    before = [] if preprocessing is None else [preprocessing]
    strides = [STRIDES[key] for key in wanted]
    # Poolings without padding leave out what does not fill a window.
    if not all(map(partial(_covers, images), tensors, strides)):
        before.append(PadToMultiple(max(strides), name="whole_cells"))
    if before:
        images, tensors = _behind(before, images, tensors)
    check_scale(images, tensors[0])
    maps = {}
    for (key, layer), tensor in zip(wanted.items(), tensors, strict=True):
        _check_size(images, tensor, layer, STRIDES[key])
        maps[key] = feature_map(images, tensor, STRIDES[key])
    return images, maps


def _covers(images, features, stride):
    """Whether a map covers pictures of its model's size, or of an odd one where that is open."""
    shape = (1, *(size or 8 * 32 + 1 for size in images.shape[1:3]), images.shape[3])
    found = keras.Model(images, features).compute_output_shape(shape)
    return tuple(found[1:3]) == tuple(-(-size // stride) for size in shape[1:3])


def _behind(before, images, tensors):
    """Call the very layers that make `tensors` of `images` again, behind others."""
    model = keras.Model(images, tensors)
    images = keras.Input(images.shape[1:], name="images")
    # What clone_model does, but for a layer that comes before the model's input.
    x = images
    for layer in before:
        x = layer(x)
    again = model._run_through_graph([x], operation_fn=lambda layer: layer)
    return images, again


def _layer_names(backbone, keys, names):
    """Return the names of the layers whose outputs are scored, all of them in the model."""
    there = {layer.name for layer in backbone.layers}
    top = "drop7" if {"fc7", "drop7"} <= there else "fc7" if "fc7" in there else "pool5"
    wanted = {key: {"top": top, **(names or {})}.get(key, key) for key in keys}
    missing = [layer for layer in wanted.values() if layer not in there]
    if missing:
        raise ValueError(
            f"`backbone` must have the layers {', '.join(wanted.values())} (or fc7 for pool5) for "
            f"stride {min(STRIDES[key] for key in keys)}, or `maps` must name others in their "
            f"place. Missing: {', '.join(missing)}"
        )
    return wanted


def _check_size(images, features, layer, stride):
    """Raise unless a map covers the picture with cells of `stride` pixels."""
    # Whole cells: of a picture that is filled up, or whose size is open.
    sizes = (8 * 32 if size is None else size + -size % 32 for size in images.shape[1:3])
    shape = (1, *sizes, images.shape[3])
    found = keras.Model(images, features).compute_output_shape(shape)
    expected = tuple(-(-size // stride) for size in shape[1:3])
    if tuple(found[1:-1]) != expected:
        raise ValueError(
            f"`backbone` must give a map of {expected} in layer {layer!r} for images of "
            f"{shape[1:3]}: pad by `same`, and hand a classifier over as `weights_from`. "
            f"Received: a map of {tuple(found[1:-1])}"
        )
