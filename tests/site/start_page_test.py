"""The start page: the table of weeks, and cards that name the pages there are."""

from segcourse.site.start_page import start_page, time_of


def test_time():
    text = (
        "**Time:** about 30 minutes to read, about 4 hours for a project of your own, "
        "less than 6 minutes of computing on two CPU cores."
    )
    assert time_of(f"# T\n\n{text}\n") == ["30\xa0min", "4\xa0h", "<\xa06\xa0min"]
    assert time_of("# T") == []


def test_a_row_a_notebook():
    titles = {"week4_fcn": "Week 4 · FCN", "final_project": "Final project: your own", "x": "X"}
    times = {"week4_fcn": ["1 hour", "2 hours", "-"], "final_project": [], "x": []}
    page = start_page(titles, times, set())
    assert "| [Week 4](notebooks/week4_fcn.ipynb) | FCN | 1 hour | 2 hours | - |" in page
    assert "| [Final project](notebooks/final_project.ipynb) | Your own |  |  |  |" in page
    assert "| [X](notebooks/x.ipynb) |  |  |  |  |" in page


def test_pages_that_are_not_there_are_not_named():
    assert "docs/teaching.md" not in start_page({}, {}, set())
    assert "docs/teaching.md" in start_page({}, {}, {"teaching"})
