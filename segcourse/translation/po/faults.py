"""What of a message has to stand in its translation, and does not."""

import re
from string import Formatter

__all__ = ["faults"]

CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)")
FORMULA = re.compile(r"\$[^$\s](?:[^$]*[^$\s])?\$")
LINK = re.compile(r"\]\(([^)\s]+)\)|(?<![(\w])(https?://[^\s)]+)")
ENTRY = re.compile(r"[a-z_]\w*(?:, \*{0,2}[a-z_]\w*)*: ")
#: What would make another block of a paragraph.
BEGINNING = re.compile(r"#{1,6} |[-+*] |\d+[.)] |> ?|`{3}|\||\$\$")


def faults(entry):
    """What is wrong with a translation, a list of sentences; empty where there is none.

    Placeholders, formulas, targets of links and code have to be in it. The name of an argument
    stands in front, a row of a table has as many columns, and a paragraph stays one.

    Args:
        entry: `polib.POEntry`. One without translation has no faults.

    Example:

    >>> import polib
    >>> faults(polib.POEntry(msgid="Run `fit`.", msgstr="실행하세요."))
    ['lacks the code `fit`']
    """
    if entry.msgid_plural:
        texts = [text for text in entry.msgstr_plural.values() if text]
        return [one for text in texts for one in _faults(entry, entry.msgid_plural, text)]
    return list(_faults(entry, entry.msgid, entry.msgstr)) if entry.msgstr else []


def _faults(entry, text, said):
    if "python-brace-format" in entry.flags:
        yield from _placeholders(text, said)
    for what, found in (("code", _code), ("formula", _formulas), ("target", _targets)):
        there = found(said)
        for part in dict.fromkeys(found(text)):
            if part not in there:
                yield f"lacks the {what} {part}"
    name = ENTRY.match(text)
    if name and "exercise" in entry.comment and not said.startswith(name[0]):
        yield f"does not begin with the name {name[0].strip()}"
    if text.startswith("|") and _columns(text) != _columns(said):
        yield f"has {_columns(said)} columns in place of {_columns(text)}"
    if said.count("\n") != text.count("\n"):
        yield "has other line breaks"
    if BEGINNING.match(said) and not BEGINNING.match(text) and not entry.flags:
        yield f"begins another block by {said.split()[0]}"


def _placeholders(text, said):
    wanted = _names(text)
    try:
        there = _names(said)
    except ValueError as error:
        yield f"cannot be filled in: {error}"
        return
    for name in sorted(wanted - there):
        yield f"lacks the placeholder {name}"
    for name in sorted(there - wanted):
        yield f"has the placeholder {name}, which the message has not"


def _names(text):
    """Each placeholder as it is written, `{share:.0%}` with its form."""
    return {
        f"{{{name}{'!' + how if how else ''}{':' + form if form else ''}}}"
        for _, name, form, how in Formatter().parse(text)
        if name is not None
    }


def _code(text):
    return [found[0] for found in CODE.finditer(text)]


def _formulas(text):
    return FORMULA.findall(CODE.sub(" ", text))


def _targets(text):
    return [found[1] or found[2].rstrip(".,;:") for found in LINK.finditer(CODE.sub(" ", text))]


def _columns(text):
    return len(re.findall(r"(?<!\\)\|", CODE.sub(" ", text)))
