"""A stored notebook in another language: other words, the same outputs."""

from pathlib import Path

import nbformat
import pytest

from segcourse.notebook import edition
from segcourse.notebook.edition import edition_of
from segcourse.texts import _

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def english():
    return nbformat.read(ROOT / "notebooks/week4_fcn.ipynb", as_version=4)


def test_outputs_and_code_are_those_of_the_english_one(english):
    other = edition_of(english, "week4_fcn.ipynb", "ko")
    assert other.metadata["segcourse"]["language"] == "ko"
    for one, its in zip(english.cells, other.cells, strict=True):
        assert (one.id, one.metadata) == (its.id, its.metadata)
        own_words = {"question", "check", "exercise"} & {
            tag.partition(":")[0] for tag in one.metadata.get("tags", [])
        }
        if one.cell_type == "code" and not own_words:
            assert (one.source, one.outputs) == (its.source, its.outputs)
    assert nbformat.validate(other) is None


def test_what_checks_and_questions_say_is_said_again(english, monkeypatch):
    monkeypatch.setattr(edition, "waiting", lambda exercise: _(f"기다림 {exercise.id}"))
    monkeypatch.setattr(edition, "as_asked", lambda question: f"질문 {question.id}")
    other = edition_of(english, "week4_fcn.ipynb", "ko")
    said = [o.text for c in other.cells for o in c.get("outputs", []) if o.get("name") == "stdout"]
    assert "기다림 4.1\n" in said and "질문 4.a\n" in said
    assert not [text for text in said if "waits for you" in text]


def test_the_english_one_stays(english):
    edition_of(english, "week4_fcn.ipynb", "ko")
    assert "segcourse" not in english.metadata and "(영어" not in english.cells[0].source
