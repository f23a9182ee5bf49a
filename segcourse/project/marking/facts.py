"""What the files of one hand-in say, as numbers and short texts: nothing of them is run or shown.

    python -m segcourse.project.marking.facts SOURCE FOLDER

opens the folder or zip SOURCE into the empty FOLDER and prints the facts as JSON. It is a process
of its own since a file may be made to break whoever reads it.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path

from segcourse.project.checking import model_rules
from segcourse.project.checking.checked_report import checked_report, read_json, read_text
from segcourse.project.checking.files import LARGEST, MODEL, NOTEBOOK
from segcourse.project.checking.machine_paths import MachinePaths
from segcourse.project.checking.plain import plain
from segcourse.project.checking.sha256 import sha256
from segcourse.project.marking.course_trials import is_the_courses
from segcourse.project.marking.opened import opened

__all__ = ["facts"]

_MOST_REMARKS = 20
# Sections of the card that a student writes, and how many words they have at least.
_SECTIONS = ("What it is for", "Limits")
_WORDS = 8
_NOT_WRITTEN = "(not written)"


def facts(source, target):
    """The facts of a hand-in.

    Args:
        source: Path of a folder or a zip.
        target: Path of an empty folder; the known files lie there afterwards.

    Returns:
        dict that JSON can hold: `files` (names), `remarks` (sentences), `report` (as of
        `checked_report`), `log`, `looks`, `card`, `notebook`, `listed`, `model`. What cannot be
        read is None, with a remark.
    """
    remarks = opened(source, target)
    found = {"files": sorted(path.name for path in target.iterdir())}
    for name, read in (
        ("report", _report), ("log", _log), ("looks", _looks), ("card", _card),
        ("notebook", _notebook), ("listed", _listed), ("model", _model),
    ):  # fmt: skip
        try:
            found[name] = read(target)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OSError) as error:
            found[name] = None
            if (target / _FILES[name]).exists():
                remarks.append(plain(error) if isinstance(error, ValueError) else _odd(name))
    missing = [name for name in LARGEST if name not in found["files"]]
    remarks += [f"missing: {', '.join(missing)}"] if missing else []
    return {**found, "remarks": [plain(remark) for remark in remarks[:_MOST_REMARKS]]}


_FILES = {
    "report": "report.json",
    "log": "log.jsonl",
    "looks": "looks.json",
    "card": "model_card.md",
    "notebook": NOTEBOOK,
    "listed": "hand_in.json",
    "model": MODEL,
}


def _odd(name):
    return f"{_FILES[name]} is not as the course writes it"


def _json(folder, name):
    return read_json(folder / name, LARGEST[name])


def _text(folder, name):
    return read_text(folder / name, LARGEST[name])


def _report(folder):
    return checked_report(folder / "report.json", LARGEST["report.json"])


def _log(folder):
    """How much was tried: trials, different ones, damaged lines, the SHA-256 of final models.

    Those of the course's own notebook are counted apart, and are none of the different ones.
    """
    entries, damaged = [], 0
    for line in _text(folder, "log.jsonl").split("\n"):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            entry = None
        if isinstance(entry, dict) and entry.get("kind") in ("trial", "final"):
            entries.append(entry)
        else:
            damaged += 1
    different = {
        json.dumps([e.get("name"), e.get("parameters"), e.get("recipe")], sort_keys=True)
        for e in entries
        if not is_the_courses(e)
    }
    finals = [str(e.get("model_sha256"))[:64] for e in entries if e["kind"] == "final"]
    return {
        "trials": sum(e["kind"] == "trial" for e in entries),
        "different": len(different),
        "the_courses": sum(map(is_the_courses, entries)),
        "notes": sum(isinstance(e.get("note"), str) and bool(e["note"].strip()) for e in entries),
        "finals": finals[-50:],
        "damaged": damaged,
    }


def _looks(folder):
    found = _json(folder, "looks.json")
    if not isinstance(found, list):
        raise ValueError("looks.json is no list")
    return len(found)


def _card(folder):
    """Which sections a student wrote, and the numbers that stand in it."""
    text = _text(folder, "model_card.md").replace("\r\n", "\n")
    written = []
    for name in _SECTIONS:
        found = re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
        words = found[1].split() if found and _NOT_WRITTEN not in found[1] else []
        written.append(len(words) >= _WORDS)
    numbers = list(dict.fromkeys(re.findall(r"\b0\.\d{4}\b", text)))
    return {"written": sum(written), "sections": len(_SECTIONS), "numbers": numbers[:500]}


def _notebook(folder):
    """Whether it was run from top to bottom, and what must not be in it."""
    cells = _json(folder, NOTEBOOK)["cells"]
    code = [
        cell for cell in cells if cell["cell_type"] == "code" and "".join(cell["source"]).strip()
    ]
    counts = [cell.get("execution_count") for cell in code]
    outputs = [output for cell in code for output in cell.get("outputs", [])]
    allowed = sum("raises-exception" in cell.get("metadata", {}).get("tags", []) for cell in code)
    kinds = Counter(kind for output in outputs for kind in output.get("data", {}))
    return {
        "cells": len(code),
        "in_order": bool(code) and counts == list(range(1, len(code) + 1)),
        "errors": max(0, sum(o.get("output_type") == "error" for o in outputs) - allowed),
        "pictures": sum(count for kind, count in kinds.items() if str(kind).startswith("image/")),
        "paths": len(list(MachinePaths().in_notebook(_Cells(cells)))),
    }


class _Cells:
    """What `MachinePaths` asks of a notebook."""

    def __init__(self, cells):
        self.cells = cells


def _listed(folder):
    """Files that are not as they were handed in, and what hand-in itself found."""
    found = _json(folder, "hand_in.json")
    sums, checks = found["sha256"], found["checks"]
    altered = [
        path.name
        for path in sorted(folder.iterdir())
        if path.name in LARGEST and path.name != "hand_in.json"
        if sums.get(path.name) != sha256(path)
    ]
    outcomes = {plain(check["id"], 20): plain(check["outcome"], 20) for check in checks[:20]}
    return {"altered": altered, "outcomes": outcomes}


def _model(folder):
    """The SHA-256, and why it is not opened, or None."""
    path = folder / MODEL
    if not path.is_file():
        return None
    return {"sha256": sha256(path), "fault": model_rules.fault(path, folder)}


def main(arguments):
    """The command; returns the exit status."""
    source, target = map(Path, arguments)
    print(json.dumps(facts(source, target), allow_nan=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
