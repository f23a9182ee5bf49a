"""Write the course in another form: for nbgrader or pytest, as slides, for Colab."""

import argparse
from importlib import import_module
from importlib.util import find_spec

KINDS = ("nbgrader", "pytest", "slides", "colab")
FILES = {"pytest": "pytest_files"}  # under another name than the kind's


def arguments(parser):
    kinds = parser.add_subparsers(dest="kind", metavar="WHAT", required=True)
    for name in KINDS:
        module = _load(name)
        if module is None:
            continue
        kind = kinds.add_parser(
            name,
            help=module.__doc__.splitlines()[0],
            description=module.__doc__,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        module.arguments(kind)


def main(options):
    """Write what `options.kind` names."""
    return _load(options.kind).main(options)


def _load(kind):
    """The module of a kind, None where this copy of the course has none."""
    name = f"segcourse.command.exports.{FILES.get(kind, kind)}"
    return import_module(name) if find_spec(name) else None
