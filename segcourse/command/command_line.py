"""The command line: which command, and its arguments."""

import argparse
from functools import partial
from importlib import import_module

COMMANDS = (
    "lab", "test", "run", "progress", "data", "export", "site", "hand-in", "mark", "lint",
    "translate",
)  # fmt: skip
# These hand everything that follows to the program they start.
PASS_ON = ("lab", "test")


def parse(arguments):
    """Return the command to call, a function without arguments that returns the exit status.

    Ends the process with the usual status 2 on a wrong command line, 0 on `--help`.
    """
    parser = build_parser()
    if arguments and arguments[0] in PASS_ON and not {"-h", "--help"} & set(arguments[1:]):
        return partial(_load(arguments[0]).main, arguments[1:])
    options = parser.parse_args(arguments)
    return partial(_load(options.command).main, options)


def build_parser():
    """The parser of all commands; each command's module describes its own arguments."""
    parser = argparse.ArgumentParser(
        prog="python3 -m segcourse",
        description="A course on semantic segmentation. The first command sets everything up.",
        epilog="python3 -m segcourse COMMAND --help says more about a command.",
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in COMMANDS:
        module = _load(name)
        summary = module.__doc__.splitlines()[0]
        command = commands.add_parser(
            name,
            help=summary,
            description=module.__doc__,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        module.arguments(command)
    return parser


def _load(name):
    """The module of a command: `hand-in` lies in `segcourse/command/hand_in.py`."""
    return import_module(f"segcourse.command.{name.replace('-', '_')}")
