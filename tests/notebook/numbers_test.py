"""Each number of the text comes from somewhere."""

import nbformat.v4 as v4
import pytest

from segcourse.notebook.numbers import unheld


def found(text, *above, numbers=None):
    cells = [v4.new_markdown_cell("# Week 4\n\n20 minutes"), *above, v4.new_markdown_cell(text)]
    if numbers is not None:
        cells[-1].metadata["segcourse"] = {"numbers": numbers}
    return [number for _, number in unheld(cells)]


def code(source, printed=""):
    return v4.new_code_cell(source, outputs=[v4.new_output("stream", name="stdout", text=printed)])


@pytest.mark.parametrize(
    "text",
    [
        "It has 23 layers.",
        "It has 23.",
        "the mean of 0.714 and more",
        "about 1,234 of them",
        "67.6 %",
        "a map of 45×47 pixels",
    ],
)
def test_a_number_from_nowhere_is_found(text):
    assert found(text)


@pytest.mark.parametrize(
    "text",
    [
        "It has 3 layers and 12 steps.",
        "In 2015 it was new.",
        "See week 14, sections 13.2 and 13.4, VGG-16 and Table 20.",
        "Write `x[23]`, and $\\frac{23}{5} = 4.6$: so 23 and 4.6.",
        "| a | 23 |\n|---|---|\n\nThe 23 of the table.",
        "[here](https://a.org/1234.5678)",
        "## 23 layers",
        "version 3.15.1",
    ],
)
def test_what_needs_no_source(text):
    assert found(text) == []


def test_an_output_or_a_line_above_holds_it_and_none_below():
    assert found("It has 19 layers.", code("print(count)", "19 layers\n")) == []
    assert found("It has 23 layers.", code("print(count)", "19 layers\n")) == ["23"]
    assert found("A rate of 0.02.", code("rate = 0.02")) == []
    assert found("It has 9 of 1,234 or 1234.", code("n", "1234")) == []
    title = v4.new_markdown_cell("# Week 4")
    cells = [title, v4.new_markdown_cell("It has 19."), code("n", "19")]
    assert list(unheld(cells)) == [(1, "19")]


def test_a_part_of_a_number_does_not_hold_it():
    assert found("It has 23.", code("n", "123 230 2.3")) == ["23"]


def test_a_source_in_the_metadata_holds_it():
    assert found("The paper has 45.4 and 59.4.", numbers={"45.4": "Table 2"}) == ["59.4"]
    assert found("It has 1,234.", numbers={"1234": "Table 2"}) == []


@pytest.mark.parametrize(
    "text",
    [
        "It has 7 · 4 = 28 weights.",
        "(500 − 227) / 32 + 1 = 9.53, rounded.",
        "7 · 7 · 512 · 4096 = 102,760,448 weights.",
        "So 16 / 24 ≈ 0.67.",
        "It is 14 + 14 = 2 · 14 = 28.",
    ],
)
def test_a_calculation_that_comes_out_holds_its_numbers(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "text", ["It has 7 · 14 = 28 weights.", "So 16 / 24 ≈ 0.68.", "14 / 0 = 14", "14 = = 14"]
)
def test_one_that_does_not_come_out_holds_nothing(text):
    assert found(text)
