"""An exercise and a question of week 2, as a reader works on them. A quarter of a minute each."""

import re

import pytest

EXERCISE, CHECK, QUESTION = "exercise-2-1", "check-2-1", "question-2-a"
WRONG = "return (d1 * f1 + d2 * f2) / (d1 + d2)"
RIGHT = "return (d2 * f1 + d1 * f2) / (d1 + d2)"
# The first input of a check is the example of the docstring: linear(10, 20, 1, 3).
CAME, EXPECTED = "17.5", "12.5"


@pytest.fixture
def notebook(opened):
    return opened("week2_bilinear_interpolation")


def test_from_a_wrong_answer_to_a_right_one(notebook):
    notebook.run(EXERCISE)
    assert "waits for you" in notebook.run(CHECK)
    assert notebook.red() == []

    notebook.type_last_line(EXERCISE, WRONG)
    notebook.run(EXERCISE)
    said = notebook.run(CHECK)
    assert "You gave the farther neighbour the larger weight." in said
    assert CAME in said and EXPECTED in said
    assert "Traceback" not in said
    assert [id for id, _ in notebook.red()] == [CHECK]

    failing = re.search(r'yours, inputs = failed\("2\.1"\).*', said).group()
    assert CAME in notebook.run(notebook.paste_below(CHECK, failing))

    notebook.type_last_line(EXERCISE, RIGHT)
    notebook.run(EXERCISE)
    assert notebook.run(CHECK).strip().endswith("right.")
    assert notebook.red() == []


def test_hints_come_one_by_one_until_the_last(notebook):
    notebook.run(CHECK)  # imports `hint`; no function is there yet
    asking = notebook.paste_below(CHECK, 'hint("2.1")')
    said = [notebook.run(asking) for _ in range(4)]
    assert [text.split(":")[0] for text in said[:3]] == [f"Hint {n} of 3" for n in (1, 2, 3)]
    assert "last" in said[3]


def test_question_answered_wrong_and_right(notebook):
    assert "The network is asked at every pixel" in notebook.run(QUESTION)
    answering = notebook.paste_below(QUESTION, 'question("2.a", "A")')
    wrong = notebook.run(answering)
    assert "one of 4 · 4 pixels" in wrong
    notebook.select(answering)
    notebook.page.keyboard.press("Enter")
    notebook.page.keyboard.press("Control+a")
    notebook.page.keyboard.type('question("2.a", "B")')
    right = notebook.run(answering)
    assert "One of 4 · 4 pixels is computed" in right and right != wrong
    assert notebook.red() == []
