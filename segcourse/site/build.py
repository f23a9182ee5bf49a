"""From the checkout to the finished site: staged, built by Sphinx, links checked, put in place."""

import io
import tomllib
from pathlib import Path

from segcourse.site.editions import languages, other_editions, slugs
from segcourse.site.links import broken_links
from segcourse.site.settings import settings
from segcourse.site.stage import stage
from segcourse.texts import in_language

#: A file that says that a folder was written by this command, which may write it anew.
MARK = ".segcourse-site"


class Faulty(ValueError):
    """Sphinx warned, or a link leads nowhere; the text names each page."""


def check_target(folder):
    """`folder` as an absolute Path that may be written.

    Args:
        folder: path of a folder that is not there, is empty, or was written by `build`.

    Raises:
        ValueError: it is something else; nothing is overwritten.

    Example:

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     check_target(folder) == pathlib.Path(folder)
    True
    """
    folder = Path(folder).expanduser().absolute()
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"--to must be a folder. Received: {folder}, which is a file")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise ValueError(
            "--to must be a new or empty folder, or one that this command wrote. "
            f"Received: {folder}, which holds other files"
        )
    return folder


def repository_of(checkout):
    """The address in the pyproject.toml of a checkout, or None."""
    file = Path(checkout) / "pyproject.toml"
    if not file.is_file():
        return None
    project = tomllib.loads(file.read_text(encoding="utf-8"))["project"]
    return project.get("urls", {}).get("Repository")


def build(checkout, target, url=None, repository=None):
    """Build the site into `target`, which stays as it was if anything is wrong.

    Args:
        checkout: path of the course.
        target: path of the folder to write; see `check_target`.
        url: str, the address at which the site will lie, or None.
        repository: str, address of the repository; default that of pyproject.toml.

    Returns:
        list of str, the names of the pages.

    Raises:
        Faulty: a page has a warning or a broken link.
        ValueError: `target` may not be written, or a notebook cannot be read.
    """
    from segcourse.data.files.folders import replacing

    target = check_target(target)
    repository = repository or repository_of(checkout)
    there = languages(checkout)
    with replacing(target) as partial:
        pages = []
        for code in there:
            pages += _build_one(checkout, partial, code, there, url, repository)
        faults = broken_links(partial / "html")
        if faults:
            raise Faulty("\n".join(faults))
        _keep_html(partial)
    return pages


def _build_one(checkout, folder, code, there, url, repository):
    """Builds the pages of a language into `html`, or its folder below it; gives their names."""
    source, extra = folder / f"source{code}", folder / f"extra{code}"
    source.mkdir()
    extra.mkdir()
    with in_language(code):
        pages = stage(Path(checkout), source, extra, repository, code)
    chosen = settings(
        repository,
        url and f"{url.rstrip('/')}/{code}" if code else url,
        code,
        other_editions(code, there),
        slugs(checkout, code) if code else None,
    )
    _run_sphinx(source, folder / "html" / code, chosen | {"html_extra_path": [str(extra)]})
    return [f"{code}/{name}" if code else name for name in pages]


def _run_sphinx(source, target, chosen):
    from sphinx.application import Sphinx
    from sphinx.errors import SphinxError
    from sphinx.util.docutils import docutils_namespace

    said = io.StringIO()
    try:
        with docutils_namespace():
            app = Sphinx(
                srcdir=source,
                confdir=None,
                outdir=target,
                doctreedir=source.with_name(f"{source.name}-doctrees"),
                buildername="html",
                confoverrides=chosen,
                status=None,
                warning=said,
                warningiserror=True,
            )
            app.build(force_all=True)
    except SphinxError as error:
        raise Faulty(_plain(f"{said.getvalue()}\n{error}", source)) from None
    if app.statuscode:
        raise Faulty(_plain(said.getvalue(), source))


def _plain(text, source):
    """Warnings without colours; pages by their names in the course."""
    from sphinx.util.console import strip_colors

    return strip_colors(text).replace(f"{source}/", "").strip()


def _keep_html(folder):
    """Leaves the finished pages in `folder`, and nothing else."""
    import shutil

    pages = folder / "html"
    for other in folder.iterdir():
        if other != pages:
            shutil.rmtree(other)
    for path in list(pages.iterdir()):
        path.rename(folder / path.name)
    pages.rmdir()
    (folder / ".nojekyll").touch()  # GitHub Pages leaves out folders such as _static without it
    (folder / MARK).write_text("Written by: python3 -m segcourse site\n", encoding="utf-8")
