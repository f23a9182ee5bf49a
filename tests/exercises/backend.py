"""Which exercises have anything of the backend in them."""

import re
from pathlib import Path

from segcourse.exercises.judging import registry

EXERCISES = Path(registry.__file__).parents[1]
BACKEND = re.compile(
    r"\b(keras|tensorflow|jax)\b|segcourse\.(layers|metrics|models|training|data)\b"
)
SHARED = re.compile(r"segcourse\.exercises\.(\w+)\.(_\w+) import")


def touches_backend(exercise):
    """Whether an exercise, or a file of its week that it imports, computes with Keras.

    All others compute with Python and NumPy alone, and so do their wrong answers: what is found
    out on one backend holds on each.
    """
    week = registry.folder(exercise.id.partition(".")[0]).rpartition(".")[2]
    return _touches(EXERCISES / week / f"{exercise.function}.py")


def needs_no_backend(path):
    """Whether a file of tests is that of an exercise that computes without Keras.

    Args:
        path: `pathlib.Path`, as tests/exercises/week3/scatter_test.py is that of
            segcourse/exercises/week3/scatter.py.
    """
    source = EXERCISES / path.parent.name / f"{path.stem.removesuffix('_test')}.py"
    return path.stem.endswith("_test") and source.is_file() and not _touches(source)


def _touches(path):
    text = path.read_text(encoding="utf-8")
    shared = (EXERCISES / week / f"{name}.py" for week, name in SHARED.findall(text))
    return bool(BACKEND.search(text)) or any(map(_touches, shared))
