"""Wrong answers in the Korean notebooks, and what their checks say. Five minutes in all."""

import re

import polib
import pytest

from segcourse.exercises.judging import registry
from tests.browser.lab import CHECKOUT

MESSAGES = CHECKOUT / "segcourse" / "locale" / "ko" / "LC_MESSAGES"
#: Twenty exercises over all notebooks: each gets the first wrong answer of its catalogue.
WRONG = {
    "week1_tasks_overview": ("1.1", "1.2", "1.6"),
    "week2_bilinear_interpolation": ("2.1", "2.2", "2.5"),
    "week3_transposed_conv": ("3.1", "3.2"),
    "week4_fcn": ("4.1", "4.2"),
    "week5_transfer_learning": ("5.1", "5.2"),
    "week6_unet": ("6.1", "6.2"),
    "week7_metrics": ("7.1", "7.2"),
    "own_pictures": ("P.1", "P.2"),
    "bonus_deeplab": ("B.1", "B.2"),
}


@pytest.fixture(scope="session")
def korean():
    """The Korean of every message of the checks."""
    entries = [e for path in MESSAGES.glob("checks*.po") for e in polib.pofile(str(path))]
    return {entry.msgid: entry.msgstr for entry in entries}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_answers_are_told_in_korean(opened, korean, name):
    notebook = opened(f"ko/{name}")
    notebook.run("setup")
    notebook.run("imports")
    for id in WRONG[name]:
        mistake = registry.find(id).mistakes[0]
        place = id.replace(".", "-")
        notebook.write(f"exercise-{place}", mistake.source)
        notebook.run(f"exercise-{place}")
        said = " ".join(notebook.run(f"check-{place}").split())
        assert f"연습 문제 {id}은(는) 아직 맞지 않았습니다." in said
        assert " ".join(korean[mistake.message].split()) in said
        assert not re.search("Exercise|Until you|it is ", said)


def test_hints_and_questions_are_korean(opened):
    notebook = opened("ko/week2_bilinear_interpolation")
    notebook.run("setup")
    notebook.run("imports")
    notebook.run("exercise-2-1")
    assert "아직 풀지 않았습니다" in notebook.run("check-2-1")
    assert "힌트 1/3" in notebook.run(notebook.paste_below("check-2-1", 'hint("2.1")'))
    assert "질문 2.a" in notebook.run("question-2-a")
