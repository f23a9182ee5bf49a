"""Claim: from random weights, 66.9 mean IoU on CamVid's test split in ten minutes on one GPU.

    KERAS_BACKEND=jax python benchmarks/camvid_gpu.py --folder CAMVID
    KERAS_BACKEND=jax python benchmarks/camvid_gpu.py --folder CAMVID --size 60 80 --width 4 \
        --halvings 2 --batch 2 --minutes 0.2 --limit 8    # on a CPU: only shows that it runs

66.9 is FC-DenseNet103's (Jégou et al. 2017), the best of the board without pretraining. CAMVID is
the folder with train/, trainannot/, test/, testannot/ of the data set as SegNet published it; by
default `$SEGCOURSE_MANUAL_DIR/camvid`. Where there is no test split, val is scored in its place,
and the last line says so: such a figure does not belong on the board.

Keras on JAX, no TensorFlow: the pictures lie in the device's memory and are augmented there, in the
same compiled step that trains. The recipe: a U-Net of residual blocks, AdamW with a cosine by the
clock, zoom of 0.5 to 2, flip and colour, weights of the classes by the root of their frequency,
cross-entropy and Dice, bfloat16, an average of the weights, and the mean over the picture and its
mirror image when it is scored. The ten minutes hold compilation and training, not the scoring.
"""

import argparse
import datetime
import json
import os
import platform
import sys
import time
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "jax")

import jax
import jax.numpy as jnp
import keras
import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from segcourse.layers import CropToMatch
from segcourse.metrics import confusion_matrix, scores
from segcourse.training import DiceLoss, PixelwiseLogisticLoss, device
from segcourse.training.recipes.adamw import AdamW

AIM = 0.669
CLASSES = (
    "Sky", "Building", "Pole", "Road", "Pavement", "Tree",
    "SignSymbol", "Fence", "Car", "Pedestrian", "Bicyclist",
)  # fmt: skip
STORED_VOID, VOID = 11, 255
# For each stride 1, 2, 4 … 32: channels as multiples of `--width`, and residual blocks.
LEVELS = ((1, 1), (2, 2), (4, 2), (8, 3), (12, 3), (16, 2))
RATE, DECAY, WARMUP, AVERAGE = 2e-3, 1e-2, 0.03, 0.999
ZOOM, COLOR = (0.5, 2.0), 0.2


def read(folder, split, size, limit):
    """Images uint8 [n, height, width, 3] and labels uint8 [n, height, width] of a split."""
    height, width = size
    images, labels = [], []
    for path in sorted((folder / split).glob("*.png"))[:limit]:
        with Image.open(path) as image, Image.open(folder / f"{split}annot" / path.name) as label:
            image = image.convert("RGB").resize((width, height), Image.Resampling.BILINEAR)
            images.append(np.asarray(image))
            labels.append(np.asarray(label.resize((width, height), Image.Resampling.NEAREST)))
    if not images:
        raise ValueError(f"`folder` must hold {split}/*.png. Received: folder={str(folder)!r}")
    labels = np.stack(labels)
    return np.stack(images), np.where(labels == STORED_VOID, VOID, labels).astype("uint8")


def class_weights(labels):
    """1 / sqrt(frequency) of every class, 1 in the mean."""
    counts = np.bincount(labels.ravel(), minlength=256)[: len(CLASSES)]
    weights = 1 / np.sqrt(np.maximum(counts, 1) / max(counts.sum(), 1))
    return tuple(float(weight) for weight in weights / weights.mean())


def network(width, halvings, seed):
    """A U-Net whose convolutions are residual blocks."""
    keras.utils.set_random_seed(seed)
    images = x = keras.Input((None, None, 3), name="images")
    skips, levels = [], LEVELS[: halvings + 1]
    for level, (channels, blocks) in enumerate(levels):
        for block in range(blocks):
            strides = 2 if level and not block else 1
            x = residual(x, width * channels, f"down{level}_{block}", strides)
        skips.append(x)
    x = keras.layers.Dropout(0.2, name="bottom_drop")(x)
    for level in range(halvings - 1, -1, -1):
        x = keras.layers.UpSampling2D(2, name=f"up{level}")(x)
        x = CropToMatch(0, name=f"up{level}_crop")([x, skips[level]])
        x = keras.layers.Concatenate(name=f"up{level}_skip")([skips[level], x])
        x = residual(x, width * levels[level][0], f"up{level}_0")
    logits = keras.layers.Conv2D(len(CLASSES), 1, dtype="float32", name="logits")(x)
    return keras.Model(images, logits, name="residual_unet")


