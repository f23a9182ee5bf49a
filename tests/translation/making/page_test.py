"""Pages whose headings are found under their English places."""

from segcourse.translation.making.page import page, places

TEXT = (
    "# Course\n\n<!-- languages --><a href='x'>y</a><!-- /languages -->\n\n## First week\n\nText."
)
SAID = {"Course": "강의", "First week": "첫째 주", "Text.": "글."}


def say(text, kind):
    return SAID[text]


def test_headings_keep_their_places():
    said = page(TEXT, say, "README.md", "README.ko.md", "ko")
    assert '\n\n<a id="first-week"></a>\n\n## 첫째 주\n\n글.' in said
    assert said.startswith("# 강의\n")  # nothing links to the title
    assert '<a href="README.md">English</a>' in said


def test_for_a_site_nothing_is_added():
    assert page(TEXT, say) == "# 강의\n\n\n\n## 첫째 주\n\n글."


def test_places():
    assert places(TEXT, say) == {"강의": "course", "첫째 주": "first-week"}
