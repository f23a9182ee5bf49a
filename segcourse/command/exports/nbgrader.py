"""Write a whole nbgrader course: solutions, hidden tests, settings, a page for the leader.

For nbgrader 0.9.6. README.md in DIR has the commands in order, and says what the marks mean.
"""

from segcourse.command import environment, weeks
from segcourse.command.console.quiet import quiet_import
from segcourse.command.environment import Stop


def arguments(parser):
    parser.add_argument("folder", metavar="DIR", help="the folder to write: new, or empty")
    parser.add_argument(
        "--weeks", nargs="+", metavar="WEEK", default=[],
        help="4, week4, week4_fcn or a path; default all",
    )  # fmt: skip


def main(options):
    """Write the course, print its assignments with their points."""
    checkout = environment.root()
    notebooks = weeks.find(checkout, options.weeks)
    with quiet_import():
        from segcourse.export.nbgrader import write_course

        try:
            written = write_course(options.folder, notebooks, checkout)
        except ValueError as error:
            raise Stop(str(error), 2) from None
        except OSError as error:
            raise Stop(environment.cannot_write(error, options.folder)) from None
    for assignment in written:
        print(f"{assignment.points:3d} points  {assignment.name}")
    print(f"Written: {options.folder}. What to do next says its README.md.")
    return 0
