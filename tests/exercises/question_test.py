"""`question`: asked, answered, answered in other ways, and written down."""

import pytest

from segcourse import question
from segcourse.exercises.asking import registry
from segcourse.exercises.asking.question import Choice, Question
from segcourse.exercises.judging import record

ASKED = Question(
    "4.a",
    "Sizes",
    "How large is it?",
    (Choice("Four.", "Only before padding."), Choice("Six.", "Two more.", right=True)),
)


@pytest.fixture(autouse=True)
def asked(monkeypatch, tmp_path):
    monkeypatch.setattr(registry, "all_questions", lambda: [ASKED])
    monkeypatch.setenv("SEGCOURSE_PROGRESS_FILE", str(tmp_path / "progress.json"))
    monkeypatch.delenv("SEGCOURSE_QUIET", raising=False)


def test_it_is_asked_with_a_line_a_choice(capsys):
    assert question("4.a") is None
    assert capsys.readouterr().out.splitlines() == [
        "Question 4.a. How large is it?",
        "  A  Four.",
        "  B  Six.",
        'Your answer, with the letter you pick: question("4.a", "A")',
    ]
    assert record.read()["4.a"]["outcome"] == "untouched"


@pytest.mark.parametrize(
    ("id", "answer", "said", "outcome"),
    [
        ("4.a", "A", "A is not right. Only before padding.", "wrong"),
        ("4.a", "B", "B is right. Two more.", "right"),
        ("4.A", " b ", "B is right. Two more.", "right"),
    ],
)
def test_each_choice_has_its_own_answer_and_is_written_down(id, answer, said, outcome, capsys):
    assert question(id, answer) is None
    assert capsys.readouterr().out == f"{said}\n"
    assert record.read()["4.a"]["outcome"] == outcome


@pytest.mark.parametrize("answer", ["C", "", "AB", 1, 0.5])
def test_what_is_no_choice_is_named(answer):
    with pytest.raises(
        ValueError, match=r"`answer` must be one of \"A\", \"B\". Received: answer="
    ):
        question("4.a", answer)


@pytest.mark.parametrize("id", ["4.b", "9.a", "", None, "4.1"])
def test_what_is_no_question_is_named(id):
    with pytest.raises(ValueError, match='`id` must be a question; there are "4.a". Received: id='):
        question(id)
