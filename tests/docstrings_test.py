"""Every public name has an example in its docstring, and every example gives what it says."""

import doctest
import os
from importlib import import_module
from pathlib import Path
from unittest import mock

import pytest

PACKAGE = Path(__file__).parents[1] / "segcourse"
MODULES = [
    ".".join(("segcourse", *path.relative_to(PACKAGE).with_suffix("").parts))
    for path in sorted(PACKAGE.rglob("*.py"))
    # The examples of the exercises are their first cases: exercises/catalogue_test.py runs them.
    if ">>> " in path.read_text(encoding="utf-8") and "exercises" not in path.parts
]
MODULES += [f"segcourse.exercises.judging.{name}" for name in ("compare", "shown", "stub")]
ROOMS = ("layers", "models", "metrics", "training", "data", "plots", "project")
# A figure has no printed outcome to hold an example against: there it stands as plain code.
DRAWN = ("plots",)


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    module = import_module(name)
    with mock.patch.dict(os.environ):  # what an example sets there is no business of other tests
        failed, tried = doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert tried > 0
    assert failed == 0


@pytest.mark.parametrize("room", ROOMS)
def test_everything_public_has_an_example(room):
    module = import_module(f"segcourse.{room}")
    public = {name: getattr(module, name) for name in module.__all__}
    documented = {name: thing.__doc__ or "" for name, thing in public.items() if callable(thing)}
    assert documented
    sign = "Example:" if room in DRAWN else ">>> "
    missing = [name for name, text in documented.items() if sign not in text]
    assert not missing, f"without an example: {', '.join(missing)}"
