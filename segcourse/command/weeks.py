"""Which notebooks a WEEK on the command line means."""

import re
from pathlib import Path

from segcourse.command.environment import Stop


def find(folder, wanted, language=""):
    """Paths of the notebooks that `wanted` names, in its order; all of them where it is empty.

    `4`, `week4`, `week4_fcn`, `week4_fcn.ipynb` and a path name the same notebook. Raises `Stop`
    naming the notebooks there are for anything else.

    Args:
        folder: the checkout.
        wanted: list of str.
        language: code of the edition that names stand for; the English notebooks by default.
    """
    home = home_of(folder, language)
    there = sorted(home.glob("*.ipynb"))
    if not there:
        raise Stop(f"no notebooks in {home}.")
    found = there if not wanted else [_one(there, name) for name in wanted]
    return list(dict.fromkeys(found))


def home_of(folder, language=""):
    """Where the notebooks of a language lie; of one that has none yet, the English ones.

    Example:

    >>> home_of(Path("course")).as_posix()
    'course/notebooks'
    """
    home = folder / "notebooks"
    return home / language if language and (home / language).is_dir() else home


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
