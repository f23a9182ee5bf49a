import pytest

from segcourse.command.solutions import REFERENCE, put_solution
from segcourse.exercises.judging import registry


def cell(*tags):
    return {
        "cell_type": "code",
        "source": "raise NotImplementedError",
        "metadata": {"tags": [*tags]},
    }


@pytest.mark.parametrize(
    "tags, source",
    [
        (["nbval-ignore-output", "exercise:4.2"], registry.find("4.2").right.source),
        (["project:network"], REFERENCE),
        (["check:4.2"], "raise NotImplementedError"),
        ([], "raise NotImplementedError"),
    ],
)
def test_what_a_student_fills_in_is_filled_in(tags, source):
    given = cell(*tags)
    put_solution(given)
    assert given["source"] == source


def test_a_cell_without_tags_stays():
    given = {"cell_type": "markdown", "source": "text", "metadata": {}}
    put_solution(given)
    assert given["source"] == "text"


def test_an_unknown_exercise_is_named():
    with pytest.raises(registry.UnknownExercise, match="9.9"):
        put_solution(cell("exercise:9.9"))
