"""Which languages the course is told in beside English, and where their files lie."""

from dataclasses import dataclass
from pathlib import Path

__all__ = ["CHECKOUT", "EDITIONS", "FOLDER", "Edition", "edition", "po_file"]

PACKAGE = Path(__file__).parents[1]
CHECKOUT = PACKAGE.parent
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
    """

    code: str
    name: str
    mark: str
    plurals: str


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


def po_file(code, name):
    """The path of a PO file.

    Example:

    >>> po_file("ko", "week4").relative_to(FOLDER).as_posix()
    'ko/LC_MESSAGES/week4.po'
    """
    return FOLDER / code / "LC_MESSAGES" / f"{name}.po"
