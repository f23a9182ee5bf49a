"""The languages of the site: English at the top, each other one in the folder of its name.

A page has the same name in each, so that a switch only changes the folder. What is not translated,
such as the pages on the package, is there in English.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from segcourse.translation import editions
from segcourse.translation.making.page import LANGUAGES, page, place, places
from segcourse.translation.making.speaker import speaker
from segcourse.translation.po.merge import read
from segcourse.translation.reading.sources import notebook_name, notebooks

__all__ = ["languages", "other_editions", "slugs", "translated_page"]


def languages(checkout):
    """The codes of the languages that a checkout has notebooks in, English ("") first."""
    home = Path(checkout) / "notebooks"
    return ["", *(one.code for one in editions.EDITIONS if (home / one.code).is_dir())]


def other_editions(code, there):
    """What the switch on the pages of a language offers: tuples (name, code, folder).

    Args:
        code: str, of the language of the page.
        there: list of the codes of all languages of the site.

    Example:

    >>> other_editions("", ["", "ko"]), other_editions("ko", ["", "ko"])
    ([('한국어', 'ko', 'ko/')], [('English', 'en', '../')])
    """
    up = "../" if code else ""
    found = []
    for other in there:
        if other == code:
            continue
        name = editions.edition(other).name if other else "English"
        found.append((name, other or "en", f"{up}{other}/" if other else up))
    return found


def translated_page(text, path, code):
    """The text of a page of docs/ or README.md in a language; English, where it has none.

    Args:
        text: str, Markdown.
        path: str, of the page in the checkout.
        code: str, of the language, "" for English.
    """
    for name, file in editions.DOCUMENTS.items():
        if code and file == path:
            return page(text, _speaker(code, name))
    return LANGUAGES.sub("", text)  # the site has its switch


def slugs(checkout, code):
    """A function that gives each heading the place in its page that the English one has.

    So a link to it is the same in every language.
    """
    known = {}
    for path in notebooks(checkout):
        say = _speaker(code, notebook_name(path))
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "markdown":
                known |= places("".join(cell["source"]), say)
    for name, file in editions.DOCUMENTS.items():
        path = Path(checkout) / file
        if path.is_file():
            known |= places(path.read_text(encoding="utf-8"), _speaker(code, name))
    return _Slugs({_plain(heading): place for heading, place in known.items()})


@dataclass(frozen=True)
class _Slugs:  # an object and no closure, since Sphinx pickles it
    known: dict

    def __call__(self, title):
        return self.known.get(_plain(title)) or place(title)


def _plain(heading):
    return re.sub(r"[`*_]", "", heading).strip()


def _speaker(code, name):
    return speaker(code, read(editions.po_file(code, name)))
