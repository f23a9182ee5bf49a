"""Which notebooks a WEEK on the command line means."""

import re
from pathlib import Path

from segcourse.command.environment import Stop


def find(folder, wanted):
    """Paths of the notebooks that `wanted` names, in its order; all of them where it is empty.

    `4`, `week4`, `week4_fcn`, `week4_fcn.ipynb` and a path name the same notebook. Raises `Stop`
    naming the notebooks there are for anything else.
    """
    there = sorted((folder / "notebooks").glob("*.ipynb"))
    if not there:
        raise Stop(f"no notebooks in {folder / 'notebooks'}.")
    found = there if not wanted else [_one(there, name) for name in wanted]
    return list(dict.fromkeys(found))


def _one(there, name):
    path = Path(name)
    if path.suffix == ".ipynb" and path.is_file():
        return path.resolve()
    stem = path.name.removesuffix(".ipynb").lower()
    if re.fullmatch(r"\d+", stem):
        stem = f"week{int(stem)}"
    matches = [p for p in there if p.stem == stem or p.stem.startswith(stem + "_")]
    if len(matches) != 1:
        names = ", ".join(p.stem for p in there)
        raise Stop(f"WEEK must name one of {names}. Received: {name}", 2)
    return matches[0]
