"""Load a data set and say where it lies.

Reads the prepared copy, else the folder in SEGCOURSE_MANUAL_DIR; only where there is neither is it
drawn or downloaded. With --anew the prepared copy is made again.
"""

from segcourse.command.environment import Stop
from segcourse.command.quiet import quiet_tensorflow
from segcourse.command.signals import interruptible
from segcourse.data import catalogue


def arguments(parser):
    parser.add_argument("name", metavar="NAME", help=", ".join(catalogue.NAMES))
    parser.add_argument(
        "--anew", action="store_true", help="draw or fetch it again and replace the prepared copy"
    )


def main(options):
    """Load `options.name`, one picture of each split; print its source, splits and classes."""
    check_name(options.name, "NAME")
    with interruptible():
        quiet_tensorflow()
        from segcourse.data import load, prepare

        try:
            if options.anew:
                prepare(options.name, anew=True)
            dataset = load(options.name)
            for name in dataset.splits:
                dataset.split(name).take(1).images  # noqa: B018 (decodes it)
        except (ValueError, OSError) as error:
            raise Stop(str(error)) from None
    print(summary(dataset))
    return 0


def check_name(name, argument):
    """Stop with the names there are, unless `name` is one; TensorFlow is not imported for that."""
    try:
        catalogue.check_name(name, argument)
    except ValueError as error:
        raise Stop(str(error), 2) from None


def summary(dataset):
    """The lines about a data set: its source, its splits, present or not, its classes."""
    lines = [f"{dataset.name}: {dataset.source}"]
    for name in ("train", "val", "test"):
        if name in dataset.splits:
            lines.append(f"{name:>6}: {len(dataset.split(name)):5d} pictures")
        else:
            lines.append(f"{name:>6}: absent" + (", val is used" if name == "test" else ""))
    lines.append(f"{dataset.num_classes} classes: {', '.join(dataset.classes)}")
    return "\n".join(lines)
