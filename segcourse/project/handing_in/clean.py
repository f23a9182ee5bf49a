"""Checks that nothing of other people's, and nothing of the machine, is handed in."""

import json
import zipfile

from segcourse.project.checking.files import MODEL, NOTEBOOK
from segcourse.project.handing_in.check import judged
from segcourse.project.handing_in.pictures import may_be_passed_on, without_pictures
from segcourse.texts import _, ngettext

__all__ = ["paths", "pictures"]

_TEXTS = ("model_card.md", "report.json", "log.jsonl", "looks.json")
_SHOWN = 8
_MOST_CONFIG = 2**24


def pictures(notebook, names):
    """The notebook without pictures that may not be passed on, and the check that says so."""
    title = _("Nothing of other people's data is inside.")
    if may_be_passed_on(notebook, names):
        return notebook, judged("data", title, [])
    cleaned, count = without_pictures(notebook)
    text = ngettext(
        "{count} picture was taken out of the notebook and its page: those of this data set may "
        "not be passed on.",
        "{count} pictures were taken out of the notebook and its page: those of this data set "
        "may not be passed on.",
        count,
    )
    return cleaned, judged("data", title, [], [text.format(count=count)] if count else [])


def paths(notebook, page, folder, machine):
    """No path of this machine stands in any file.

    Args:
        notebook: nbformat notebook as it is handed in.
        page: its HTML (str).
        folder: with the other files, or None.
        machine: `MachinePaths`.
    """
    text = _("{file}, cell {number}: {path}")
    found = list(machine.in_notebook(notebook))
    faults = [text.format(file=NOTEBOOK, number=index + 1, path=path) for index, path in found]
    seen = {path for _index, path in found}
    # The page is made of the cells: it is worth a line only where it has more than they.
    others = [("final_project.html", path) for path in machine.found(page) if path not in seen]
    for name, content in _contents(folder):
        others += [(name, path) for path in machine.found(content)]
    faults += [_("{file}: {path}").format(file=file, path=path) for file, path in others]
    more = len(faults) - _SHOWN
    if more > 0:
        faults = [*faults[:_SHOWN], _("… and {count} more.").format(count=more)]
    return judged("paths", _("No path of this machine is inside."), faults)


def _contents(folder):
    """Names and texts of the files beside the notebook, and of the model's description."""
    for name in _TEXTS if folder else ():
        path = folder / name
        if path.is_file():
            yield name, _unescaped(path.read_text(encoding="utf-8", errors="replace"))
    if folder and (folder / MODEL).is_file():
        try:
            with zipfile.ZipFile(folder / MODEL) as archive, archive.open("config.json") as file:
                text = file.read(_MOST_CONFIG).decode("utf-8", errors="replace")
                yield MODEL, _unescaped(text)
        except (OSError, KeyError, zipfile.BadZipFile, RuntimeError):
            return  # the check of the scores says what is wrong with it


def _unescaped(text):
    """JSON's \\u002f as the letters they stand for."""
    return text if "\\u" not in text else json.dumps(_loaded(text), ensure_ascii=False)


def _loaded(text):
    try:
        return json.loads(text)
    except ValueError:
        return text
