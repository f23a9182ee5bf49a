"""A whole nbgrader course: its notebooks with solutions, its settings, a page for the leader."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import nbformat

from segcourse.export.nbgrader.leader_page import leader_page
from segcourse.export.nbgrader.links import beside_document, in_document
from segcourse.export.nbgrader.names import assignments
from segcourse.export.nbgrader.settings import settings
from segcourse.export.nbgrader.source_notebook import read, source_notebook
from segcourse.export.whole_folder import whole_folder

__all__ = ["Assignment", "write_course"]


@dataclass(frozen=True)
class Assignment:
    """What nbgrader hands out at a time: one notebook in a folder.

    Attributes:
        name: of the folder, as nbgrader's commands take it: `"week2"`.
        notebook: name of its file.
        points: of all its exercises.
    """

    name: str
    notebook: str
    points: int


def write_course(folder, notebooks, checkout):
    """Writes a course for nbgrader 0.9.6, whole or not at all. nbgrader itself is not needed.

    Args:
        folder: path of the new folder; it must not be there, or be empty.
        notebooks: paths of notebooks of the course.
        checkout: path of the course, for what the notebooks link to. The settings name it, so that
            the kernels of nbgrader import it.

    Returns:
        list of `Assignment`, one a notebook.

    Raises:
        ValueError: a notebook is damaged or none of the course, or something is in the way.

    Example:

    >>> import pathlib, tempfile, segcourse
    >>> checkout = pathlib.Path(segcourse.__file__).parents[1]
    >>> week2 = checkout / "notebooks" / "week2_bilinear_interpolation.ipynb"
    >>> with tempfile.TemporaryDirectory() as there:
    ...     target = pathlib.Path(there) / "grading"
    ...     written = write_course(target, [week2], checkout)
    ...     sorted(path.name for path in target.iterdir())
    ['README.md', 'nbgrader_config.py', 'source']
    >>> written
    [Assignment(name='week2', notebook='week2_bilinear_interpolation.ipynb', points=12)]
    """
    checkout = Path(checkout).resolve()
    names = assignments(notebooks)
    read_all = {Path(path).name: read(path) for path in notebooks}
    with whole_folder(folder) as part:
        written = [
            _write(part / "source" / names[file], file, notebook, checkout, names)
            for file, notebook in read_all.items()
        ]
        (part / "nbgrader_config.py").write_text(settings(checkout), "utf-8", newline="\n")
        (part / "README.md").write_text(leader_page(written), "utf-8", newline="\n")
    return written


def _write(folder, file, notebook, checkout, names):
    """One assignment: the notebook and, beside it, what it reads and links to."""
    source, needed = source_notebook(notebook, checkout, names)
    folder.mkdir(parents=True)
    (folder / file).write_text(nbformat.writes(source) + "\n", "utf-8", newline="\n")
    documents = [path for path in needed if path.endswith(".md")]
    needed.update(*(beside_document(path, checkout) for path in documents))
    for path in sorted(needed):
        _copy(checkout / path, folder / path, names)
    graded = (cell.metadata.get("nbgrader", {}) for cell in source.cells)
    return Assignment(folder.name, file, sum(entry.get("points", 0) for entry in graded))


def _copy(source, target, names):
    """A folder, a file, or a document whose links to notebooks are set for its new place."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    elif source.suffix == ".md":
        target.write_text(in_document(source.read_text("utf-8"), names), "utf-8", newline="\n")
    else:
        shutil.copyfile(source, target)
