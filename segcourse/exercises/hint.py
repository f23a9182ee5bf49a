"""`hint("4.1")`: one hint after the other."""

from segcourse.exercises.judging import registry

__all__ = ["hint"]

_given = {}


def hint(id):
    """Prints the first hint of the exercise `id`, and the next one on every further call.

    Args:
        id: str, as it stands in the notebook, `"4.1"`.

    Raises:
        ValueError: there is no such exercise.

    Example:

        from segcourse import hint
        hint("4.1")
    """
    exercise = registry.find(id)
    number = _given.get(id, 0)
    total = len(exercise.hints)
    if number == total:
        print(f'That was the last hint. One way to write it: solution("{id}")')
        return
    _given[id] = number + 1
    print(f"Hint {number + 1} of {total}: {exercise.hints[number]}")
    if number + 1 == total:
        print(f'This is the last hint. One way to write it: solution("{id}")')
