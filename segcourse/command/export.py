"""Hand the course on in the form of other tools: nbgrader, pytest files, slides, Colab.

python3 -m segcourse export WHAT --help says more about each.
"""

import argparse
from importlib import import_module

KINDS = ("nbgrader", "pytest", "slides", "colab")
# `pytest.py` would stand in the way of the package of that name.
MODULES = {"pytest": "pytest_files"}


def arguments(parser):
    kinds = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
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
    """Do what `options.what` names; return its exit status."""
    return _load(options.what).main(options)


def _load(name):
    """The module of a kind, `segcourse/command/exports/NAME.py`."""
    module = f"segcourse.command.exports.{MODULES.get(name, name)}"
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        return None
