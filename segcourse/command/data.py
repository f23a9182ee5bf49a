"""Prepare a data set and say where it lies.

Reads the local copy, else the folder in SEGCOURSE_MANUAL_DIR, else downloads it.
"""

from segcourse.command.environment import Stop
from segcourse.command.quiet import quiet_import


def arguments(parser):
    parser.add_argument("name", metavar="NAME", help="scenes, camvid, ...")


def main(options):
    """Prepare the data set `options.name`; print its place, splits and classes."""
    with quiet_import():
        from segcourse import data

    try:
        place = data.prepare(options.name)
        dataset = data.load(options.name)
    except (ValueError, OSError) as error:
        raise Stop(str(error)) from None
    print(f"{dataset.name}: {place}")
    print(f"source: {dataset.source}")
    for name in dataset.splits:
        print(f"{name:>6}: {len(getattr(dataset, name)):5d} pictures")
    print(f"{dataset.num_classes} classes: {', '.join(dataset.classes)}")
    return 0
