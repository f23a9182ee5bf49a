"""`solution("4.1")`: the reference, as text."""

from segcourse.exercises.judging import places, registry
from segcourse.texts import language

__all__ = ["solution"]


def solution(id):
    """Prints the reference of the exercise `id`. It runs as it stands when it is put in the
    exercise cell.

    Args:
        id: str, as it stands in the notebook, `"4.1"`.

    Raises:
        ValueError: there is no such exercise.

    Example:

        from segcourse import solution
        solution("4.1")
    """
    print(text_of(registry.find(id)).rstrip())


def text_of(exercise):
    """The source of the reference; its docstring is in the reader's language."""
    source, code = exercise.right.source, language()
    if not code:
        return source
    from segcourse.translation import catalogue

    name = places.folder_name(exercise.id.partition(".")[0])
    return catalogue.of_exercise(code, name, source)
