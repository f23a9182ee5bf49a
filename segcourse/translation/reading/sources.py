"""Which sources go into which PO file, and the messages they hold."""

import json
import re
from pathlib import Path

from segcourse.translation.editions import DOCUMENTS
from segcourse.translation.reading import markdown
from segcourse.translation.reading.message import Message
from segcourse.translation.reading.notebook import exercise_id, translated_source
from segcourse.translation.reading.sentences import marked

__all__ = ["messages", "notebook_name", "notebooks"]

#: Folders of exercises whose sentences have a file of their own; a letter is the bonus's.
OF_A_WEEK = re.compile(r"exercises/(week\d+|bonus|own_pictures|final_project)/")


def messages(checkout):
    """All messages of the course, by the name of their PO file.

    Args:
        checkout: path of a checkout.

    Returns:
        dict from name to list of `Message`, in the order in which they are read. The sentences of
        the package stand in one file each, even if two files of the package say them.
    """
    checkout = Path(checkout)
    found = {notebook_name(path): of_notebook(path) for path in notebooks(checkout)}
    found |= {name: of_document(checkout / file) for name, file in DOCUMENTS.items()}
    return found | of_package(checkout / "segcourse")


def notebooks(checkout):
    """Paths of the English notebooks."""
    return sorted((Path(checkout) / "notebooks").glob("*.ipynb"))


def notebook_name(path):
    """The name of a notebook's PO file: "week4" of week4_fcn.ipynb.

    Example:

    >>> notebook_name("week4_fcn.ipynb"), notebook_name("own_pictures.ipynb")
    ('week4', 'own_pictures')
    """
    found = re.match(r"week\d+(?=_)|bonus(?=_)", Path(path).stem)
    return found[0] if found else Path(path).stem


def of_notebook(path):
    """The messages of a notebook, cell by cell."""
    found = []
    for cell in json.loads(Path(path).read_text(encoding="utf-8"))["cells"]:
        id = exercise_id(cell)
        where = f"cell {cell['id']}" + (f", exercise {id}" if id else "")
        translated_source(cell, _collector(found, where))
    return found


def of_document(path):
    """The messages of a page in Markdown."""
    found = []
    markdown.translated(Path(path).read_text(encoding="utf-8"), _collector(found, path.name))
    return found


def of_package(package):
    """The marked sentences of the package, by PO file: `checks`, `checks_week1` …, `segcourse`."""
    files, seen = {"checks": []}, set()
    paths = {path.relative_to(package).as_posix(): path for path in package.rglob("*.py")}
    # What the judge says comes first, then week by week; what two say goes to the first.
    for name in sorted(paths, key=lambda name: (_file_of(name), _order(name))):
        source = paths[name].read_text(encoding="utf-8")
        for message in marked(source, name) if "texts" in source or "mistake" in source else ():
            if message.text not in seen:
                seen.add(message.text)
                files.setdefault(_file_of(name), []).append(message)
    return files


def _file_of(name):
    week = OF_A_WEEK.match(name)
    return (
        f"checks_{week[1]}" if week else "checks" if name.startswith("exercises/") else "segcourse"
    )


def _order(name):
    """What a student is asked first, then its wrong answers, exercise by exercise."""
    folder, _, file = name.rpartition("/")
    return folder.removesuffix("/asked"), file, not folder.endswith("/asked")


def _collector(found, where):
    """A function for `say` that keeps each message and changes none."""

    def say(text, kind):
        found.append(Message(text, f"{where}, {kind}"))
        return text

    return say
