"""The files of a hand-in, written into one folder, with a list of what they are."""

import json
import shutil
from datetime import UTC, datetime

import nbformat

from segcourse.exercises.judging import record
from segcourse.exercises.judging.record.stored import text_of
from segcourse.project.checking.files import (
    LARGEST,
    NOTEBOOK,
    PAGE,
    SCHEMA,
    WRITTEN_BY_A_RUN,
)
from segcourse.project.checking.sha256 import sha256
from segcourse.project.handing_in.versions import versions

__all__ = ["collect"]


def collect(target, name, notebook, page, folder, checks, about):
    """Write all files of a hand-in; those that a run has not left are missing.

    Args:
        target: empty folder for them.
        name: of the hand-in.
        notebook: nbformat notebook.
        page: its HTML (str).
        folder: what the run has left, or None.
        checks: list of `Check`.
        about: dict of further entries for hand_in.json.
    """
    _write(target / NOTEBOOK, nbformat.writes(notebook) + "\n")
    _write(target / PAGE, page)
    for file in WRITTEN_BY_A_RUN if folder else ():
        if (folder / file).is_file() and (folder / file).stat().st_size <= LARGEST[file]:
            shutil.copyfile(folder / file, target / file)
    _write(target / "progress.json", text_of(record.read()))
    _write(target / "versions.txt", versions())
    # git on Windows would write other ends of lines, and so other files than the listed ones.
    _write(target / ".gitattributes", "* -text\n")
    listed = {path.name: sha256(path) for path in sorted(target.iterdir())}
    entry = {
        "schema": SCHEMA,
        "name": name,
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        **about,
        "checks": [
            {"id": c.id, "title": c.title, "outcome": c.outcome, "said": list(c.said)}
            for c in checks
        ],
        "sha256": listed,
    }
    _write(target / "hand_in.json", json.dumps(entry, indent=1, ensure_ascii=False))


def _write(path, text):
    path.write_text(text, encoding="utf-8", newline="\n")
