"""Sentences the course says to its readers, so that another language can say them.

Every sentence stands whole in the source, in English, with `{names}` for what is put in. `N_`
marks one that is kept for later, `_` marks one and gives it in the reader's language; the message
of a mistake is marked by the decorator `mistake` it is given to. A standard extractor finds all,
and so does `python3 -m segcourse translate`, which keeps them in `segcourse/locale/`:

    pybabel extract -k N_ -k _ -k ngettext:1,2 -k mistake:2 -o segcourse.pot segcourse
"""

from segcourse.translation.language import in_language, language

__all__ = ["N_", "_", "in_language", "language", "ngettext"]


def N_(text):  # noqa: N802 - the extractors' name
    """Marks a sentence and gives it as it is: for texts that are read before they are said."""
    return text


def _(text):
    """The sentence in the reader's language, which `SEGCOURSE_LANG` or the notebook names."""
    code = language()
    return _catalogue().sentence(code, text) if code else text


def ngettext(one, many, count):
    """The sentence for one thing, or the one for `count` of them."""
    code = language()
    if code:
        return _catalogue().plural(code, one, many, count)
    return one if count == 1 else many


def _catalogue():
    from segcourse.translation import catalogue  # English needs none of it

    return catalogue
