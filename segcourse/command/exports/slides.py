"""Write a week as slides: one reveal.js page that needs no network.

Which cell is a slide says its metadata, slideshow.slide_type, which JupyterLab shows under Property
Inspector. Outputs are the stored ones. In the browser, S opens the window of the speaker, with
the whole texts and the code; ?print-pdf behind the address makes a PDF by printing. With
SEGCOURSE_LANG=ko the slides are in Korean, with the pictures of the English notebook.
"""

from pathlib import Path

from segcourse.command import environment, weeks
from segcourse.command.environment import Stop
from segcourse.texts import in_language, language
from segcourse.translation.language import of_folder


def arguments(parser):
    parser.add_argument("week", metavar="WEEK", help="4, week4, week4_fcn or a path")
    parser.add_argument("--to", metavar="FILE", help="the page; default build/NAME.slides.html")


def main(options):
    """Write the page; return 0."""
    from segcourse.export.pytest_files.tasks import read
    from segcourse.export.slides import GENERATOR, to_slides
    from segcourse.notebook.files import write_atomically

    folder = environment.root()
    (path,) = weeks.find(folder, [options.week])
    code = of_folder(path.parent) or language()
    if of_folder(path.parent):  # the English one has the outputs
        (path,) = weeks.find(folder, [path.stem])
    target = Path(options.to or folder / "build" / code / f"{path.stem}.slides.html")
    if target.exists() and not _is_ours(target, GENERATOR):
        raise Stop(f"--to must be a new file or older slides. Received: {target}", 2)
    try:
        notebook = read(path)
    except ValueError as error:
        raise Stop(str(error)) from None
    try:
        with in_language(code):
            page = to_slides(edition(notebook, path.name, code), path.stem)
    except ValueError as error:
        raise Stop(f"{path.name}: {error}") from None
    try:
        write_atomically(target, page)
    except OSError as error:
        raise Stop(environment.cannot_write(error, target.parent)) from None
    count = page.count('<section class="page')
    print(f"{count} slides, {len(page) / 1e6:.1f} MB: {target}")
    return 0


def edition(notebook, name, code):
    """A notebook in a language, with the outputs it has."""
    if not code:
        return notebook
    from segcourse.command.console.quiet import quiet_import

    with quiet_import():
        from segcourse.notebook.edition import edition_of

    return edition_of(notebook, name, code)


def _is_ours(path, mark):
    if not path.is_file():
        return False
    with open(path, "rb") as file:
        return mark.encode() in file.read(500)
