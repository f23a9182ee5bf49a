import pytest

from segcourse.exercises.asking.question import Choice, Question

RIGHT, WRONG = Choice("a", "why", right=True), Choice("b", "why not")


def test_letters():
    assert Question("4.a", "t", "q", (WRONG, RIGHT, WRONG)).letters == "ABC"


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ((RIGHT,), "2 to 6 in number. Received: 1"),
        ((RIGHT, *6 * (WRONG,)), "2 to 6 in number. Received: 7"),
        ((WRONG, WRONG), "one that is right. Received: 0"),
        ((RIGHT, RIGHT), "one that is right. Received: 2"),
        ((RIGHT, Choice("b", " ")), "each have an `explanation`"),
    ],
)
def test_what_is_no_question_is_refused(choices, said):
    with pytest.raises(ValueError, match=said):
        Question("4.a", "t", "q", choices)
