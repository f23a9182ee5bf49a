"""Show what is done, what was wrong, and how long it took.

Reads what check() and question() recorded on this computer; nothing is sent anywhere. With a
CLASS_FOLDER, it shows where a class is stuck: the folder holds a record of each person, such as
kim.json, a folder or a zip as hand-in writes it. A single record of somebody else is shown as one's
own.
"""

from pathlib import Path

from segcourse.command.environment import Stop, cannot_write
from segcourse.texts import _


def arguments(parser):
    parser.add_argument("folder", nargs="?", metavar="CLASS_FOLDER", help="records of a class")
    parser.add_argument("--html", metavar="FILE", help="write a page with a chart, too")
    parser.add_argument("--force", action="store_true", help="also over another file of this name")


def main(options):
    """Print the record, or the table of a class; return 0."""
    from segcourse.progress.course import course

    weeks = course()
    page = options.html and _may_be_written(Path(options.html).expanduser(), options.force)
    if options.folder is None:
        lines, text = _own(weeks)
    else:
        lines, text = _given(Path(options.folder).expanduser(), weeks, page)
    print("\n".join(lines))
    if page:
        _write(page, text)
    return 0


def _own(weeks):
    """The lines of one's own record, and its page, to be called."""
    from segcourse.exercises.judging import record
    from segcourse.progress.words import own_lines

    damaged = record.mend()
    if damaged:
        print(damaged)
    found = record.read()
    where = _("Recorded in {path}").format(path=record.path())
    return [*own_lines(found, weeks), where], _own_page(found, weeks)


def _own_page(record, weeks):
    def text():
        from segcourse.progress.page import own_page

        return own_page(record, weeks)

    return text


def _given(path, weeks, page):
    """Of a class, or of the one record that is named."""
    from segcourse.progress.class_folder import NotARecord, read_folder, read_record
    from segcourse.progress.words import class_lines, own_lines

    known = {entry.id for week in weeks for entry in week.entries}
    if path.is_file():
        try:
            record = read_record(path, known)
        except NotARecord as error:
            raise Stop(f"{path.name} is no progress record: {error}") from None
        return own_lines(record, weeks), _own_page(record, weeks)
    if not path.is_dir():
        raise Stop(f"CLASS_FOLDER must be a folder with records. Received: {path}", 2)
    try:
        found = read_folder(path, known, ignored=page)
    except OSError as error:
        raise Stop(f"{path} cannot be read: {error.strerror}.") from None
    for name, why in found.left_out:
        print(f"Left out: {name}: {why}")
    if not found.records:
        raise Stop(f"no progress record in {path}.")

    def text():
        from segcourse.progress.page import class_page

        return class_page(found.records, weeks)

    return class_lines(found.records, weeks), text


def _may_be_written(path, force):
    """The path of a page, unless something else stands there."""
    from segcourse.progress.page import is_ours

    if path.suffix.lower() not in (".html", ".htm"):
        raise Stop(f"--html must name a file that ends in .html. Received: {path}", 2)
    if path.is_dir():
        raise Stop(f"--html must name a file, and {path} is a folder.", 2)
    if path.exists() and not force and not is_ours(path):
        raise Stop(f"{path} is there and was not written by this command: --force writes it.", 2)
    return path


def _write(path, text):
    from segcourse.progress import page

    try:
        page.write(path, text())
    except OSError as error:
        raise Stop(cannot_write(error, path.parent)) from None
    print(f"Page: {path}")
