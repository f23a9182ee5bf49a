"""All files of an edition, as they should be: PO files, notebooks, pages."""

import json
from dataclasses import dataclass
from pathlib import Path

from segcourse.atomic_write import atomic_write
from segcourse.translation.editions import DOCUMENTS, po_file, translated_path
from segcourse.translation.making.notebook import notebook_text
from segcourse.translation.making.page import page
from segcourse.translation.making.speaker import speaker
from segcourse.translation.po.faults import faults
from segcourse.translation.po.merge import update
from segcourse.translation.reading.sources import messages, notebook_name, notebooks

__all__ = ["Generated", "generated", "write"]


@dataclass(frozen=True)
class Generated:
    """An edition, made anew from the English sources and its PO files.

    Attributes:
        catalogues: dict from the name of each PO file to its `polib.POFile`.
        texts: dict from `Path` to the text that should stand there.
        surplus: list of `Path`, notebooks whose English one has gone.
    """

    catalogues: dict
    texts: dict
    surplus: list

    @property
    def stale(self):
        """The paths of files that are missing, or hold something else."""
        return [path for path, text in self.texts.items() if _read(path) != text] + self.surplus

    @property
    def faults(self):
        """All that is wrong with translations: tuples (name of the PO file, message, fault)."""
        return [
            (name, entry.msgid, fault)
            for name, file in self.catalogues.items()
            for entry in file
            if not (entry.obsolete or entry.fuzzy)
            for fault in faults(entry)
        ]


def generated(checkout, code):
    """The edition of a language, made anew; nothing is written.

    Args:
        checkout: path of the course.
        code: str, of the language.
    """
    checkout = Path(checkout)
    catalogues, texts = {}, {}
    for name, found in messages(checkout).items():
        path = po_file(code, name, checkout)
        catalogues[name], texts[path] = update(code, name, found, checkout)
    paths = notebooks(checkout)
    for path in paths:
        name = notebook_name(path)
        here = f"notebooks/{path.name}"
        there = translated_path(here, code)
        content = json.loads(_read(path))
        say = speaker(code, catalogues[name])
        texts[checkout / there] = notebook_text(content, code, say, here, there)
    for name, here in DOCUMENTS.items():
        there = translated_path(here, code)
        say = speaker(code, catalogues[name])
        texts[checkout / there] = page(_read(checkout / here), say, here, there, code)
    there = sorted((checkout / "notebooks" / code).glob("*.ipynb"))
    return Generated(catalogues, texts, [path for path in there if path not in texts])


def write(made):
    """Writes the files that are stale; gives their paths."""
    changed = made.stale
    for path in changed:
        if path not in made.texts:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        with atomic_write(path) as part:
            part.write_text(made.texts[path], encoding="utf-8", newline="\n")
    return changed


def _read(path):
    return path.read_text(encoding="utf-8") if path.is_file() else None
