"""The sentence of a paragraph that a slide shows; the whole of it is for the speaker."""

import re

WORDS = 32  # a paragraph with at most so many stands whole
LEAST = 7  # and so many are wanted of one that does not

_END = re.compile(r"(?<=[.!?:])[*_]*\)?\s+(?=[^\sa-z])")
_PAIRS = (("**", "**"), ("`", "`"), ("$", "$"), ("(", ")"), ("[", "]"))


def lead(paragraph):
    """The first sentences (str) of a paragraph in Markdown that say something.

    None of them is cut: where a bold phrase, a formula or brackets go on, so does the lead. A
    question or what ends with a colon takes what follows with it.

    >>> lead("Why so? " + "The map is coarse and loses its thin parts. " + "More is below. " * 9)
    'Why so? The map is coarse and loses its thin parts.'
    """
    if len(paragraph.split()) <= WORDS:
        return paragraph
    for match in _END.finditer(paragraph):
        begun = paragraph[: match.end()].rstrip()
        plain = begun.rstrip("*_)")
        enough = len(begun.split()) >= LEAST and plain.endswith((".", "!"))
        if enough and not _is_open(begun) and not _is_initial(plain):
            return begun
    return paragraph


def _is_open(text):
    for begin, end in _PAIRS:
        if begin == end and text.count(begin) % 2:
            return True
        if begin != end and text.count(begin) != text.count(end):
            return True
    return text.replace("**", "").count("*") % 2 == 1


def _is_initial(text):
    """Whether the dot belongs to a name or a short form: "J. Long", "e.g."."""
    return bool(re.search(r"(?:\b[A-Z]|\be\.g|\bi\.e|\bvs|\bFig|\bcf|\betc)\.$", text))
