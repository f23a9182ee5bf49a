"""The two cells of an exercise, as nbgrader wants them in a source notebook."""

from segcourse.exercises.judging.stub import stub

__all__ = ["STUB", "id_in", "with_hidden_test", "with_solution"]

#: What nbgrader puts in the place of a solution; its settings say so.
STUB = "raise NotImplementedError"

# After `check`, never in a later cell: below it the reference has the name already.
_HIDDEN = """\
### BEGIN HIDDEN TESTS
import os

os.environ["SEGCOURSE_STRICT"] = "1"  # untouched is wrong, whatever the notebook has set
check("{id}")  # once more: on other inputs
### END HIDDEN TESTS"""


def id_in(cell, kind):
    """What stands behind `kind:` in a cell's tags, such as `"4.1"`; None without such a tag.

    Example:

    >>> id_in({"metadata": {"tags": ["exercise:4.1"]}}, "exercise")
    '4.1'
    """
    for tag in cell.get("metadata", {}).get("tags", []):
        name, colon, id = tag.partition(":")
        if colon and name == kind:
            return id
    return None


def with_solution(exercise):
    """The reference, marked so that nbgrader makes the stub of it that the course has.

    Args:
        exercise: an `Exercise`.
    """
    head = stub(exercise).rstrip().removesuffix(STUB).rstrip(" ")
    body = exercise.right.source.removeprefix(head).rstrip("\n")
    if body == exercise.right.source.rstrip("\n"):
        raise ValueError(f"the reference of {exercise.id} does not begin like its stub")
    return f"{head}    ### BEGIN SOLUTION\n{body}\n    ### END SOLUTION"


def with_hidden_test(source, id):
    """A check cell that checks once more while it is graded; students do not get that part.

    Example:

    >>> print(with_hidden_test('check("4.1")', "4.1").partition("import")[0])
    check("4.1")
    ### BEGIN HIDDEN TESTS
    <BLANKLINE>
    """
    return source.rstrip("\n") + "\n" + _HIDDEN.format(id=id)
