import ast

import pytest

from segcourse.exercises.judging import registry
from segcourse.exercises.judging.stub import stub
from segcourse.export.nbgrader.graded_cells import STUB, with_hidden_test, with_solution


@pytest.mark.parametrize("exercise", registry.all_exercises(), ids=lambda exercise: exercise.id)
def test_a_solution_is_the_reference_and_leaves_the_stub(exercise):
    source = with_solution(exercise)
    assert ast.dump(ast.parse(source)) == ast.dump(ast.parse(exercise.right.source))
    head, begin, rest = source.partition("### BEGIN SOLUTION\n")
    _solution, end, after = rest.partition("### END SOLUTION")
    assert begin and end and not after
    assert head + STUB == stub(exercise).rstrip()


def test_hidden_tests_come_after_the_check_and_leave_it_as_it_was():
    cell = 'from segcourse import check\n\ncheck("4.1")'
    source = with_hidden_test(cell, "4.1")
    assert source.startswith(cell + "\n### BEGIN HIDDEN TESTS\n")
    assert source.endswith("\n### END HIDDEN TESTS")
    ast.parse(source)


def test_the_hidden_test_refuses_the_reference_in_a_notebook_that_is_not_strict(
    monkeypatch, capsys
):
    monkeypatch.setenv("SEGCOURSE_QUIET", "1")
    monkeypatch.setenv("SEGCOURSE_STRICT", "0")
    exercise = registry.find("2.4")
    notebook = {"__name__": "__main__"}
    exec("import numpy as np\nimport keras\nfrom segcourse import check\n", notebook)
    exec(stub(exercise), notebook)
    check, _newline, hidden = with_hidden_test('check("2.4")', "2.4").partition("\n")
    exec(check, notebook)  # says so, and goes on
    with pytest.raises(Exception, match="2.4"):
        exec(hidden, notebook)
