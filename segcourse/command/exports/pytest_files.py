"""Write one test file a notebook, with one test an exercise, for pytest.

For GitHub Classroom, Otter or plain CI: pytest takes each exercise cell out of a student's notebook
and has it checked as in the notebook. What the tests do, says the README.md among them.
"""

from segcourse.command import environment, weeks
from segcourse.command.environment import Stop


def arguments(parser):
    parser.add_argument("folder", metavar="DIR", help="a new folder, or an empty one")


def main(options):
    """Write the folder; return 0."""
    from segcourse.export.pytest_files import NotEmpty, write_tests

    paths = weeks.find(environment.root(), [])
    try:
        tests = write_tests(paths, options.folder)
    except NotEmpty as error:
        raise Stop(str(error), 2) from None
    except ValueError as error:
        raise Stop(str(error)) from None
    except OSError as error:
        raise Stop(environment.cannot_write(error, options.folder)) from None
    points = sum(test.points for test in tests)
    print(f"{len(tests)} tests with {points} points: {options.folder}")
    return 0
