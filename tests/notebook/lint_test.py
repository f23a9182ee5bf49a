"""Every rule, on a small notebook that keeps them all and on one that breaks that rule alone."""

import copy
import json

import nbformat
import pytest

from segcourse.exercises.judging.exercise import Exercise
from segcourse.notebook import lint as rules
from segcourse.notebook.address import Address, of_course
from segcourse.notebook.first_cell import first_cell
from segcourse.notebook.lint import lint

IGNORE = "nbval-ignore-output"


SLIDE = {"slideshow": {"slide_type": "-"}}


def markdown(source):
    return nbformat.v4.new_markdown_cell(source, metadata=copy.deepcopy(SLIDE))


def code(source, *outputs, tags=(), count=1, nbgrader=None):
    metadata = {"tags": list(tags), **copy.deepcopy(SLIDE)}
    metadata |= {"nbgrader": nbgrader} if nbgrader else {}
    cell = nbformat.v4.new_code_cell(source, metadata=metadata, execution_count=count)
    cell.outputs = list(outputs)
    return cell


def printed(text, name="stdout"):
    return nbformat.v4.new_output("stream", name=name, text=text)


def picture(**metadata):
    return nbformat.v4.new_output(
        "display_data", data={"image/png": "AAAA", "text/plain": "<Figure>"}, metadata=metadata
    )


def grading(id, **more):
    return {"schema_version": 3, "grade_id": id, "task": False, **more}


TIME = (
    "**Time:** about 1 minutes to read, about 1 minutes for the exercises, "
    "less than a minute of computing on two CPU cores."
)
EXERCISE, STOP = "About 1 minute, level 1 of 3.", "**A good place to stop.**"


def good_cells():
    return [
        markdown(f"# Week 4\n\n{TIME} Needs: week 3.\n\n{EXERCISE} {STOP}"),
        code("from segcourse import check, data, hint, solution"),
        code("x = 1\nx", printed("1\n")),
        code(
            'def double(x, times=1):\n    """Twice."""\n    raise NotImplementedError',
            tags=["exercise:4.1", IGNORE],
            nbgrader=grading("ex-4-1", solution=True, grade=False, locked=False),
        ),
        code(
            'from segcourse import check, hint, solution\n\ncheck("4.1")',
            printed("Untouched."),
            tags=["check:4.1", IGNORE],
            nbgrader=grading("check-4-1", solution=False, grade=True, locked=True, points=2),
        ),
        code("history = fit(model, train)", tags=[IGNORE]),
        code("print(0.7 > 0.5)", printed("True\n"), tags=["claims"]),
        code("overlay(image)", picture()),
        markdown("The net gets the body and loses the tail."),
        code(
            'from segcourse import question\n\nquestion("4.a")',
            printed("Question 4.a"),
            tags=["question:4.a", IGNORE],
        ),
        markdown("## References\n\n- [FCN](https://arxiv.org/abs/1411.4038)"),
        markdown("## Summary\n\n- You can now double."),
    ]


@pytest.fixture
def exercises():
    double = Exercise(
        id="4.1",
        title="Double",
        function="double",
        hints=("a", "b"),
        cases=lambda rng: [],
        points=2,
    )

    @double.reference
    def double(x, times=1):
        """Twice."""
        return x * 2**times

    return {"4.1": double}


def write(path, cells):
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


def test_a_good_notebook_has_no_problem(tmp_path, exercises):
    assert lint(write(tmp_path / "good.ipynb", good_cells()), exercises) == []


