"""GoogLeNet, the first Inception network."""

import keras

from segcourse.checks.sizes import positive_integer
from segcourse.models.arguments import classifier_shape
from segcourse.models.networks.blocks import convolution, max_pooling, response_normalization

IMAGE_SIZE = 224
# Height and width of the map that is averaged, at the end, for the classifier.
WINDOW = 7
DROPOUT = 0.4
# Table 1 of the paper: filters of 1×1, 3×3 reduce, 3×3, 5×5 reduce, 5×5, pool proj.
INCEPTIONS = {
    "3a": (64, 96, 128, 16, 32, 32),
    "3b": (128, 128, 192, 32, 96, 64),
    "4a": (192, 96, 208, 16, 48, 64),
    "4b": (160, 112, 224, 24, 64, 64),
    "4c": (128, 128, 256, 24, 64, 64),
    "4d": (112, 144, 288, 32, 64, 64),
    "4e": (256, 160, 320, 32, 128, 128),
    "5a": (256, 160, 320, 32, 128, 128),
    "5b": (384, 192, 384, 48, 128, 128),
}
# The auxiliary heads and the modules they read.
HEADS = {"loss1": "4a", "loss2": "4d"}


def googlenet(input_shape=None, include_top=True, num_classes=1000, auxiliary=False, name=None):
    """Build GoogLeNet with random weights, as Caffe's reference model has it.

    Layers are called as there, with "_" for "/": conv1_7x7_s2, pool1_3x3_s2, inception_3a_1x1,
    inception_3a_3x3_reduce, … pool5_7x7_s1, loss3_classifier. What a module gives out is called by
    the module's own name, inception_3a … inception_5b. Poolings round sizes up.

    Args:
        input_shape: `(height, width, channels)`. Defaults to the classifier's own size, which is
            (224, 224, 3), and without the top to (None, None, 3).
        include_top: whether the average over the map and the classifier follow; without them the
            output is that of inception_5b.
        num_classes: number of units of the classifiers.
        auxiliary: whether the two heads in the middle, for training, are outputs as well. The
            paper adds their losses with weight 0.3.
        name: the model's name.

    Returns: a functional `keras.Model` from float32 images in 0..1 to logits
    `(batch, num_classes)`, with `auxiliary` to three of them, [loss3, loss1, loss2], without the
    top to features `(batch, rows, columns, 1024)` of stride 32.

    Raises:
        ValueError: if an argument is none of the above, the top is wanted for an open size, or
            `auxiliary` without the top.

    Example:
        >>> from segcourse.models import googlenet, without_weights
        >>> with without_weights():
        ...     f"{googlenet().count_params():,} {googlenet(auxiliary=True).count_params():,}"
        '6,998,552 13,378,280'

    Reference: Szegedy et al., "Going Deeper with Convolutions" (2015), table 1 and section 5;
    Caffe's bvlc_googlenet. Week 5.
    """
    if auxiliary and not include_top:
        raise ValueError(
            "`auxiliary` must be False without the top: the heads are classifiers. "
            f"Received: auxiliary={auxiliary}"
        )
    images = keras.Input(classifier_shape(input_shape, include_top, IMAGE_SIZE), name="images")
    modules = googlenet_modules(images)
    if not include_top:
        return keras.Model(images, modules["5b"], name=name)
    num_classes = positive_integer("num_classes", num_classes)
    logits = _classifier(modules["5b"], num_classes)
    if auxiliary:
        heads = [_head(modules[at], num_classes, loss) for loss, at in HEADS.items()]
        logits = [logits, *heads]
    return keras.Model(images, logits, name=name)


def googlenet_modules(x, pad=3, poolings=((0, 1),) * 4):
    """Add the layers up to inception_5b to `x` and return what each module gives out.

    conv1 and the four poolings between the modules are padded by `pad` and `poolings`.
    """
    x = keras.layers.ZeroPadding2D(pad, name="pad")(x)
    x = convolution(x, 64, 7, "conv1_7x7_s2", "conv1_relu_7x7", strides=2, padding="valid")
    x = response_normalization(max_pooling(x, "pool1_3x3_s2", poolings[0]), "pool1_norm1")
    x = convolution(x, 64, 1, "conv2_3x3_reduce", "conv2_relu_3x3_reduce")
    x = response_normalization(convolution(x, 192, 3, "conv2_3x3", "conv2_relu_3x3"), "conv2_norm2")
    x = max_pooling(x, "pool2_3x3_s2", poolings[1])
    modules = {}
    for place, filters in INCEPTIONS.items():
        x = modules[place] = _inception(x, filters, f"inception_{place}")
        if place == "3b":
            x = max_pooling(x, "pool3_3x3_s2", poolings[2])
        elif place == "4e":
            x = max_pooling(x, "pool4_3x3_s2", poolings[3])
    return modules


def _inception(x, filters, name):
    """Four branches on one map, side by side in the channels of what comes out."""
    one, reduce3, three, reduce5, five, projection = filters

    def branch(x, filters, kernel, suffix):
        return convolution(x, filters, kernel, f"{name}_{suffix}", f"{name}_relu_{suffix}")

    pooled = keras.layers.MaxPooling2D(3, strides=1, padding="same", name=f"{name}_pool")(x)
    branches = [
        branch(x, one, 1, "1x1"),
        branch(branch(x, reduce3, 1, "3x3_reduce"), three, 3, "3x3"),
        branch(branch(x, reduce5, 1, "5x5_reduce"), five, 5, "5x5"),
        branch(pooled, projection, 1, "pool_proj"),
    ]
    return keras.layers.Concatenate(name=name)(branches)


def _classifier(x, num_classes):
    x = keras.layers.GlobalAveragePooling2D(name="pool5_7x7_s1")(x)
    x = keras.layers.Dropout(DROPOUT, name="pool5_drop_7x7_s1")(x)
    return keras.layers.Dense(num_classes, dtype="float32", name="loss3_classifier")(x)


def _head(x, num_classes, name):
    """A classifier on a map in the middle, so that what lies below gets a stronger gradient."""
    x = keras.layers.AveragePooling2D(5, strides=3, name=f"{name}_ave_pool")(x)
    x = convolution(x, 128, 1, f"{name}_conv", f"{name}_relu_conv")
    x = keras.layers.Flatten(name=f"{name}_flatten")(x)
    x = keras.layers.Dense(
        1024, activation="relu", kernel_initializer="he_normal", name=f"{name}_fc"
    )(x)
    x = keras.layers.Dropout(0.7, name=f"{name}_drop_fc")(x)
    return keras.layers.Dense(num_classes, dtype="float32", name=f"{name}_classifier")(x)
