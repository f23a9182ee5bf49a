"""`question("4.a")`: what do you expect? Asked before the cell that shows it."""

from segcourse.exercises.asking import registry
from segcourse.exercises.judging import record
from segcourse.exercises.judging.record.outcome import Outcome
from segcourse.exercises.judging.registry import Mistyped
from segcourse.texts import _

__all__ = ["as_asked", "question"]


def question(id, answer=None):
    """Prints the question `id` with its choices, or says what speaks for or against an answer.

    An answer may be given again. None is needed: the notebook goes on without one.

    Args:
        id: str, as it stands in the notebook, `"4.a"`.
        answer: str, the letter of a choice, `"B"`; by default the question is asked.

    Raises:
        ValueError: there is no such question, or no such choice.

    Example:

        from segcourse import question
        question("4.a")
        question("4.a", "B")
    """
    asked = registry.find(id)
    if answer is None:
        record.note(asked.id, Outcome.UNTOUCHED)
        print(as_asked(asked))
        return
    letter = str(answer).strip().upper()
    if len(letter) != 1 or letter not in asked.letters:
        text = _("`answer` must be one of {letters}. Received: answer={answer}")
        letters = ", ".join(f'"{letter}"' for letter in asked.letters)
        raise Mistyped(text.format(letters=letters, answer=repr(answer)))
    choice = asked.choices[asked.letters.index(letter)]
    if choice.right:
        record.note(asked.id, Outcome.RIGHT)
    else:
        record.note(asked.id, Outcome.WRONG, letter)
    text = _("{letter} is right. {why}") if choice.right else _("{letter} is not right. {why}")
    print(text.format(letter=letter, why=_(choice.explanation)))


def as_asked(asked):
    """The question as it stands in the notebook, a line a choice."""
    lines = [_("Question {id}. {text}").format(id=asked.id, text=_(asked.text))]
    for letter, choice in zip(asked.letters, asked.choices, strict=True):
        text = _(choice.text)
        lines.append(f"  {letter}  {text}")
    how = _('Your answer, with the letter you pick: question("{id}", "{letter}")')
    lines.append(how.format(id=asked.id, letter=asked.letters[0]))
    return "\n".join(lines)
