"""Bring the course in another language up to date with the English one.

Takes up what has changed in notebooks, checks and pages into the PO files of
segcourse/locale/, and says how much of each is translated.
"""

from segcourse.command import environment


def arguments(parser):
    parser.add_argument("language", help="of the edition: ko")


def main(options):
    """Extract and say how much is translated."""
    from segcourse.translation.editions import edition
    from segcourse.translation.merge import update
    from segcourse.translation.sources import messages

    try:
        language = edition(options.language).code
    except ValueError as error:
        raise environment.Stop(str(error), 2) from None
    for name, found in messages(environment.root()).items():
        print(f"{update(language, name, found).percent_translated():4d} %  {name}.po")
    return 0
