"""Which languages the course is told in beside English, and where their files lie."""

import re
from dataclasses import dataclass
from pathlib import Path

__all__ = ["DOCUMENTS", "EDITIONS", "FOLDER", "Edition", "edition", "po_file", "translated_path"]

PACKAGE = Path(__file__).parents[1]
#: Pages beside the notebooks that are translated, by the name of their PO file.
DOCUMENTS = {"readme": "README.md", "glossary": "docs/glossary.md"}
#: Where the PO files lie: `<language>/LC_MESSAGES/<name>.po`. An installed package has them, too.
FOLDER = PACKAGE / "locale"


@dataclass(frozen=True)
class Edition:
    """A language of the course.

    Args:
        code: str, as in `SEGCOURSE_LANG`, and the name of its folder below `notebooks/`.
        name: str, how the language calls itself.
        mark: str, put to a text that is shown in English.
        plurals: str, the header `Plural-Forms` of its PO files.
        least: int, how much of each PO file is translated at least, in percent. A test holds it.
    """

    code: str
    name: str
    mark: str
    plurals: str
    least: int = 100


EDITIONS = (Edition("ko", "한국어", "(영어 원문)", "nplurals=1; plural=0;"),)


def edition(code):
    """The edition of a language.

    Raises:
        ValueError: there is none.

    Example:

    >>> edition("ko").name
    '한국어'
    """
    for one in EDITIONS:
        if one.code == code:
            return one
    known = ", ".join(one.code for one in EDITIONS)
    raise ValueError(f"`language` must be one of {known}. Received: language={code!r}")


def po_file(code, name, checkout=None):
    """The path of a PO file; of this package, or of the one in another checkout.

    Example:

    >>> po_file("ko", "week4").relative_to(FOLDER).as_posix()
    'ko/LC_MESSAGES/week4.po'
    """
    folder = FOLDER if checkout is None else Path(checkout) / "segcourse" / "locale"
    return folder / code / "LC_MESSAGES" / f"{name}.po"


def translated_path(path, code):
    """Where the page or notebook at a path of the checkout is in a language, None without one.

    Example:

    >>> translated_path("notebooks/week4_fcn.ipynb", "ko"), translated_path("README.md", "ko")
    ('notebooks/ko/week4_fcn.ipynb', 'README.ko.md')
    >>> translated_path("docs/teaching.md", "ko") is None
    True
    """
    if re.fullmatch(r"notebooks/[^/]+\.ipynb", path):
        return path.replace("notebooks/", f"notebooks/{code}/")
    return f"{path.removesuffix('.md')}.{code}.md" if path in DOCUMENTS.values() else None
