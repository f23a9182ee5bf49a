"""The sources of the site, written into a folder from which Sphinx builds it."""

import re
import shutil

from segcourse.site.addresses import colab_address, folder_address
from segcourse.site.api_pages import api_pages
from segcourse.site.editions import translated_page
from segcourse.site.notebooks import page_of
from segcourse.site.start_page import start_page, time_of
from segcourse.texts import _

#: Pages outside docs/ and notebooks/, where they are there.
OTHERS = ("README.md", "benchmarks/README.md", "benchmarks/notes.md", "data/README.md")
#: Pages of docs/ for those who teach, and for those who work on the course; all others are for all.
TEACHING = ("teaching", "exercises", "final_project_rubric")
BUILDING = ("architecture", "several_hosts")
#: Where a link, a picture or an <img> leads.
TARGET = re.compile(r"""(\]\(|<img [^>]*?src=["'])([^)\s"'#]+)""")


class Unreadable(ValueError):
    """A file that should become a page cannot be read."""


def stage(checkout, source, extra, repository, language=""):
    """Write all sources.

    Args:
        checkout: Path of the course: its notebooks/, docs/ and README.md are read.
        source: Path of an empty folder, for Sphinx.
        extra: Path of an empty folder, for files that become part of the site as they are.
        repository: str, address of the repository, or None.
        language: str, code of the language of the pages, "" for English.

    Returns:
        list of str, the names of all pages, without their endings.

    Raises:
        Unreadable: one of the notebooks is damaged.
    """
    notebooks, times = _stage_notebooks(checkout, source, extra, repository, language)
    docs = _stage_docs(checkout, source, repository, language)
    for name, text in api_pages().items():
        _write(source / "api" / f"{name}.rst", text)
    titles = {name: _title(notebook) for name, notebook in notebooks.items()}
    known = {path.stem for path in docs if path.parent.name == "docs"}
    known |= {path.name for path in (checkout / "docs").glob("*.png")}
    index = start_page(titles, times, known) + _contents(list(notebooks), docs)
    _write(source / "index.md", index)
    return sorted(
        path.relative_to(source).with_suffix("").as_posix()
        for path in source.rglob("*")
        if path.suffix in (".md", ".rst", ".ipynb")
    )


def _stage_notebooks(checkout, source, extra, repository, language):
    """Writes the notebooks, as pages and as files to download; returns them, and their times."""
    import nbformat

    from segcourse.notebook.edition import edition_of  # imports the exercises

    solutions = _solutions()
    found, times = {}, {}
    for path in _in_order((checkout / "notebooks").glob("*.ipynb")):
        try:
            notebook = nbformat.read(path, as_version=4)
        except (nbformat.reader.NotJSONError, nbformat.ValidationError, OSError) as error:
            line = str(error).splitlines()[0][:200]
            raise Unreadable(f"{path.name} is not a notebook: {line}") from None
        if not notebook.cells or not notebook.cells[0].source.startswith("# "):
            raise Unreadable(f"{path.name} must begin with a title, '# …'")
        times[path.stem] = time_of(notebook.cells[0].source)
        file = path
        if language:
            notebook = edition_of(notebook, path.name, language)
            file = path.parent / language / path.name
        found[path.stem] = notebook
        colab = colab_address(repository, file.relative_to(checkout).as_posix())
        page = page_of(notebook, path.name, solutions, colab)
        target = source / "notebooks" / path.name
        for cell in page.cells:
            if cell.cell_type == "markdown":
                cell.source = _with_targets(cell.source, path, target, checkout, repository)
        _write(target, nbformat.writes(page))
        (extra / "downloads").mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, extra / "downloads" / path.name)
    return found, times


def _in_order(paths):
    """The weeks first; then one's own pictures, the bonus, the project, as in README.md."""
    last = ("own_pictures", "bonus_deeplab", "final_project")
    return sorted(paths, key=lambda p: (last.index(p.stem) + 1 if p.stem in last else 0, p.stem))


def _solutions():
    from segcourse.exercises.judging.registry import all_exercises
    from segcourse.exercises.solution import text_of

    return {exercise.id: text_of(exercise) for exercise in all_exercises()}


def _stage_docs(checkout, source, repository, language):
    """Writes the Markdown pages; returns their paths in the checkout."""
    pages = [path for path in sorted((checkout / "docs").glob("*.md")) if "." not in path.stem]
    pages += [checkout / name for name in OTHERS if (checkout / name).is_file()]
    for path in pages:
        target = source / path.relative_to(checkout)
        here = path.relative_to(checkout).as_posix()
        text = translated_page(path.read_text(encoding="utf-8"), here, language)
        _write(target, _with_targets(text, path, target, checkout, repository))
    if (checkout / "docs/overlay.png").is_file():
        _copy(checkout / "docs/overlay.png", source / "docs/overlay.png")
    return pages


def _with_targets(text, path, target, checkout, repository):
    """The text of a page; the files of the checkout that it links to are copied beside it.

    A link to a folder leads to the repository: a site has no page for it.
    """

    def follow(found):
        there = (path.parent / found[2]).resolve()
        if "://" in found[2] or not there.is_relative_to(checkout.resolve()):
            return found[0]
        if there.is_dir() and repository:
            inside = there.relative_to(checkout.resolve()).as_posix()
            return found[1] + folder_address(repository, inside)
        if there.is_file() and there.suffix not in (".md", ".ipynb"):
            _copy(there, (target.parent / found[2]).resolve())
        return found[0]

    return TARGET.sub(follow, text)


def _copy(path, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, target)


def _write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _title(notebook):
    return notebook.cells[0].source.splitlines()[0].removeprefix("# ").strip()


def _contents(notebooks, docs):
    """The lists of pages at the left, as directives of the start page."""
    weeks = [f"notebooks/{name}" for name in notebooks if name.startswith("week")]
    more = [f"notebooks/{name}" for name in notebooks if not name.startswith("week")]
    stems = [path.stem for path in docs if path.parent.name == "docs"]
    others = [name.removesuffix(".md") for name in OTHERS]
    there = [name for name in others if any(p.as_posix().endswith(f"{name}.md") for p in docs)]
    teaching = [f"docs/{name}" for name in TEACHING if name in stems]
    building = [f"docs/{name}" for name in BUILDING if name in stems]
    reading = [f"docs/{name}" for name in stems if name not in (*TEACHING, *BUILDING)]
    return "\n".join(
        (
            _tree(_("The weeks"), weeks),
            _tree(_("More notebooks"), more),
            _tree(_("To look things up"), [*reading, *(n for n in there if n == "README")]),
            _tree(_("For the leader"), teaching),
            _tree(_("For developers"), ["api/index", *building, *(there[1:])]),
        )
    )


def _tree(caption, pages):
    if not pages:
        return ""
    lines = "\n".join(_entry(page) for page in pages)
    return f"\n```{{toctree}}\n:hidden:\n:caption: {caption}\n\n{lines}\n```\n"


def _entry(page):
    """README.md has the name of the package for a title, which says little in a list."""
    titles = {
        "README": _("Commands and data sets"),
        "benchmarks/README": _("What was measured"),
        "data/README": _("The data that comes along"),
        "docs/own_pictures": _("Folders of pictures and masks"),
        "api/index": _("All public names"),
    }
    return f"{titles[page]} <{page}>" if page in titles else page