# name of the rule -> changes of the good notebook, each of which breaks it and no other rule
BREAKS = {
    "title_first": {
        "no title": lambda c: c[0].update(source=c[0].source.lstrip("# ")),
        "no needs": lambda c: c[0].update(source=c[0].source.replace("Needs", "After")),
        "code first": lambda c: c.insert(0, code("1")),
    },
    "summary_last": {
        "no summary": lambda c: c.pop(),
        "something after it": lambda c: c.append(markdown("More.")),
    },
    "orientation": {
        "no time": lambda c: c[0].update(source=c[0].source.replace("Time", "Hours")),
        "no place to stop": lambda c: c[0].update(source=c[0].source.replace(STOP, "")),
        "no references": lambda c: c[10].update(source="## Reading"),
    },
    "unique_ids": {"twice": lambda c: c[2].update(id=c[0].id)},
    "slide_types": {
        "none": lambda c: c[2].metadata.pop("slideshow"),
        "unknown": lambda c: c[0].metadata.slideshow.update(slide_type="page"),
    },
    "no_trailing_semicolon": {
        "last line": lambda c: c[2].update(source="plt.plot(x);"),
        "first line": lambda c: c[2].update(source="x = 1; \nx"),
    },
    "short_cells": {
        "16 lines": lambda c: c[2].update(source="\n".join(["x = 1"] * 16)),
    },
    "portable_source": {
        "pip": lambda c: c[2].update(source="!pip install x"),
        "magic pip": lambda c: c[2].update(source="%pip install x"),
        "sudo": lambda c: c[0].update(source=c[0].source + "\n\nRun sudo make."),
        "path": lambda c: c[2].update(source='open("/srv/data/x.png")'),
        "Windows path": lambda c: c[2].update(source='open("C:\\\\data")'),
    },
    "all_run": {"not run": lambda c: c[2].update(execution_count=None)},
    "no_stderr": {"stderr": lambda c: c[2].update(outputs=[printed("a", name="stderr")])},
    "no_errors": {
        "error": lambda c: c[2].update(
            outputs=[nbformat.v4.new_output("error", ename="E", evalue="e", traceback=[])]
        )
    },
    "steady_outputs": {
        "path": lambda c: c[2].update(outputs=[printed("read from /srv/data/x")]),
        "address": lambda c: c[2].update(outputs=[printed("<object at 0x7f1200aa30d0>")]),
        "progress": lambda c: c[2].update(outputs=[printed("10%\r20%")]),
        "warning": lambda c: c[2].update(outputs=[printed("x.py:1: UserWarning: no")]),
        "path in a result": lambda c: c[2].update(
            outputs=[nbformat.v4.new_output("execute_result", {"text/plain": "'/srv/data/x'"})]
        ),
    },
    "pictures_read_out": {
        "heading": lambda c: c[8].update(source="## Next"),
        "empty": lambda c: c[8].update(source=""),
        "code after it": lambda c: c.insert(8, code("2")),
    },
    "training_compared": {
        "claims missing": lambda c: c.pop(6),
        "claims not compared": lambda c: c[6].metadata.tags.append(IGNORE),
        "claims after the next training": lambda c: c.insert(6, code("fit(model)", tags=[IGNORE])),
        "claims before it": lambda c: c.insert(5, c.pop(6)),
    },
    "numbers_held": {
        "from nowhere": lambda c: c[8].update(source=c[8].source + " It has 23 layers."),
    },
    "exercise_cells": {
        "metadata": lambda c: c[3].metadata.nbgrader.update(grade_id="ex-4-2"),
        "no metadata": lambda c: c[3].metadata.pop("nbgrader"),
        "compared": lambda c: c[3].metadata.tags.remove(IGNORE),
        "no check": lambda c: c.pop(4),
    },
    "check_cells": {
        "metadata": lambda c: c[4].metadata.nbgrader.update(locked=False),
        "compared": lambda c: c[4].metadata.tags.remove(IGNORE),
        "no call": lambda c: c[4].update(source=c[4].source.replace("4.1", "4.2")),
        "other points": lambda c: c[4].metadata.nbgrader.update(points=1),
        "no exercise": lambda c: c.pop(3),
    },
    "helpers_imported": {
        "above": lambda c: c[1].update(source="from segcourse import check, data"),
        "in a check cell": lambda c: c[4].update(
            source='from segcourse import check\n\ncheck("4.1")'
        ),
    },
    "stubs": {
        "solved": lambda c: c[3].update(source="def double(x, times=1):\n    return 2 * x"),
        "other signature": lambda c: c[3].update(source=c[3].source.replace("times", "n")),
        "other text": lambda c: c[3].update(source=c[3].source + "    # soon"),
        "other name": lambda c: c[3].update(source=c[3].source.replace("double", "twice")),
        "no function": lambda c: c[3].update(source="x = 1"),
        "broken": lambda c: c[3].update(source="def double(:"),
    },
    "question_cells": {
        "compared": lambda c: c[9].metadata.tags.remove(IGNORE),
        "another is asked": lambda c: c[9].update(source=c[9].source.replace("4.a", "4.b")),
        "answered": lambda c: c[9].update(source=c[9].source.replace('"4.a"', '"4.a", "B"')),
        "not there": lambda c: c[9].update(
            source=c[9].source.replace("4.a", "4.f"),
            metadata={"tags": ["question:4.f", IGNORE], **SLIDE},
        ),
    },
}


