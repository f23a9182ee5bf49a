"""What a cell needs from above is found in the text."""

from segcourse.export.pytest_files.needs import Needs, needs


def test_imports_are_all_taken():
    found = needs("def f(): pass", [(None, "import a\nfrom b import c as d\nx = a.train()")])
    assert found == Needs(["import a", "from b import c as d"], [], [])


def test_what_a_needed_function_needs_is_needed():
    above = [
        (None, "SIZE = 3"),
        (None, "def g():\n    return h(SIZE)"),
        (None, "class h:\n    pass"),
        (None, "def other(): pass"),
    ]
    assert needs("def f(): return g()", above).definitions == [
        "SIZE = 3",
        "def g():\n    return h(SIZE)",
        "class h:\n    pass",
    ]


def test_what_is_computed_is_never_taken():
    assert needs("def f(): return model", [(None, "model = fit()")]).definitions == []


def test_an_exercise_above_is_named_by_its_id():
    found = needs("def f(): return g()", [("2.1", "def g(): pass"), ("2.2", "def k(): pass")])
    assert found == Needs([], [], ["2.1"])


def test_names_that_need_each_other_end():
    above = [(None, "def g(): return k()"), (None, "def k(): return g()")]
    assert len(needs("g()", above).definitions) == 2


def test_a_cell_that_is_not_python_is_left_out():
    assert needs("g()", [(None, "def g(:"), (None, "\0")]) == Needs([], [], [])
