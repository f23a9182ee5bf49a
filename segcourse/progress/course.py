"""What the course asks, week by week.

Read from the sources: importing the exercises would load Keras, which takes seconds.
"""

import ast
import re
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from segcourse.exercises.judging.places import LETTERS, folder, folder_name, weeks
from segcourse.texts import _

__all__ = ["Entry", "Week", "course"]

#: The beginning of an `Exercise` or of a `Question`: its id and its title.
BEGINNING = re.compile(
    r'\b(?:Exercise|Question)\(\s*(?:id=)?"([^"]+)",\s*(?:title=)?N_\(\s*("(?:[^"\\\n]|\\.)*")'
)
ORDER = re.compile(r"^ORDER = (\(.*?\))$", re.M | re.S)


@dataclass(frozen=True)
class Entry:
    """An exercise or a question: its id and its title, in English."""

    id: str
    title: str


@dataclass(frozen=True)
class Week:
    """What one notebook asks.

    Attributes:
        key: str, what stands before the dot of an id: `"4"`, `"B"`.
        name: str, what the notebook's name begins with: `"week4"`, `"bonus"`.
        exercises, questions: tuples of `Entry`.
    """

    key: str
    name: str
    exercises: tuple
    questions: tuple

    @property
    def label(self):
        """In words, in the reader's language."""
        if self.key in LETTERS:
            return self.name.replace("_", " ").capitalize()
        return _("Week {number}").format(number=self.key)

    @property
    def entries(self):
        """The exercises, then the questions."""
        return (*self.exercises, *self.questions)


@cache
def course():
    """All weeks, as a tuple of `Week`.

    Example:

    >>> [exercise.id for exercise in course()[0].exercises][:2]
    ['1.1', '1.2']
    """
    return tuple(_week(key) for key in weeks())


def _week(key):
    home = Path(find_spec(folder(key)).origin).parent
    order = ORDER.search((home / "__init__.py").read_text(encoding="utf-8"))
    names = ast.literal_eval(order.group(1)) if order else ()
    exercises = tuple(_exercise(home, name) for name in names)
    asked = home / "questions.py"
    questions = tuple(_entries(asked)) if asked.is_file() else ()
    return Week(key, folder_name(key), exercises, questions)


def _exercise(home, name):
    """From the exercise's file, or from the one beside it that has what is asked."""
    for path in (home / f"{name}.py", home / "asked" / f"{name}.py"):
        found = _entries(path) if path.is_file() else []
        if found:
            return found[0]
    raise ValueError(f"no `Exercise` with an id and a title in {home / name}.py")


def _entries(path):
    text = path.read_text(encoding="utf-8")
    return [Entry(id, ast.literal_eval(title)) for id, title in BEGINNING.findall(text)]
