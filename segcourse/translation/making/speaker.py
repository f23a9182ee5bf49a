"""What is said for a message of a notebook or a page: its translation, or English with a mark."""

from segcourse.translation.editions import edition

__all__ = ["speaker"]


def speaker(code, file):
    """A function for `say`, for a notebook or a page.

    Args:
        code: str, of the language.
        file: `polib.POFile` with the messages.

    Returns:
        function. say(message, kind) gives the translation, and the English message with the mark
        of the edition where there is none, or where it is fuzzy.
    """
    known = {entry.msgid: entry.msgstr for entry in file if entry.translated()}
    mark = edition(code).mark

    def say(text, kind):
        if text in known:
            return known[text]
        if kind == "row":  # into its last column
            return f"{text.rstrip().removesuffix('|').rstrip()} {mark} |"
        return f"{text} {mark}"

    return say
