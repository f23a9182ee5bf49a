"""Docstrings in the form that Napoleon reads."""

import pytest

from segcourse.site.docstrings import prepared

SAME = [
    ["Text.", "", "Args:", "    x: a number.", "", "Returns:", "    a number."],
    ["Text.", "", "Example:", "", ">>> 1 + 1", "2"],
    ["Text.", "", "Example:", "    >>> 1 + 1", "    2"],
    ["Raises:", "", "    ValueError: if x is none."],
    ["`a | b` and `2**3`"],
]


@pytest.mark.parametrize("lines", SAME)
def test_what_is_read_alike_stays(lines):
    assert prepared(lines) == lines


def test_a_section_of_one_line():
    assert prepared(["Output shape: `(2,)`."]) == ["**Output shape:** `(2,)`."]


def test_stars_and_bars_are_themselves():
    lines = prepared(["Args:", "    a, **options: |x| of `|y|`"])
    assert lines[1:] == [r"    a, \*\*options: \|x\| of `|y|`"]


def test_the_second_paragraph_of_a_section_belongs_to_it():
    lines = ["Args:", "    x: a number.", "", "    y: another."]
    assert prepared(lines) == lines


def test_a_block_below_a_sentence_is_kept_as_it_is_written():
    lines = prepared(["It costs", "", "    a_i * |b|", "", "and no more."])
    assert lines == [
        "It costs",
        "",
        ".. code-block:: text",
        "",
        "    a_i * |b|",
        "",
        "and no more.",
    ]


def test_an_example_in_code():
    lines = prepared(["Text.", "", "Example:", "", "    plots.legend(fig, names)"])
    assert lines[2:] == [
        "Example:",
        "",
        ".. code-block:: python",
        "",
        "    plots.legend(fig, names)",
    ]


def test_a_table():
    lines = prepared(["| a | b |", "|---|---|", "| 1 | 2 |"])
    assert lines == [
        ".. list-table::",
        "   :header-rows: 1",
        "",
        "   * - a",
        "     - b",
        "   * - 1",
        "     - 2",
    ]
