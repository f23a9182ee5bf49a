"""What is read from the sources is what the registries find by importing."""

import subprocess
import sys

from segcourse.exercises.asking.registry import all_questions
from segcourse.exercises.judging.registry import all_exercises
from segcourse.progress.course import course


def test_every_exercise_and_question_is_there_in_order_with_its_title():
    exercises = [(e.id, e.title) for week in course() for e in week.exercises]
    assert exercises == [(e.id, e.title) for e in all_exercises()]
    questions = [(e.id, e.title) for week in course() for e in week.questions]
    assert questions == [(q.id, q.title) for q in all_questions()]


def test_weeks_have_labels_and_names():
    assert [week.label for week in course()][:2] == ["Week 1", "Week 2"]
    assert [week.name for week in course()][-3:] == ["bonus", "own_pictures", "final_project"]
    assert course()[-1].label == "Final project"


def test_it_imports_no_framework():
    code = (
        "import sys; from segcourse.progress.course import course; course();"
        "print(sorted({'keras', 'numpy', 'matplotlib'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
