"""Which messages there are, and into which file they go."""

from pathlib import Path

import pytest

from segcourse.exercises.asking.registry import all_questions
from segcourse.exercises.judging.registry import all_exercises
from segcourse.translation.reading.sentences import marked
from segcourse.translation.reading.sources import messages, notebook_name

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def found():
    return {name: [one.text for one in all] for name, all in messages(ROOT).items()}


def test_files(found):
    notebooks = {notebook_name(path) for path in (ROOT / "notebooks").glob("*.ipynb")}
    weeks = {f"checks_{name}" for name in notebooks}
    assert set(found) == notebooks | weeks | {"checks", "segcourse", "readme", "glossary"}


def test_a_sentence_of_the_package_stands_in_one_file(found):
    said = [
        text for name in found if name.startswith(("checks", "segcourse")) for text in found[name]
    ]
    assert len(said) == len(set(said))


def test_all_that_an_exercise_says_is_there(found):
    said = {text for name in found if name.startswith("checks") for text in found[name]}
    for one in all_exercises():
        wanted = {one.title, *one.hints, *(mistake.message for mistake in one.mistakes)}
        assert wanted <= said, one.id
    for one in all_questions():
        choices = {text for choice in one.choices for text in (choice.text, choice.explanation)}
        assert {one.title, one.text} | choices <= said, one.id


def test_what_is_marked():
    source = 'f(N_("A {b}"), ngettext("{n} row", "{n} rows", n))\n'
    source += '@one.mistake("name", "Why")\ndef g(): _(x)'
    texts = [(one.text, one.plural) for one in marked(source, "a.py")]
    assert texts == [("A {b}", None), ("{n} row", "{n} rows"), ("Why", None)]
