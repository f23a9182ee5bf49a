"""Claim: a folder of one's own is read within 1.3 times what bare Pillow takes to decode it.

    python benchmarks/own_pictures.py
    python benchmarks/own_pictures.py --folder FOLDER

Without a folder, 64 JPEGs of 480×640 with PNG masks in 8 classes are written to a temporary one,
then as palette and as colour masks. Both sides read all of train in turns: `data.from_folder` into
its arrays, finding the files included, and a loop that opens, converts and decodes the very same
files with Pillow and NumPy. Ratios are of the wall time and of the CPU time;
on an idle machine threads make the wall time shorter, on a busy one the CPU time is what counts.
"""

import tempfile
import time
from pathlib import Path

import numpy as np
import stored
from PIL import Image

from segcourse import data

COUNT, ROUNDS = 64, 7
COLOURS = [(0, 0, 0), (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0), (255, 0, 255),
           (0, 255, 255), (128, 128, 128)]  # fmt: skip


def write(folder, kind):
    """JPEGs of smooth noise, and masks of blocks."""
    rng = np.random.default_rng(0)
    for part in ("images", "masks"):
        (folder / part).mkdir(parents=True)
    for k in range(COUNT):
        noise = Image.fromarray(rng.integers(0, 256, (60, 80, 3)).astype("uint8"))
        noise.resize((640, 480), Image.Resampling.BICUBIC).save(folder / "images" / f"{k}.jpg")
        ids = rng.integers(0, 8, (30, 40)).astype("uint8").repeat(16, 0).repeat(16, 1)
        mask = Image.fromarray(ids)
        if kind == "palette":
            mask.putpalette([band for colour in COLOURS for band in colour])
        elif kind == "colours":
            mask = Image.fromarray(np.array(COLOURS, "uint8")[ids])
        mask.save(folder / "masks" / f"{k}.png")


def bare(pairs):
    """What the loop that anyone writes first does."""
    images, labels = [], []
    for picture, mask in pairs:
        images.append(np.asarray(Image.open(picture).convert("RGB")))
        labels.append(np.asarray(Image.open(mask)))
    return np.stack(images), np.stack(labels)


def timed(function):
    """Seconds on the wall and of the CPU."""
    wall, cpu = time.perf_counter(), time.process_time()
    function()
    return time.perf_counter() - wall, time.process_time() - cpu


def compare(folder, classes, rounds):
    """Both sides in turns."""
    from segcourse.data.own import layout

    train = data.from_folder(folder, classes, val=0).train
    count = len(train)
    pairs = [(p.picture, p.mask.path) for p in layout.find(folder).pairs][:count]
    ours, theirs = [], []
    for _ in range(rounds):
        theirs.append(timed(lambda: bare(pairs)))
        ours.append(timed(lambda: data.from_folder(folder, classes, val=0).train.images))
    pairs = list(zip(ours, theirs, strict=True))
    wall, cpu = ([one[k] / other[k] for one, other in pairs] for k in (0, 1))
    return {
        "pictures": count,
        "ms": stored.digits(1e3 * stored.spread([one[0] for one in ours])["median"]),
        "times as long": stored.spread(wall),
        "CPU, times as long": stored.spread(cpu),
    }


def add_arguments(parser):
    """Whose pictures."""
    parser.add_argument("--folder", type=Path, help="default: one that is written for it")


def measure(options):
    """Each kind of masks."""
    if options.folder:
        yield options.folder.name, compare(options.folder, None, ROUNDS)
        return
    names = [f"c{k}" for k in range(8)]
    kinds = {
        "ids": names,
        "ids, no names given": None,
        "palette": names,
        "colours": dict(zip(COLOURS, names, strict=True)),
    }
    with tempfile.TemporaryDirectory() as home:
        for kind, classes in kinds.items():
            folder = Path(home) / kind
            write(folder, kind)
            yield kind, compare(folder, classes, 5 if options.quick else ROUNDS)


if __name__ == "__main__":
    stored.command_line(__doc__, measure, add_arguments)
