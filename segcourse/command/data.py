"""Load a data set and say where it lies; `data check PATH` looks for faults in a folder of yours.

Reads the prepared copy, else the folder in SEGCOURSE_MANUAL_DIR; only where there is neither is it
drawn or downloaded. With --anew the prepared copy is made again. A NAME folder:PATH is a folder of
pictures and masks of your own.

`data check PATH` looks at every picture and mask in such a folder and says what is wrong, worst
first. Nothing in it is changed. PATH/segcourse.json may say what the masks hold, such as
{"classes": ["wall", "crack"], "size": [128, 160]}.
"""

import contextlib
import sys
import warnings

from segcourse.command.console.quiet import quiet_tensorflow
from segcourse.command.console.signals import interruptible
from segcourse.command.environment import Stop
from segcourse.data import catalogue

CHECK = "check"


def arguments(parser):
    names = ", ".join((*catalogue.NAMES, f"{catalogue.FOLDER}PATH"))
    parser.add_argument("name", metavar="NAME", help=f"{names}; or check")
    parser.add_argument("path", metavar="PATH", nargs="?", help="for check: the folder")
    parser.add_argument(
        "--anew", action="store_true", help="draw or fetch it again and replace the prepared copy"
    )
    parser.add_argument("--html", metavar="FILE", help="check: write a page of masks on pictures")
    parser.add_argument("--write", metavar="FOLDER", help="check: write a clean copy there")


def main(options):
    """Load `options.name`, one picture of each split; print its source, splits and classes."""
    if options.name == CHECK:
        return check(options)
    check_options(options)
    check_name(options.name, "NAME")
    with interruptible():
        quiet_tensorflow()
        from segcourse.data import load, prepare

        try:
            if options.anew:
                prepare(options.name, anew=True)
            with said():
                dataset = load(options.name)
            for name in dataset.splits:
                dataset.split(name).take(1).images  # noqa: B018 (decodes it)
        except (ValueError, OSError) as error:
            raise Stop(str(error)) from None
    print(summary(dataset))
    return 0


def check(options):
    """Print what is wrong with a folder; return 1 where it cannot be read as it is."""
    if not options.path:
        raise Stop("PATH must be given: python3 -m segcourse data check PATH", 2)
    if options.anew:
        raise Stop("--anew is for a NAME, not for check.", 2)
    with interruptible():
        from segcourse.data import check as look

        path = options.path.removeprefix(catalogue.FOLDER)
        try:
            with said():
                report = look(path, html=options.html, write=options.write)
        except (ValueError, OSError) as error:
            raise Stop(str(error)) from None
    print(report)
    return 0 if report.right else 1


@contextlib.contextmanager
def said():
    """Warnings inside are printed as sentences, without the lines of code they come from."""
    with warnings.catch_warnings():
        warnings.simplefilter("always", UserWarning)
        warnings.showwarning = lambda message, *_, **__: print(message, file=sys.stderr)
        yield


def check_options(options):
    """Stop where something is given that only `check` takes."""
    given = {"PATH": options.path, "--html": options.html, "--write": options.write}
    for name, value in given.items():
        if value is not None:
            raise Stop(f"{name} is for `data check PATH` only. Received: {value}", 2)


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
