"""The time, the exercises' minutes, a place to stop, references: each missed alone."""

import nbformat.v4 as v4
import pytest

from segcourse.notebook.orientation import faults
from segcourse.notebook.reading_time import exercise_minutes, reading_minutes

TIME = (
    "**Time:** about {reading} minutes to read, about 5 minutes for the exercises, "
    "less than a minute of computing on two CPU cores."
)


def cells(reading=1):
    return [
        v4.new_markdown_cell("# Week 4\n\n" + TIME.format(reading=reading)),
        v4.new_markdown_cell("### Exercise 4.1\n\nAbout 5 minutes, level 2 of 3."),
        v4.new_code_cell("def f():\n    raise", metadata={"tags": ["exercise:4.1"]}),
        v4.new_markdown_cell("**A good place to stop.** You can crop."),
        v4.new_markdown_cell("## References\n\n- [FCN](https://arxiv.org/abs/1411.4038)"),
        v4.new_markdown_cell("## Summary"),
    ]


def test_all_is_there():
    assert list(faults(cells())) == []


@pytest.mark.parametrize(
    ("index", "source", "said"),
    [
        (0, "# Week 4\n\nAbout 3 hours", "usual form"),
        (0, TIME.format(reading=20), "says 20 minutes to read"),
        (1, "### Exercise 4.1\n\nAbout 7 minutes, level 2 of 3.", "says 5 minutes for"),
        (1, "### Exercise 4.1", "without its minutes"),
        (3, "Go on.", "no place to stop"),
        (4, "## Reading", "no references"),
        (4, "## References\n\n- FCN", "links nothing"),
    ],
)
def test_what_is_missing_is_named(index, source, said):
    changed = cells()
    changed[index].source = source
    assert said in " ".join(wrong for _, wrong, _ in faults(changed))


def test_reading_takes_words_lines_and_pictures_but_no_exercise():
    picture = v4.new_output("display_data", data={"image/png": "AAAA"})
    read = [
        v4.new_markdown_cell(" ".join(["word"] * 120)),
        v4.new_code_cell("\n".join(["x = 1"] * 5) + "\n\n", outputs=[picture]),
        v4.new_code_cell("x = 1\n" * 50, metadata={"tags": ["exercise:4.1"]}),
    ]
    assert reading_minutes(read) == 2.0


def test_minutes_of_the_exercises_are_summed():
    texts = ["About 5 minutes, level 2 of 3.", "About 1 minute, level 1 of 3.", "About 7 minutes."]
    assert exercise_minutes([v4.new_markdown_cell(text) for text in texts]) == 6