def residual(x, channels, name, strides=1):
    """Two normalised 3×3 convolutions, added to what came in."""

    def convolution(x, kernel, strides, name):
        x = keras.layers.Conv2D(
            channels,
            kernel,
            strides,
            padding="same",
            use_bias=False,
            kernel_initializer="he_normal",
            name=f"{name}_conv",
        )(x)
        return keras.layers.BatchNormalization(momentum=0.95, name=f"{name}_norm")(x)

    shortcut = x
    if strides > 1 or x.shape[-1] != channels:
        shortcut = convolution(x, 1, strides, f"{name}_shortcut")
    x = keras.layers.ReLU(name=f"{name}_relu1")(convolution(x, 3, strides, f"{name}_1"))
    x = convolution(x, 3, 1, f"{name}_2")
    return keras.layers.ReLU(name=f"{name}_relu2")(keras.layers.Add(name=name)([x, shortcut]))


def augmented(key, image, label):
    """One image, uint8 [height, width, 3], and its labels: zoomed, moved, mirrored, recoloured."""
    keys = jax.random.split(key, 5)
    zoom = jnp.exp(jax.random.uniform(keys[0], minval=np.log(ZOOM[0]), maxval=np.log(ZOOM[1])))
    corner, at = jax.random.uniform(keys[1], (2,)), []
    for axis in (0, 1):
        side = image.shape[axis]
        first = corner[axis] * side * (1 - 1 / zoom)
        at.append(first + (jnp.arange(side) + 0.5) / zoom - 0.5)
    rows, columns = at
    columns = jnp.where(jax.random.bernoulli(keys[2]), columns[::-1], columns)
    image = interpolated(interpolated(image / 255.0, rows, 0), columns, 1)
    label = nearest(nearest(label, rows, 0), columns, 1)
    strengths = 1 + COLOR * jax.random.uniform(keys[3], (4,), minval=-1, maxval=1)
    shift = COLOR / 2 * jax.random.uniform(keys[4], minval=-1, maxval=1)
    image = ((image - 0.5) * strengths[3] + 0.5 + shift) * strengths[:3]
    return jnp.clip(image, 0, 1), label


def interpolated(image, places, axis):
    """An image read between its rows or columns, its border repeated."""
    places = jnp.clip(places, 0, image.shape[axis] - 1)
    below = jnp.floor(places).astype("int32")
    above = jnp.minimum(below + 1, image.shape[axis] - 1)
    share = jnp.expand_dims(places - below, tuple({0, 1, 2} - {axis}))
    return (1 - share) * jnp.take(image, below, axis) + share * jnp.take(image, above, axis)


def nearest(label, places, axis):
    """Labels read at the nearest rows or columns, void beyond the border."""
    places = jnp.round(places).astype("int32")
    return jnp.take(label, places, axis, mode="fill", fill_value=VOID)


def trained(model, images, labels, options):
    """Train by the clock; the averaged weights (trained, others), and what was done."""
    loss = PixelwiseLogisticLoss(class_weights=class_weights(labels)) + DiceLoss()
    optimizer = AdamW(RATE, weight_decay=DECAY, clipnorm=5.0)
    optimizer.build(model.trainable_variables)
    place = [variable.name for variable in optimizer.variables].index("learning_rate")
    images, labels = jax.device_put(images), jax.device_put(labels)

    def loss_of(trained, others, batch, truth):
        logits, others = model.stateless_call(trained, others, batch, training=True)
        return loss(truth, logits), others

    def step(state, averages, key, rate, count):
        trained, others, slots = state
        key_of_choice, key_of_change = jax.random.split(key)
        chosen = jax.random.randint(key_of_choice, (options.batch,), 0, len(images))
        keys = jax.random.split(key_of_change, options.batch)
        batch, truth = jax.vmap(augmented)(keys, images[chosen], labels[chosen])
        gradient = jax.value_and_grad(loss_of, has_aux=True)
        (value, others), gradients = gradient(trained, others, batch, truth.astype("int32"))
        slots = [*slots[:place], rate, *slots[place + 1 :]]
        trained, slots = optimizer.stateless_apply(slots, gradients, trained)
        # Young averages look back less far.
        kept = jnp.minimum(AVERAGE, (1 + count) / (10 + count))
        averages = jax.tree.map(
            lambda old, new: kept * old + (1 - kept) * new if is_float(new) else new,
            averages,
            (trained, others),
        )
        return value, (trained, others, slots), averages

    def values(variables):
        return [jnp.array(np.asarray(variable.value)) for variable in variables]

    step = jax.jit(step, donate_argnums=(0, 1))
    weights = model.trainable_variables, model.non_trainable_variables
    state = (*map(values, weights), values(optimizer.variables))
    averages = tuple(map(values, weights))
    key, seconds = jax.random.key(options.seed), 60 * options.minutes
    start, count, compiled = time.perf_counter(), 0, 0.0
    while (used := time.perf_counter() - start) < seconds:
        rate = jnp.float32(rate_at(used / seconds))
        key, now = jax.random.split(key)
        value, state, averages = step(state, averages, now, rate, jnp.float32(count))
        count += 1
        if count == 1 or count % 20 == 0:  # else the steps that wait would run past the end
            value = float(value)
            compiled = compiled or time.perf_counter() - start
            if not np.isfinite(value):
                raise FloatingPointError(f"the loss of step {count} is {value}")
            if count % 200 == 0:
                print(f"step {count}, {used:.0f} s, loss {value:.3f}", file=sys.stderr, flush=True)
    jax.block_until_ready(averages)
    seconds = time.perf_counter() - start
    epochs = count * options.batch / len(images)
    return averages, dict(steps=count, epochs=epochs, seconds=seconds, first_step=compiled)


