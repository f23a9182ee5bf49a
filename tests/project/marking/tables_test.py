"""The table of marks: as text, as CSV, as a page. Names of others do no harm in any."""

import csv
import html
import io
import re

import pytest

from segcourse.project.checking.plain import plain
from segcourse.project.marking.csv_table import csv_table
from segcourse.project.marking.html_table import html_table
from segcourse.project.marking.mark import Marked, with_twins
from segcourse.project.marking.rubric import ROWS
from segcourse.project.marking.text_table import text_table

POINTS = {row.id: row.most for row in ROWS}
KIM = Marked("kim", "scenes", 0.61234, 0.6123, 0.4, 2, 2.0, "pass", POINTS, ("a", "b"), "0")
EVIL = [
    "=1+1",
    "+1",
    "-1",
    "@x",
    "\t=1",
    '=HYPERLINK("http://x","y")',
    'a","b',
    "a\nb",
    " =1",
    "＝1",
]


def test_text():
    lines = text_table([KIM, Marked("민지", remarks=("broken",))]).splitlines()
    assert lines[0].split()[:3] == ["hand-in", "data", "set"]
    assert lines[1].split() == "kim scenes 0.6123 0.6123 0.4000 2 2 pass 56/56".split()
    assert lines[2].split() == ["민지", "0/56"] and lines[3:] == [
        "kim: a",
        "kim: b",
        "민지: broken",
    ]


def test_csv():
    heads, kim = csv.reader(io.StringIO(csv_table([KIM])))
    row = dict(zip(heads, kim, strict=True))
    assert row["hand-in"] == "kim" and row["mean IoU scored"] == "0.6123"
    assert row["machine"] == row["of"] == "56" and row["person (of 44)"] == ""
    assert row["remarks"] == "a; b"


def test_a_row_for_a_person_is_left_out_of_the_total():
    row = Marked("kim", points={**POINTS, "method.1": None})
    assert (row.total, row.of) == (46, 46)
    assert "person" in csv_table([row]).splitlines()[1].split(",")


@pytest.mark.parametrize("text", EVIL)
def test_no_cell_of_the_csv_is_a_formula(text):
    row = Marked(text, text, remarks=(text,))
    _heads, cells = csv.reader(io.StringIO(csv_table([row])))
    assert not [cell for cell in cells if cell.lstrip()[:1] in tuple("=+-@＝") and cell]


def test_no_tag_of_others_is_in_the_page():
    evil = "<script>alert(1)</script>\"'&"
    page = html_table([Marked(evil, evil, verdict=evil, remarks=(evil,))])
    assert "<script" not in page and html.escape(evil) in page
    assert page.count("<tr>") == 2 and "default-src 'none'" in page


@pytest.mark.parametrize(
    "text",
    [
        "\x1b[2J\x1b]0;x\x07",
        "a\rb",
        "a\nb",
        "\u202eabc",
        "a\u2028b",
        "\ufeffa",
        "\x9b31m",
        "\ud800",
    ],
)
def test_nothing_steers_a_terminal(text):
    made = plain(text)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u202e\ufeff\ud800]", made)
    made.encode("utf-8")


def test_long_texts_are_cut_and_letters_stay():
    assert plain("민지 é ß") == "민지 é ß"
    assert len(plain("x" * 10**6)) == 200 and plain("abcd", 3) == "ab…"


def test_the_same_model_twice_is_named():
    lee, min = Marked("lee", model="0"), Marked("min", model="1")
    kim, lee, min, none = with_twins([KIM, lee, min, Marked("none")])
    assert kim.remarks == ("a", "b", "the same model file as lee")
    assert lee.remarks == ("the same model file as kim",) and not (min.remarks or none.remarks)
