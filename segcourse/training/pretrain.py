"""Make the weights that come with the course: `small_vgg`, trained to classify `objects`.

    python3 -m segcourse.training.pretrain

It draws its pictures, trains, measures the share of right answers on pictures that it was not
trained on, and only then puts weights, record and checksums in the place of the old ones in data/.
The same options give the same weights on the same machine and backend; on others, sums are rounded
in another order, and the weights differ by what that grows to.
"""

import argparse
import hashlib
import json
import math
import os
import tempfile
from pathlib import Path

import keras
import numpy as np

from segcourse.models import small_vgg
from segcourse.models.shipped_weights import FOLDER
from segcourse.training.device import device

PICTURES, EPOCHS, BATCH_SIZE, LEARNING_RATE, WEIGHT_DECAY = 8000, 16, 32, 2e-3, 1e-3
HELD_OUT = 1000
SEED = 0


def pretrain(train, epochs, seed=SEED, size=None):
    """A new `small_vgg`, trained on labelled pictures by AdamW with a rate that falls as a cosine.

    Half of the pictures of an epoch are mirrored. Order, mirroring, dropout and first weights
    follow from `seed`.

    Args:
        train: (images uint8 `[n, size, size, 3]`, labels int `[n]`).
        epochs: how often they are seen.
        seed: integer from 0 on.
        size: height and width of the images where it is not the 96 that ships.

    Returns: the model.
    """
    images, labels = train
    keras.utils.set_random_seed(seed)
    shape = None if size is None else (size, size, 3)
    model = small_vgg(shape, num_classes=int(labels.max()) + 1)
    steps = math.ceil(len(images) / BATCH_SIZE)
    warmup = min(100, epochs * steps // 10)
    rate = keras.optimizers.schedules.CosineDecay(
        0.0, epochs * steps - warmup, warmup_target=LEARNING_RATE, warmup_steps=warmup
    )
    model.compile(
        keras.optimizers.AdamW(rate, weight_decay=WEIGHT_DECAY),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
        jit_compile="auto" if device().xla else False,
    )
    with _bar(epochs * steps) as bar:
        for epoch in range(epochs):
            rng = np.random.default_rng([seed, epoch])
            order, mirrored = rng.permutation(len(images)), rng.random(len(images)) < 0.5
            model.reset_metrics()
            for chosen in np.array_split(order, steps):
                batch = images[chosen].astype("float32") / 255
                turn = mirrored[chosen]
                batch[turn] = batch[turn, :, ::-1]
                logs = model.train_on_batch(batch, labels[chosen], return_dict=True)
                bar.update()
            bar.set_postfix_str(
                f"epoch {epoch + 1}, loss {logs['loss']:.3f}, right {logs['accuracy']:.3f}"
            )
    return model


def right_answers(model, held_out, batch_size=100):
    """Share of the labelled pictures that a classifier gets right, in each class: float [classes].

    Classes without a picture are NaN.
    """
    images, labels = held_out
    right = np.empty(len(images), bool)
    for start in range(0, len(images), batch_size):
        part = slice(start, start + batch_size)
        logits = model.predict_on_batch(images[part].astype("float32") / 255)
        right[part] = np.argmax(logits, axis=-1) == labels[part]
    classes = range(int(labels.max()) + 1)
    return np.array([right[labels == c].mean() if (labels == c).any() else np.nan for c in classes])


def ship(model, about, folder):
    """Write `objects.weights.h5` and `objects.json` into `folder`, both or neither.

    Args:
        model: the trained `small_vgg`.
        about: dict that is written to the record, with the checksum.
        folder: where the old ones lie.
    """
    # A copy that was never compiled: the optimizer's state would treble the file.
    bare = small_vgg(model.input_shape[1:], num_classes=model.output_shape[-1])
    bare.set_weights(model.get_weights())
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as place:
        weights, record = Path(place) / "objects.weights.h5", Path(place) / "objects.json"
        bare.save_weights(weights)
        digest = hashlib.sha256(weights.read_bytes()).hexdigest()
        record.write_text(json.dumps({"sha256": digest, **about}, indent=2) + "\n", "utf-8")
        os.replace(weights, folder / weights.name)
        os.replace(record, folder / record.name)


def _bar(steps):
    # Only here: the data room brings TensorFlow.
    from segcourse.data.progress import bar

    return bar(None, "pretraining", total=steps)


def _options(arguments=None):
    parser = argparse.ArgumentParser(
        prog="python3 -m segcourse.training.pretrain",
        description="Train small_vgg on segcourse.data.objects and put the weights into data/.",
    )
    parser.add_argument(
        "--pictures", type=int, default=PICTURES, help="drawn to train on (%(default)s)"
    )
    parser.add_argument("--epochs", type=int, default=EPOCHS, help="(%(default)s)")
    parser.add_argument(
        "--seed", type=int, default=SEED, help="of pictures and training (%(default)s)"
    )
    parser.add_argument("--folder", type=Path, help="where the weights go (data/small_vgg)")
    return parser.parse_args(arguments)


def main(arguments=None):
    """Draw, train, measure, and write."""
    from segcourse.data import OBJECT_CLASSES, checksums, objects

    options = _options(arguments)
    # Seeds side by side: what is held out has never the seed of what is trained on.
    train = objects(options.pictures, seed=2 * options.seed)
    held_out = objects(HELD_OUT, seed=2 * options.seed + 1)
    model = pretrain(train, options.epochs, options.seed)
    share = right_answers(model, held_out)
    per_class = {name: round(float(s), 3) for name, s in zip(OBJECT_CLASSES, share, strict=True)}
    about = {
        "num_classes": len(OBJECT_CLASSES),
        "classes": list(OBJECT_CLASSES),
        "command": "python3 -m segcourse.training.pretrain"
        f" --pictures {options.pictures} --epochs {options.epochs} --seed {options.seed}",
        "optimizer": f"AdamW, rate {LEARNING_RATE:g} falling as a cosine, weight decay "
        f"{WEIGHT_DECAY:g}, batches of {BATCH_SIZE}, half of the pictures mirrored",
        "held_out_pictures": HELD_OUT,
        "accuracy": round(float(share.mean()), 4),
        "accuracy_of_each_class": per_class,
        "versions": f"Keras {keras.version()}, {keras.backend.backend()} backend",
    }
    ship(model, about, options.folder or FOLDER / "small_vgg")
    if options.folder is None:
        checksums.renew(FOLDER / "README.md", "small_vgg")
    print(json.dumps(about, indent=2))


if __name__ == "__main__":
    main()
