"""The trials of the course are those of its notebook."""

import ast
from pathlib import Path

import nbformat
import pytest

from segcourse import data, training
from segcourse.project.marking.course_trials import RECIPE, TRIALS, is_the_courses
from segcourse.project.recipe_words import recipe_words

NOTEBOOK = Path(__file__).parents[3] / "notebooks" / "final_project.ipynb"


def calls(name):
    """The calls of a function in the notebook, as trees."""
    cells = nbformat.read(NOTEBOOK, as_version=4).cells
    trees = [ast.parse(cell.source) for cell in cells if cell.cell_type == "code"]
    nodes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [node for node in nodes if getattr(node.func, "attr", "") == name]


def test_names_and_notes():
    found = {
        call.args[0].value: next(k.value.value for k in call.keywords if k.arg == "note")
        for call in calls("try_out")
    }
    assert found == TRIALS


def test_their_recipe():
    source = next(one for one in map(ast.unparse, calls("Recipe")) if "epochs=4" in one)
    recipe = eval(source, {"training": training, "data": data})
    assert recipe_words(recipe) == RECIPE


@pytest.mark.parametrize(
    "change",
    [{}, {"name": "mine"}, {"note": "I raised the rate."}, {"recipe": {**RECIPE, "seed": 1}},
     {"kind": "final"}, {"name": ["FCN-8s"]}, {"recipe": None}],
)  # fmt: skip
def test_one_thing_changed_is_ones_own(change):
    entry = {"kind": "trial", "name": "FCN-8s", "note": TRIALS["FCN-8s"], "recipe": RECIPE}
    assert is_the_courses({**entry, **change}) is (not change)
