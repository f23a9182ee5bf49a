"""`python3 -m segcourse COMMAND`: see `python3 -m segcourse --help`.

This file and `command/environment.py` also load on a Python that is too old for the course,
so that it can be told what to install.
"""

import sys

from segcourse.command import environment


def main(arguments):
    """Run the command named in `arguments`; return the exit status."""
    try:
        environment.require_python(arguments)
        from segcourse.command import command_line

        command = command_line.parse(arguments)
        environment.enter(arguments)
        return command()
    except environment.Stop as stop:
        print("segcourse: %s" % stop, file=sys.stderr)  # noqa: UP031 (reads on old Pythons)
        return stop.status
    except KeyboardInterrupt:
        print("\nInterrupted.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
