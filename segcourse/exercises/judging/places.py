"""Where the exercises of a notebook lie: a folder a week, or one for a letter.

Nothing here imports an exercise.
"""

import pkgutil
import re

import segcourse.exercises

__all__ = ["LETTERS", "folder", "folder_name", "weeks"]

#: The letter before the dot of an exercise that belongs to no numbered week, and its folder. They
#: stand behind all weeks, in this order.
LETTERS = {"B": "bonus", "P": "own_pictures", "F": "final_project"}


def weeks():
    """What stands before the dot: the numbers of the folders there are, then the letters."""
    folders = [module.name for module in pkgutil.iter_modules(segcourse.exercises.__path__)]
    numbers = [int(name[4:]) for name in folders if re.fullmatch(r"week\d+", name)]
    return [str(n) for n in sorted(numbers)] + [k for k, name in LETTERS.items() if name in folders]


def folder(week):
    """The module of a week's exercises, by what stands before the dot."""
    return f"segcourse.exercises.{folder_name(week)}"


def folder_name(week):
    """Its last part, with which the name of the notebook begins, too."""
    return LETTERS.get(week, f"week{week}")
