"""A notebook as the source of a page."""

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from segcourse.site.notebooks import WIDGETS, page_of

ADDRESS = "https://colab.research.google.com/github/ann/course/blob/main/notebooks/a.ipynb"


def notebook(*cells):
    return new_notebook(cells=[new_markdown_cell("# Title\n\nText.", id="title"), *cells])


def exercise(id):
    return new_code_cell(
        "def f():\n    ...", id=f"ex-{id.replace('.', '-')}", metadata={"tags": [f"exercise:{id}"]}
    )


def check(id):
    return new_code_cell(
        f'check("{id}")', id=f"check-{id.replace('.', '-')}", metadata={"tags": [f"check:{id}"]}
    )


def test_each_exercise_is_followed_by_its_check_and_its_folded_solution():
    page = page_of(
        notebook(exercise("4.1"), check("4.1"), exercise("4.2"), new_markdown_cell("End", id="e")),
        "a.ipynb",
        {"4.1": "def f():\n    return 1\n", "4.2": "def g():\n    return 2\n"},
    )
    ids = " ".join(cell.id for cell in page.cells)
    assert ids == "title ex-4-1 check-4-1 solution-4-1 ex-4-2 solution-4-2 e"
    solution = page.cells[3].source
    assert solution.startswith("`````{dropdown} Solution\n")
    assert "def f():\n    return 1\n" in solution


def test_an_exercise_at_the_end_has_its_solution_too():
    page = page_of(notebook(exercise("4.1"), check("4.1")), "a.ipynb", {"4.1": "def f(): ..."})
    assert page.cells[-1].id == "solution-4-1"


def test_the_stored_notebook_is_not_changed():
    stored = notebook(exercise("4.1"), check("4.1"))
    page_of(stored, "a.ipynb", {"4.1": "def f(): ..."}, ADDRESS)
    assert len(stored.cells) == 3
    assert stored.cells[0].source == "# Title\n\nText."


def test_buttons_stand_below_the_title():
    title = page_of(notebook(), "a.ipynb", {}, ADDRESS).cells[0].source
    assert title.startswith("# Title\n\n<div")
    assert title.endswith("\n\nText.")
    assert 'href="../downloads/a.ipynb"' in title
    assert f'href="{ADDRESS}"' in title
    assert "colab" not in page_of(notebook(), "a.ipynb", {}).cells[0].source


def test_a_picture_has_its_words_and_a_widget_is_its_picture():
    picture = new_output("display_data", {"image/png": "aa", "text/plain": "<Figure>"})
    slider = new_output("display_data", {WIDGETS: {"model_id": "1"}, "text/plain": "slider"})
    alone = new_output("display_data", {WIDGETS: {"model_id": "1"}, "image/png": "bb"})
    cell = new_code_cell("draw()", id="draw", outputs=[picture, slider, alone])
    said = new_markdown_cell("Two cats. And more.", id="said")
    drawn = page_of(notebook(cell, said), "a.ipynb", {}).cells[1]
    assert drawn.metadata.mystnb["image"] == {"alt": "Two cats."}
    assert [sorted(o.data) for o in drawn.outputs] == [["image/png", "text/plain"], ["image/png"]]
