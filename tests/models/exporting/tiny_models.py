"""Tiny models with all networks and layers of the course in them, their weights drawn."""

import keras
import numpy as np

from segcourse import layers, models

VGG = models.VGGConfig(((3,),) * 5, (4, 4, 4, 4, 6), dense=5, dense_kernel=7, normalization="batch")
LRN = models.VGGConfig(((3,),) * 5, (4, 4, 4, 4, 6), dense=5, normalization="local_response")
OPEN = (None, None, 3)


def resizing():
    x = keras.Input((None, None, 4))
    both = dict(size=(4, 2)), dict(target_size=(20, 30))
    made = [
        *(
            layers.BilinearUpsampling2D(**one, align_corners=grid)
            for one in both
            for grid in (0, 1)
        ),
        layers.NearestUnpooling2D((2, 3)),
        layers.BedOfNailsUnpooling2D((2, 3)),
        layers.PadToMultiple(8),
        layers.SubpixelConv2DTranspose(3, 4, strides=2, padding="same"),
        layers.SubpixelConv2DTranspose(3, 5, strides=2, padding="valid"),
    ]
    cut = layers.CropToMatch()([keras.layers.UpSampling2D(2)(x), x])
    return keras.Model(x, [*(layer(x) for layer in made), cut])


def pooling():
    x = keras.Input((None, None, 2))
    outputs = []
    for window in (dict(pool_size=2), dict(pool_size=3, strides=2, padding="same")):
        pooled, indices = layers.MaxPooling2DWithIndices(**window)(x)
        back = layers.MaxUnpooling2D(**window)
        outputs += [pooled, indices, back([pooled, indices]), back([pooled, indices, x])]
    return keras.Model(x, outputs)


def normalizing():
    x = keras.Input(OPEN)
    made = [
        layers.CaffePreprocessing(),
        layers.FusedBatchNormalization(),
        layers.LocalResponseNormalization(),
        layers.RandomElasticDeformation(2.0),
        layers.AtrousSpatialPyramidPooling(3, rates=(1, 2), hidden=4),
    ]
    return keras.Model(x, [layer(x) for layer in made])


def two_inputs():
    one, other = keras.Input((None, None, 2), name="one"), keras.Input((4,), name="other")
    scale = keras.layers.Reshape((1, 1, 2))(keras.layers.Dense(2)(other))
    return keras.Model({"b": one, "a": other}, keras.layers.Multiply()([one, scale]))


MODELS = {
    "resizing": resizing,
    "pooling": pooling,
    "normalizing": normalizing,
    "two inputs": two_inputs,
    "fcn 32s": lambda: models.fcn(VGG, 3, stride=32),
    "fcn 16s as published": lambda: models.fcn(VGG, 3, stride=16, geometry="original"),
    "fcn 8s, lrn": lambda: models.fcn(LRN, 3, stride=8, upsampling="fixed"),
    "fcn 8s as published": lambda: models.fcn(VGG, 3, stride=8, geometry="original"),
    "unet same": lambda: models.unet(3, OPEN, depth=2, base_channels=4),
    "unet valid": lambda: models.unet(3, OPEN, depth=2, base_channels=4, padding="valid"),
    "unet add": lambda: models.unet(3, OPEN, 2, 4, skips="add", batch_norm=True),
    "deeplab v1": lambda: models.deeplab_v1(3, VGG, rate=2),
    "deeplab v2": lambda: models.deeplab_v2(3, VGG, rates=(1, 2)),
    "vgg": lambda: models.vgg(VGG, (64, 64, 3), num_classes=3),
    "small vgg": lambda: models.small_vgg(include_top=False),
    "alexnet": lambda: models.alexnet(include_top=False),
    "googlenet": lambda: models.googlenet(include_top=False),
}


def tiny_model(name):
    """Build a model and draw all its weights: scores start with zeros, which would hide much."""
    keras.utils.set_random_seed(0)
    model, rng = MODELS[name](), np.random.default_rng(0)
    for weight in model.weights:
        if weight.name in ("gamma", "moving_variance"):
            weight.assign(rng.uniform(0.5, 1.5, weight.shape))
        else:
            inputs = np.prod(weight.shape[:-1]) if len(weight.shape) > 1 else 100
            weight.assign(rng.normal(size=weight.shape) * 1.4 / np.sqrt(inputs))
    return model


def pictures(model):
    """A batch of two sizes and two lengths for each input, as the model takes them."""
    rng, sizes = np.random.default_rng(1), (((2, 68, 84), (1, 92, 76)))
    shapes = [one.shape[1:] for one in model.inputs]
    return [
        [
            rng.random((batch, *(s or o for s, o in zip(shape, (*size, 0), strict=False)))).astype(
                "float32"
            )
            for shape in shapes
        ]
        for batch, *size in sizes
    ]
