"""Train on one and on two virtual devices of this machine; print what each run gave as JSON.

Run as a script: with TensorFlow it makes the devices itself, with JAX XLA_FLAGS has to.
"""

import json

import keras
import numpy as np


def two_tensorflow_devices():
    """Two logical devices of the one CPU, before TensorFlow looks at it."""
    import tensorflow as tf

    cpu = tf.config.list_physical_devices("CPU")[0]
    tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)


def data(count):
    """Images whose void is not shared equally by the two halves of a batch."""
    rng = np.random.default_rng(0)
    labels = (rng.random((count, 8, 8)) < 0.5).astype("uint8")
    images = np.stack([labels * 150 + rng.integers(0, 80, labels.shape)] * 3, -1).astype("uint8")
    labels[::3, 1:] = 255
    labels[1::4] = 255
    return images, labels


def model():
    """Both kinds of batch normalisation, which have to see the whole batch; one in a block."""
    from segcourse.layers import FusedBatchNormalization

    def conv(filters, seed):
        start = keras.initializers.GlorotUniform(seed)
        # A bias before a normalisation has no gradient but rounding, of which Adam makes steps.
        return keras.layers.Conv2D(
            filters, 3, padding="same", kernel_initializer=start, use_bias=filters == 2
        )

    images = keras.Input((None, None, 3))
    x = keras.layers.BatchNormalization(momentum=0.5)(conv(4, 1)(images))
    features = keras.Input((None, None, 4))
    normalized = keras.layers.BatchNormalization(momentum=0.5)(conv(4, 4)(features))
    x = keras.Model(features, keras.layers.ReLU()(normalized))(keras.layers.ReLU()(x))
    x = FusedBatchNormalization(momentum=0.5)(conv(4, 2)(x))
    return keras.Model(images, conv(2, 3)(keras.layers.ReLU()(x)))


def run(devices, count, net=None, **changes):
    """History and last weights of one training, of a new network unless one is given."""
    from segcourse.training import Recipe, fit

    net = net or model()
    recipe = Recipe(**{"batch_size": 4, "epochs": 3, "learning_rate": 0.02, **changes})
    history = fit(net, data(count), data(5), recipe, devices=devices)
    weights = [np.array(w, "float64").ravel().tolist() for w in net.get_weights()]
    keys = ("loss", "val_loss", "val_mean_iou", "learning_rate")
    return {"history": [{k: e[k] for k in keys} for e in history.epochs], "weights": weights}


def said(**options):
    """The error of a training that cannot be."""
    try:
        run(**options)
    except (ValueError, MemoryError) as error:
        return f"{type(error).__name__}: {error}"


def sizes_tried(most, **options):
    """Images in each batch that is tried where the devices hold so many together; or the error."""
    real, tried = keras.Model.fit, []

    def limited(model, batches, **others):
        size = int(next(iter(batches))[0].shape[0])
        if not tried or tried[-1] != size:
            tried.append(size)
        if size > most:
            raise RuntimeError("RESOURCE_EXHAUSTED: Out of memory allocating 123 bytes")
        return real(model, batches, **others)

    keras.Model.fit = limited
    try:
        return said(**options) or tried
    finally:
        keras.Model.fit = real


def main():
    """Batches that are all full, a last batch that is not, bad devices and batches."""
    if keras.config.backend() == "tensorflow":
        two_tensorflow_devices()
    both = dict(devices="all", epochs=3)
    weighted = dict(schedule="cosine", class_weights=(1.0, 3.0), optimizer="sgd", ema=0.5)
    from segcourse.training import DiceLoss, FocalLoss

    # Their sums are over the pixels of the whole batch, though the devices share it.
    summed = dict(loss=DiceLoss() + 2 * FocalLoss(class_weights=(1, 3)), optimizer="sgd")
    trained = model()
    once = run(None, 12, net=trained)
    found = {
        "again": [once, run("all", 12, net=trained)],
        "full": [run(devices, 12) for devices in (None, "all")],
        "rest": [run(devices, 14, **weighted) for devices in (None, "all")],
        "dice and focal": [run(devices, 12, **summed) for devices in (None, "all")],
        "batch": said(devices="all", count=12, batch_size=5),
        "name": said(devices=["gpu:7"], count=12),
        "second": run(["cpu:1"], 12),
        "auto": sizes_tried(2, count=12, batch_size=12, accumulate="auto", **both),
        "memory": sizes_tried(4, count=12, batch_size=12, **both),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
