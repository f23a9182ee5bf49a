"""Claim: the reference project beats every U-Net of its budget, with every seed.

    python benchmarks/final_project_seeds.py
    SEGCOURSE_MANUAL_DIR=... python benchmarks/final_project_seeds.py --dataset camvid --seeds 0
    python benchmarks/final_project_seeds.py --only reference --by clock

Mean IoU after the final project's budget, on the images to choose by and on those held back: the
parts that `project.Project` makes of the data set. Where there is no test split, val is held back,
and training is without the last fifth of train, as it is for a student. The thresholds of
`segcourse/project/bar.py` come from here.

`--by clock` trains for the budget in minutes. `--by epochs`, the default, trains so many epochs as
two cores with nothing else to do get through in the budget (`EPOCHS`): so the outcome does not
depend on what else the machine has to do. Each result is written to the CSV file as it comes, and
those that are there are not measured again: the script may be stopped and started.
"""

import argparse
import csv
import datetime
import os
import statistics
import time
from dataclasses import replace
from pathlib import Path

import keras

from segcourse import data, models
from segcourse.project import reference
from segcourse.project.held_back import divide
from segcourse.training import Recipe, evaluate, fit

RESULTS = Path(__file__).with_suffix(".csv")
FIELDS = (
    "dataset", "network", "seed", "minutes", "by", "epochs", "steps", "seconds", "cpu_seconds",
    "parameters", "val", "held_back_split", "held_back", "date",
)  # fmt: skip
SIZES = {"camvid": (180, 240)}
MINUTES = {"camvid": 10.0}
CROPS = {"camvid": (128, 160), "membrane": (128, 128)}
# What two quiet cores get through in the budget, from the processor time of an epoch.
EPOCHS = {
    "scenes": {
        "FCN-8s": 42,
        "FCN-8s pretrained": 42,
        "U-Net": 30,
        "U-Net added": 30,
        "U-Net wide": 14,
        "reference": 24,
    },
}


def fcn(dataset, seed, weights=None):
    """Week 4's FCN-8s; pretrained, week 5's."""
    keras.utils.set_random_seed(seed)
    shape = (None, None, channels_of(dataset))
    return models.fcn(
        "small_vgg",
        dataset.num_classes,
        8,
        upsampling="fixed",
        input_shape=shape,
        weights=weights,
    )


def unet(dataset, seed, skips="concatenate", base=8):
    """Week 6's U-Net, or one with other skips or more channels."""
    keras.utils.set_random_seed(seed)
    return models.unet(
        dataset.num_classes,
        (None, None, channels_of(dataset)),
        depth=4,
        base_channels=base,
        skips=skips,
        batch_norm=True,
        dropout=0,
    )


def the_reference(dataset, seed):
    """The reference project; on CamVid from random weights, as its claim says."""
    shape = (None, None, channels_of(dataset))
    weights = "objects" if dataset.name == "scenes" else None
    return reference.network(dataset.num_classes, shape, seed, weights)


def week4(dataset, seed, **length):
    """The recipe of week 4."""
    augment = data.augment(flip=True)
    return Recipe(
        learning_rate=3e-3,
        schedule="cosine",
        batch_size=16,
        seed=seed,
        augment=augment,
        **length,
    )


def week6(dataset, seed, **length):
    """The recipe of week 6."""
    augment = data.augment(flip=True, crop=CROPS.get(dataset.name, (96, 96)))
    return Recipe(learning_rate=1e-2, schedule="cosine", seed=seed, augment=augment, **length)


def of_reference(dataset, seed, **length):
    """The recipe of the reference."""
    if dataset.name == "camvid":
        return replace(
            reference.street_recipe(divide(dataset).train, seed=seed),
            **{"minutes": None, **length},
        )
    crop = CROPS.get(dataset.name, (96, 96))
    return reference.recipe(**{"minutes": None, **length}, seed=seed, crop=crop)


NETWORKS = {
    "FCN-8s": (fcn, week4),
    "FCN-8s pretrained": (lambda dataset, seed: fcn(dataset, seed, "objects"), week4),
    "U-Net": (unet, week6),
    "U-Net added": (lambda dataset, seed: unet(dataset, seed, "add"), week6),
    "U-Net wide": (lambda dataset, seed: unet(dataset, seed, base=16), week6),
    "reference": (the_reference, of_reference),
}


