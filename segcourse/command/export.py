"""Write the course for other programs: marks in nbgrader or pytest, slides, Colab.

Each kind has its own --help.
"""

import argparse
from importlib import import_module

# "pytest" lies in pytest_files.py: a module of that name would hide the program's own.
KINDS = ("pytest", "slides")
MODULES = {"pytest": "pytest_files"}


def arguments(parser):
    kinds = parser.add_subparsers(dest="kind", metavar="WHAT", required=True)
    for name in KINDS:
        module = _load(name)
        kind = kinds.add_parser(
            name,
            help=module.__doc__.splitlines()[0],
            description=module.__doc__,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        module.arguments(kind)


def main(options):
    """Write what was asked for; return the exit status."""
    return _load(options.kind).main(options)


def _load(name):
    return import_module(f"segcourse.command.exports.{MODULES.get(name, name)}")
