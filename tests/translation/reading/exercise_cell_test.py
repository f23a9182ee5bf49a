"""Docstring and comments of an exercise; the code stays what it is."""

import json
from pathlib import Path

import pytest

from segcourse.translation.reading.exercise_cell import code, translated
from segcourse.translation.reading.notebook import exercise_id

ROOT = Path(__file__).parents[3]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SOURCE = '''def f(a):
    """Add one.

    Args:
        a: int.
    """
    # first this,
    # then that
    b = "# no comment"  # the sum
    raise NotImplementedError
'''


def test_docstring_and_comments():
    found = []

    def say(message, kind):
        found.append((kind, message))
        return f"한글 {len(found)}"

    said = translated(SOURCE, say)
    assert found == [
        ("text", "Add one."),
        ("text", "a: int."),
        ("comment", "first this, then that"),
        ("comment", "the sum"),
    ]
    assert (
        said
        == '''def f(a):
    """한글 1

    Args:
        한글 2
    """
    # 한글 3
    b = "# no comment"  # 한글 4
    raise NotImplementedError
'''
    )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_code_of_all_exercises_stays(path):
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if exercise_id(cell):
            source = "".join(cell["source"])
            assert translated(source, lambda text, kind: text) == source
            said = translated(source, lambda text, kind: f"가나다 {text} “한글”")
            assert code(said) == code(source)
            assert "가나다" in said


def test_code_that_cannot_be_read_stays():
    assert translated("def f(:\n    # a word", lambda text, kind: "한글") == "def f(:\n    # a word"
