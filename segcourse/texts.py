"""Sentences the course says to its readers, so that another language can say them.

Every sentence stands whole in the source, in English, with `{names}` for what is put in. `N_`
marks one that is kept for later, `_` marks one and gives it in the reader's language; the message
of a mistake is marked by the decorator `mistake` it is given to. A standard extractor finds all:

    pybabel extract -k N_ -k _ -k ngettext:1,2 -k mistake:2 -o segcourse.pot segcourse
"""

import gettext
import os
from functools import lru_cache
from pathlib import Path

__all__ = ["N_", "_", "ngettext"]

#: Where catalogues lie: `<language>/LC_MESSAGES/segcourse.mo`.
FOLDER = Path(__file__).parent / "locale"


def N_(text):  # noqa: N802 - the extractors' name
    """Marks a sentence and gives it as it is: for texts that are read before they are said."""
    return text


def _(text):
    """The sentence in the language that `SEGCOURSE_LANGUAGE` names, English without one."""
    return _catalogue(os.environ.get("SEGCOURSE_LANGUAGE", "")).gettext(text)


def ngettext(one, many, count):
    """The sentence for one thing, or the one for `count` of them."""
    return _catalogue(os.environ.get("SEGCOURSE_LANGUAGE", "")).ngettext(one, many, count)


@lru_cache
def _catalogue(language):
    languages = [language] if language else []
    return gettext.translation("segcourse", FOLDER, languages, fallback=True)
