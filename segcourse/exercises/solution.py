"""`solution("4.1")`: the reference, as text."""

from segcourse.exercises.judging import registry

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
    print(registry.find(id).right.source.rstrip())
