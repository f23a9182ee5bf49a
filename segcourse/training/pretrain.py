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
import os
import tempfile
from pathlib import Path

import keras
import numpy as np

from segcourse.models import small_vgg, transfer_weights
from segcourse.models.weights.shipped_weights import FOLDER
from segcourse.training.devices.device import device
from segcourse.training.recipes.schedule import WarmupSchedule

PICTURES, EPOCHS = 12_000, 8
# Height and width, share of the epochs, learning rate: most steps are taken on smaller pictures,
# which cost less than half; the last on the size of the classifier.
STAGES = ((64, 1.0, 2e-3), (96, 0.2, 1e-3))
# Hard to tell apart: every second picture is of these.
HARD = ("cat", "dog")
BATCH_SIZE, WEIGHT_DECAY = 32, 1e-3
HELD_OUT = 1000
SEED = 0


def pretrain(train, epochs, seed=SEED, rate=2e-3, start=None):
    """A new `small_vgg`, trained on labelled pictures by AdamW with a rate that falls as a cosine.

    Half of the pictures of an epoch are mirrored. Order, mirroring, dropout and first weights
    follow from `seed`.

    Args:
        train: (images uint8 `[n, size, size, 3]`, labels int `[n]`, places in OBJECT_CLASSES).
        epochs: how often they are seen; a fraction of the last epoch may be left out.
        seed: integer from 0 on.
        rate: the highest learning rate.
        start: a `small_vgg` of another size, whose convolutions and last layer it starts from.

    Returns: the model.
    """
    images, labels = train
    keras.utils.set_random_seed(seed)
    model = small_vgg(images.shape[1:])
    if start is not None:
        transfer_weights(start, model)
    steps = max(1, round(epochs * len(images) / BATCH_SIZE))
    model.compile(
        keras.optimizers.AdamW(
            WarmupSchedule(rate, "cosine", steps, warmup=min(100, steps // 10)),
            weight_decay=WEIGHT_DECAY,
        ),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
        jit_compile="auto" if device().xla else False,
    )
    with _bar(steps) as bar:
        for step in range(steps):
            batch, answers = _batch(images, labels, seed, step)
            logs = model.train_on_batch(batch, answers, return_dict=True)
            bar.update()
            if step % 100 == 99:
                bar.set_postfix_str(f"loss {logs['loss']:.3f}, right {logs['accuracy']:.3f}")
                model.reset_metrics()
    return model


def _batch(images, labels, seed, step):
    """Batch number `step` of endless epochs: float32 images in 0..1, and labels."""
    per_epoch = max(1, len(images) // BATCH_SIZE)
    rng = np.random.default_rng([seed, step // per_epoch])
    order, mirrored = rng.permutation(len(images)), rng.random(len(images)) < 0.5
    chosen = np.array_split(order, per_epoch)[step % per_epoch]
    batch = images[chosen].astype("float32") / 255
    turn = mirrored[chosen]
    batch[turn] = batch[turn, :, ::-1]
    return batch, labels[chosen]


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
    from segcourse.data import OBJECT_CLASSES, objects
    from segcourse.data.files import checksums

    options = _options(arguments)
    # No seed of what is trained on is one of what is held out, which are the odd ones.
    held_out = objects(HELD_OUT, seed=2 * options.seed + 1)
    model = None
    for stage, (size, share, rate) in enumerate(STAGES):
        count = round(options.pictures * min(1.0, 2 * share))
        seed = 1000 * options.seed + 2 * stage
        parts = objects(count // 2, 2 * seed, size), objects(count // 2, 2 * seed + 2, size, HARD)
        train = [np.concatenate(arrays) for arrays in zip(*parts, strict=True)]
        epochs = options.epochs * options.pictures * share / count
        model = pretrain(train, epochs, options.seed, rate, start=model)
    right = right_answers(model, held_out)
    per_class = {name: round(float(s), 3) for name, s in zip(OBJECT_CLASSES, right, strict=True)}
    about = {
        "num_classes": len(OBJECT_CLASSES),
        "classes": list(OBJECT_CLASSES),
        "command": "python3 -m segcourse.training.pretrain"
        f" --pictures {options.pictures} --epochs {options.epochs} --seed {options.seed}",
        "recipe": f"AdamW, weight decay {WEIGHT_DECAY:g}, batches of {BATCH_SIZE}, half of the "
        f"pictures mirrored, every second one of {' or '.join(HARD)}",
        "stages": [
            {
                "size": size,
                "pictures_shown": round(options.pictures * options.epochs * share),
                "learning_rate": rate,
            }
            for size, share, rate in STAGES
        ],
        "held_out_pictures": HELD_OUT,
        "accuracy": round(float(right.mean()), 4),
        "accuracy_of_each_class": per_class,
        "versions": f"Keras {keras.version()}, {keras.backend.backend()} backend",
    }
    ship(model, about, options.folder or FOLDER / "small_vgg")
    if options.folder is None:
        checksums.renew(FOLDER / "README.md", "small_vgg")
    print(json.dumps(about, indent=2))


if __name__ == "__main__":
    main()
