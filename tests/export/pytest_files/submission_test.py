"""The cell of an exercise is found in what students make of a notebook."""

import nbformat
import pytest

from segcourse.export.pytest_files import submission

STUB = "def linear(a):\n    '''Text.'''\n    raise NotImplementedError"
DONE = "def linear(a):\n    return a"


def notebook(path, *cells):
    """Write a notebook of (source, tag or None) code cells."""
    made = nbformat.v4.new_notebook()
    for source, tag in cells:
        metadata = {"tags": [tag]} if tag else {}
        made.cells.append(nbformat.v4.new_code_cell(source, metadata=metadata))
    nbformat.write(made, path)
    return path


def answer(path, *cells):
    return submission.request(notebook(path / "n.ipynb", *cells), "2.1", "linear")["cell"]


def test_the_tagged_cell_is_the_answer(tmp_path):
    assert answer(tmp_path, (DONE, "exercise:2.1"), ("linear = 3", None)) == DONE
    assert answer(tmp_path, ("def other(): pass", "exercise:2.1")) == "def other(): pass"


def test_an_answer_below_the_stub_counts(tmp_path):
    cells = [(STUB, "exercise:2.1"), (DONE, None), ("check('2.1')", "check:2.1")]
    assert answer(tmp_path, *cells) == DONE


def test_the_stub_counts_where_there_is_nothing_else(tmp_path):
    assert answer(tmp_path, (STUB, "exercise:2.1"), (DONE, "check:2.1")) == STUB


def test_without_tags_the_function_is_found(tmp_path):
    assert answer(tmp_path, ("%matplotlib inline\n" + DONE, None)).endswith(DONE)


def test_the_metadata_of_nbgrader_count_as_well(tmp_path):
    path = notebook(tmp_path / "n.ipynb", ("broken(", None))
    made = nbformat.read(path, as_version=4)
    made.cells[0].metadata["nbgrader"] = {"grade_id": "ex-2-1"}
    nbformat.write(made, path)
    assert submission.request(path, "2.1", "linear")["cell"] == "broken("


def test_a_deleted_cell_is_named(tmp_path):
    with pytest.raises(ValueError, match=r"2\.1: its cell is missing, no cell defines `linear`"):
        answer(tmp_path, ("x = 1", None))


def test_nothing_of_a_check_cell_is_used(tmp_path):
    path = notebook(
        tmp_path / "n.ipynb",
        ("import evil\ndef helper(): pass", "check:1.1"),
        ("import good", None),
        ("def linear(a): return helper()", "exercise:2.1"),
    )
    found = submission.request(path, "2.1", "linear")
    assert (found["imports"], found["definitions"]) == (["import good"], [])


def test_a_notebook_is_looked_for_around_the_tests(tmp_path):
    tests = tmp_path / "tests"
    tests.mkdir()
    (tmp_path / "notebooks").mkdir()
    with pytest.raises(ValueError, match="n.ipynb is missing. Looked for: "):
        submission.find("n.ipynb", None, tests)
    wanted = notebook(tmp_path / "notebooks/n.ipynb", (DONE, None))
    assert submission.find("n.ipynb", None, tests) == wanted
    assert submission.find("n.ipynb", tmp_path / "notebooks", tests) == wanted
    assert submission.find("n.ipynb", wanted, tests) == wanted


@pytest.mark.parametrize("metadata", [{"tags": "exercise:2.1"}, {"tags": [3]}, {"nbgrader": 3}])
def test_odd_metadata_are_no_error(tmp_path, metadata):
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(DONE)])
    made.cells[0].metadata.update(metadata)
    path = tmp_path / "n.ipynb"
    path.write_text(nbformat.writes(made), encoding="utf-8")
    assert submission.request(path, "2.1", "linear")["cell"] == DONE
