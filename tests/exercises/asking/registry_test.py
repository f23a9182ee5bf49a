"""The questions there are: each once in its notebook, in order, two to four a week."""

import json
from pathlib import Path

import pytest

from segcourse.exercises.asking import registry
from segcourse.exercises.judging.registry import weeks

NOTEBOOKS = Path(__file__).parents[3] / "notebooks"


@pytest.fixture(scope="module")
def questions():
    return registry.all_questions()


def test_all_are_found_by_their_ids(questions):
    assert [registry.find(question.id) for question in questions] == questions


def test_each_stands_in_a_notebook_in_its_order(questions):
    stand = []
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        tags = [tag for cell in cells for tag in cell["metadata"].get("tags", [])]
        stand += [tag.partition(":")[2] for tag in tags if tag.startswith("question:")]
    assert sorted(stand) == sorted(question.id for question in questions)
    for week in weeks():
        of_week = [id for id in stand if id.startswith(f"{week}.")]
        assert of_week == sorted(of_week)


@pytest.mark.parametrize("week", weeks())
def test_a_week_asks_two_to_four(week, questions):
    assert 2 <= sum(question.id.startswith(f"{week}.") for question in questions) <= 4


def test_the_right_one_is_not_always_at_the_same_place(questions):
    places = {[choice.right for choice in question.choices].index(True) for question in questions}
    assert len(places) > 1


def test_a_wrong_id_in_a_file_is_an_error(monkeypatch):
    from segcourse.exercises.week4 import questions

    monkeypatch.setattr(questions, "QUESTIONS", (*questions.QUESTIONS, questions.QUESTIONS[0]))
    with pytest.raises(ValueError, match="must have the ids"):
        registry.all_questions()
