"""A page in Markdown in another language, where the links to its headings go on leading to them."""

import posixpath
import re

from segcourse.translation.making.links import moved
from segcourse.translation.reading import markdown

__all__ = ["LANGUAGES", "page", "place", "places"]

#: Where a page links to itself in other languages.
LANGUAGES = re.compile(r"(<!-- languages -->).*?(<!-- /languages -->)")


def page(text, say, path=None, target=None, code=None):
    """The text of a page in a language.

    Args:
        text: str, Markdown.
        say: function of `speaker`.
        path, target, code: of `links.moved`. With them, each heading that has other words than the
            English one has its English place in front; without them, links and places are left to
            whoever builds pages of it.

    Example:

    >>> said = {"Void": "보이드", "See [it](#void).": "[그것](#void) 참고."}
    >>> def say(text, kind):
    ...     return said[text]
    >>> print(page("## Void\\n\\nSee [it](#void).", say, "a.md", "b.md", "ko"))
    <a id="void"></a>
    <BLANKLINE>
    ## 보이드
    <BLANKLINE>
    [그것](#void) 참고.
    """
    headings = []

    def listen(message, kind):
        new = say(message, kind)
        if kind == "heading":
            headings.append((message, new))
        return new

    new = markdown.translated(text, listen)
    if path is None:
        return LANGUAGES.sub("", new)
    for english, said in headings:
        if place(english) != place(said):
            heading = re.compile(rf"^(##+ +{re.escape(said)})$", re.MULTILINE)
            anchor = f'<a id="{place(english)}"></a>\n\n'
            new = heading.sub(lambda found, anchor=anchor: anchor + found[1], new, count=1)
    new = moved(new, path, target, code)
    back = f'<a href="{posixpath.basename(path)}">English</a>'
    return LANGUAGES.sub(lambda found: found[1] + back + found[2], new)


def places(text, say):
    """The place of each heading in the page of a language: that of the English one.

    Returns:
        dict from the words of a heading to its place, such as "label-map".
    """
    found = {}

    def listen(message, kind):
        new = say(message, kind)
        if kind == "heading":
            found[new] = place(message)
        return new

    markdown.translated(text, listen)
    return found


def place(heading):
    """As pages make it of a heading.

    Example:

    >>> place("Batch normalisation: why?")
    'batch-normalisation-why'
    """
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