def test_a_first_cell_that_clones_another_address_is_a_problem(tmp_path, exercises):
    cells = [*good_cells(), code(first_cell(of_course()))]
    cells.append(cells.pop(-2))  # the summary stays the last one
    assert lint(write(tmp_path / "week4.ipynb", cells), exercises) == []
    cells[-2].source = first_cell(Address("https://example.org/course"))
    (problem,) = lint(write(tmp_path / "week4.ipynb", cells), exercises)
    assert f"does not clone {of_course().url}" in problem.wrong


def test_every_rule_is_tested():
    assert list(BREAKS) == [rule.__name__ for rule in rules.RULES]


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        pytest.param(rule, change, id=f"{rule}: {name}")
        for rule, changes in BREAKS.items()
        for name, change in changes.items()
    ],
)
def test_a_broken_rule_is_named_and_no_other(exercises, rule, change):
    cells = good_cells()
    change(cells)
    found = {r.__name__: list(r(cells, exercises)) for r in rules.RULES}
    assert [name for name, problems in found.items() if problems] == [rule]
    assert len(found[rule]) == 1


def test_an_exercise_cell_may_have_more_lines(exercises):
    cells = good_cells()
    cells[3].update(source="\n".join(["x"] * rules.MOST_LINES_OF_AN_EXERCISE))
    assert list(rules.short_cells(cells, exercises)) == []
    cells[3].update(source="\n".join(["x"] * (rules.MOST_LINES_OF_AN_EXERCISE + 1)))
    assert len(list(rules.short_cells(cells, exercises))) == 1


def test_an_exercise_that_does_not_exist(exercises):
    (problem,) = rules.stubs(good_cells(), {})
    assert "no exercise (4.1)" in str(problem)


def test_what_looks_like_a_broken_rule_and_is_none(tmp_path, exercises):
    cells = good_cells()
    cells[
        2
    ].source = "a = 6 / 2 / 3  # 1/2/3; and more\npath = 'data/x/y'\nurl = 'https://a.org/b/c'"
    cells[2].outputs = [printed("0xff and/or 1/2/3 https://a.org/b/c 14/07/2026")]
    cells[7].outputs = [picture(**{"image/png": {"alt": "A cat on grass"}})]
    cells[8].source = "## Next"
    cells[5].source = "# fit(model) comes later\nprofit(model)"
    del cells[6]
    assert lint(write(tmp_path / "good.ipynb", cells), exercises) == []


def test_problems_say_where_and_what_to_do(tmp_path, exercises):
    cells = good_cells()
    cells[2].execution_count = None
    (problem,) = lint(write(tmp_path / "bad.ipynb", cells), exercises)
    assert (problem.index, problem.id) == (2, cells[2].id)
    assert str(problem) == f"cell 2 ({cells[2].id}): was not run. Store it with run --save."


def test_the_format_is_checked(tmp_path, exercises):
    cells = good_cells()
    nbformat.validate(nbformat.v4.new_notebook(cells=good_cells()), relax_add_props=True)
    cells[2]["surplus"] = 1
    (problem,) = lint(write(tmp_path / "bad.ipynb", cells), exercises)
    assert "surplus" in problem.wrong


@pytest.mark.parametrize("text", ["{ half", "[]", "", '{"nbformat": 4}'])
def test_a_file_that_is_no_notebook(tmp_path, text, exercises):
    path = tmp_path / "bad.ipynb"
    path.write_text(text)
    problems = lint(path, exercises)
    assert len(problems) >= 1 and problems[0].index is None


def test_an_empty_notebook(tmp_path, exercises):
    (problem,) = lint(write(tmp_path / "bad.ipynb", []), exercises)
    assert problem.wrong == "no cells"
