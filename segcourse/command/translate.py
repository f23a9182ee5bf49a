"""Bring the course in another language up to date with the English one.

Takes up what has changed in notebooks, checks and pages into the PO files of segcourse/locale/,
where a changed message becomes fuzzy, and writes notebooks/ko/, README.ko.md and
docs/glossary.ko.md from them. Says how much of each file is translated, and which translations lack
a placeholder, a formula, a link or code of their message.

With --check nothing is written: the exit status is 1 where a file is not up to date, or a
translation is missing or wrong.
"""

from segcourse.command import environment


def arguments(parser):
    parser.add_argument("language", metavar="LANGUAGE", help="of the edition: ko")
    parser.add_argument("--check", action="store_true", help="only say what is to be done")


def main(options):
    """Make the edition; return 1 where a translation is wrong, or --check finds work."""
    from segcourse.translation.editions import edition
    from segcourse.translation.making.generated import generated, write

    checkout = environment.root()
    try:
        one = edition(options.language)
    except ValueError as error:
        raise environment.Stop(str(error).replace("`language`", "LANGUAGE"), 2) from None
    made = generated(checkout, one.code)
    stale = made.stale if options.check else write(made)
    for path in stale:
        said = "not up to date" if options.check else "written"
        print(f"{said}: {path.relative_to(checkout).as_posix()}")
    unfinished = False
    for name, file in made.catalogues.items():
        unfinished |= file.percent_translated() < one.least
        print(f"{file.percent_translated():4d} %  {name}.po{_fuzzy(file)}")
    for name, message, fault in made.faults:
        print(f"{name}.po: {message[:60]!r} … {fault}")
    return 1 if made.faults or (options.check and (stale or unfinished)) else 0


def _fuzzy(file):
    count = len(file.fuzzy_entries())
    return f", {count} fuzzy" if count else ""
