import nbformat
import pytest

from segcourse.notebook.address import Address
from segcourse.notebook.badge import badge, faults, with_badge
from segcourse.notebook.first_cell import first_cell

GITHUB = Address("https://github.com/kim/seg", "main")
GITLAB = Address("https://gitlab.com/kim/seg", "main")
PLACEHOLDER = Address("https://git.example.org/segcourse", "main")
TITLE = "# Week 4\n\nNeeds: week 3."


def cells(title, address):
    return [
        nbformat.v4.new_markdown_cell(title),
        nbformat.v4.new_code_cell(first_cell(address)),
        nbformat.v4.new_code_cell("x = 1"),
    ]


def test_a_badge_has_words_for_who_does_not_see_it():
    assert badge(GITHUB, "week4_fcn").startswith("[![Open in Colab](https://")
    assert badge(GITLAB, "week4_fcn") == badge(PLACEHOLDER, "week4_fcn") == badge(None, "x") == ""


def test_a_badge_stands_below_the_title_once():
    first, second = badge(GITHUB, "a"), badge(Address("https://github.com/lee/seg"), "a")
    once = with_badge(TITLE, first)
    assert once == f"# Week 4\n\n{first}\n\nNeeds: week 3."
    assert with_badge(once, first) == once
    assert with_badge(once, second) == once.replace(first, second)
    assert with_badge(once, "") == TITLE
    assert with_badge(TITLE, "") == TITLE
    assert with_badge("# Week 4", first) == f"# Week 4\n\n{first}"


@pytest.mark.parametrize("address", [GITHUB, GITLAB, PLACEHOLDER])
def test_no_fault_where_all_say_the_same(address):
    title = with_badge(TITLE, badge(address, "week4"))
    assert list(faults("week4", cells(title, address), address)) == []


@pytest.mark.parametrize(
    ("title", "clones", "wrong"),
    [
        (TITLE, GITHUB, "no badge"),
        (with_badge(TITLE, badge(GITHUB, "week5")), GITHUB, "should not have"),
        (with_badge(TITLE, badge(GITHUB, "week4")) + badge(GITHUB, "week4"), GITHUB, "should not"),
        (with_badge(TITLE, badge(GITHUB, "week4")), GITLAB, "does not clone"),
        (with_badge(TITLE, badge(GITHUB, "week4")), Address(GITHUB.url, "old"), "does not clone"),
    ],
)
def test_what_differs_is_a_fault(title, clones, wrong):
    ((index, said, advice),) = faults("week4", cells(title, clones), GITHUB)
    assert wrong in said and index == (1 if "clone" in wrong else 0)
    assert "export colab --repository https://github.com/kim/seg" in advice


def test_a_badge_under_a_placeholder_is_a_fault():
    title = with_badge(TITLE, badge(GITHUB, "week4"))
    assert [index for index, _, _ in faults("week4", cells(title, PLACEHOLDER), PLACEHOLDER)] == [0]