def is_float(array):
    return jnp.issubdtype(array.dtype, jnp.floating)


def rate_at(share):
    """The learning rate: it rises for a moment, then falls as a cosine."""
    if share < WARMUP:
        return RATE * share / WARMUP
    return RATE * 0.5 * (1 + np.cos(np.pi * min((share - WARMUP) / (1 - WARMUP), 1.0)))


def scored(model, weights, images, labels, mirror):
    """The scores of a split; with `mirror`, of the mean over each image and its mirror image."""

    @jax.jit
    def predicted(image):
        batch = image[None] / 255.0
        chances = jax.nn.softmax(model.stateless_call(*weights, batch, training=False)[0])
        if mirror:
            other = model.stateless_call(*weights, batch[:, :, ::-1], training=False)[0]
            chances = chances + jax.nn.softmax(other)[:, :, ::-1]
        return jnp.argmax(chances, axis=-1)[0]

    found = np.stack([np.asarray(predicted(image)) for image in images])
    return scores(confusion_matrix(labels, found, len(CLASSES), void=VOID))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    manual = os.environ.get("SEGCOURSE_MANUAL_DIR")
    parser.add_argument("--folder", type=Path, default=manual and Path(manual) / "camvid")
    parser.add_argument("--size", type=int, nargs=2, default=(360, 480), help="height and width")
    parser.add_argument("--minutes", type=float, default=10.0, help="(%(default)s)")
    parser.add_argument("--batch", type=int, default=8, help="(%(default)s)")
    parser.add_argument("--width", type=int, default=32, help="channels of level 1 (%(default)s)")
    parser.add_argument("--halvings", type=int, choices=range(1, 6), default=5)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--limit", type=int, help="so many images of each split; default: all")
    options = parser.parse_args()
    if keras.config.backend() != "jax":
        parser.error("this script is for KERAS_BACKEND=jax")
    if options.folder is None or not (options.folder / "train").is_dir():
        parser.error(f"--folder must hold train/ and trainannot/, got {options.folder}")
    if min(options.minutes, options.batch, options.width, *options.size) <= 0:
        parser.error("--minutes, --batch, --width and --size must be above 0")
    return options


def keep(record, options):
    """Put the figure where README.md is made from."""
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    import stored

    run = {
        "date": str(datetime.date.today()),
        "command": f"KERAS_BACKEND=jax python benchmarks/camvid_gpu.py --folder CAMVID "
        f"--seed {options.seed}",
        "machine": {"processor": record["device"].split(":")[0]},
        "versions": {"said": record["versions"]},
        "quick": False,
    }
    values = {"mean IoU, %": round(100 * record["mean_iou"], 1), "minutes": options.minutes}
    stored.keep("camvid_gpu", {f"seed {options.seed}": values}, run)


def main():
    options = arguments()
    found = device()
    print(found, file=sys.stderr)
    if found.kind == "gpu":
        keras.config.set_dtype_policy("mixed_bfloat16")
    images, labels = read(options.folder, "train", options.size, options.limit)
    model = network(options.width, options.halvings, options.seed)
    weights, done = trained(model, images, labels, options)
    split = "test" if (options.folder / "test").is_dir() else "val"
    images, labels = read(options.folder, split, options.size, options.limit)
    single, both = (scored(model, weights, images, labels, mirror) for mirror in (False, True))
    record = {
        "device": str(found),
        "versions": f"Python {platform.python_version()}, Keras {keras.__version__}, "
        f"JAX {jax.__version__}",
        "size": list(options.size),
        "parameters": model.count_params(),
        **done,
        "split": split,
        "images": len(images),
        "mean_iou_single": float(single["mean_iou"]),
        "mean_iou": float(both["mean_iou"]),
        "iou": dict(zip(CLASSES, map(float, both["iou"]), strict=True)),
    }
    print(json.dumps(record))
    if split == "test" and found.kind == "gpu" and options.limit is None:
        keep(record, options)
    if split == "test":
        reached = "reached" if record["mean_iou"] >= AIM else "not reached"
        print(f"test: mean IoU {100 * record['mean_iou']:.1f}, the aim of 66.9 is {reached}")
    else:
        print(
            f"val: mean IoU {100 * record['mean_iou']:.1f}. There is no test split in the folder: "
            "this is no figure for the board, whose 66.9 is of the test split"
        )


if __name__ == "__main__":
    main()
