"""What an assignment is called."""

import re
from pathlib import Path

__all__ = ["assignments"]


def assignments(notebooks):
    """The assignment of each notebook, by the name of its file.

    Args:
        notebooks: paths.

    Returns:
        dict from the name of the file to `"week2"`, or to the whole name where it is no week's.

    Raises:
        ValueError: two of them would be one.

    Example:

    >>> assignments(["notebooks/week4_fcn.ipynb", "notebooks/own_pictures.ipynb"])
    {'week4_fcn.ipynb': 'week4', 'own_pictures.ipynb': 'own_pictures'}
    """
    found = {}
    for path in map(Path, notebooks):
        week = re.match(r"week\d+(?=_|$)", path.stem)
        name = week.group() if week else path.stem
        if name in found.values():
            raise ValueError(f"one notebook an assignment. Received: a second one for {name}")
        found[path.name] = name
    return found