def channels_of(dataset):
    return dataset.train.images.shape[-1]


def measure(dataset, name, seed, minutes, epochs):
    """Train and evaluate once, by the clock or for so many epochs: a row of the results."""
    keras.backend.clear_session()
    build, make_recipe = NETWORKS[name]
    length = {"minutes": minutes} if epochs is None else {"epochs": epochs}
    recipe = make_recipe(dataset, seed, **length)
    model = build(dataset, seed)
    parts = divide(dataset)
    start, processor = time.perf_counter(), time.process_time()
    history = fit(model, parts.train, None, recipe)
    seconds, processor = time.perf_counter() - start, time.process_time() - processor
    val, held_back = (evaluate(model, part)["mean_iou"] for part in (parts.val, parts.held_back))
    images = sum(epoch.get("images", history.images_per_epoch) for epoch in history.epochs)
    return {
        "dataset": dataset.name,
        "network": name,
        "seed": seed,
        "minutes": f"{minutes:g}",
        "by": "clock" if epochs is None else "epochs",
        "epochs": f"{images / history.images_per_epoch:.1f}",
        "steps": round(images / recipe.batch_size),
        "seconds": f"{seconds:.0f}",
        "cpu_seconds": f"{processor:.0f}",
        "parameters": model.count_params(),
        "val": f"{val:.4f}",
        "held_back_split": parts.held_back.name,
        "held_back": f"{held_back:.4f}",
        "date": datetime.date.today().isoformat(),
    }


def read(path):
    """The rows that are there."""
    if not path.exists():
        return []
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def append(path, row):
    """Add a row to the file, which gets its heading first if it is new."""
    new = not path.exists()
    with open(path, "a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        if new:
            writer.writeheader()
        writer.writerow(row)


def show(rows, dataset):
    """Print means, and least and largest of the seeds, as a table."""
    print("| network | measured by | seeds | epochs | val | held back | least–largest |")
    print("|---|---|---|---|---|---|---|")
    rows = [row for row in rows if row["dataset"] == dataset]
    for key in dict.fromkeys((row["network"], row["by"]) for row in rows):
        same = [row for row in rows if (row["network"], row["by"]) == key]
        val = statistics.mean(float(row["val"]) for row in same)
        held = [float(row["held_back"]) for row in same]
        epochs = statistics.mean(float(row["epochs"]) for row in same)
        print(
            f"| {key[0]} | {key[1]} | {len(same)} | {epochs:.0f} | {val:.3f} "
            f"| {statistics.mean(held):.3f} | {min(held):.3f}–{max(held):.3f} |"
        )


def main():
    """Measure what is missing, then print all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dataset", default="scenes", choices=("scenes", "camvid", "membrane"))
    parser.add_argument("--only", nargs="+", choices=NETWORKS, default=list(NETWORKS))
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2, 3, 4])
    parser.add_argument("--by", choices=("epochs", "clock"), default="epochs")
    parser.add_argument("--minutes", type=float, help="the budget; default: the project's")
    parser.add_argument("--epochs", type=int, help="in place of those that were calibrated")
    parser.add_argument("--results", type=Path, default=RESULTS, help="the file that is added to")
    options = parser.parse_args()
    os.environ["SEGCOURSE_QUIET"] = "1"
    dataset = data.load(options.dataset, size=SIZES.get(options.dataset))
    minutes = options.minutes or MINUTES.get(options.dataset, 2.0)
    known = EPOCHS.get(options.dataset, {})
    for seed in options.seeds:
        for name in options.only:
            key = (options.dataset, name, str(seed), f"{minutes:g}", options.by)
            columns = ("dataset", "network", "seed", "minutes", "by")
            if key in {tuple(row[one] for one in columns) for row in read(options.results)}:
                continue
            epochs = None if options.by == "clock" else options.epochs or known.get(name)
            if options.by == "epochs" and epochs is None:
                parser.error(f"no epochs are known for {name} on {options.dataset}: give --epochs")
            row = measure(dataset, name, seed, minutes, epochs)
            append(options.results, row)
            print(
                f"{name}, seed {seed}: val {row['val']}, held back {row['held_back']}", flush=True
            )
    show(read(options.results), options.dataset)


if __name__ == "__main__":
    main()
