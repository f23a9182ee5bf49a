"""Links of a text that is put into another folder than the English one."""

import os
import posixpath
import re

from segcourse.translation.editions import translated_path

__all__ = ["moved"]

TARGET = re.compile(r"""(\]\(|<(?:img|a) [^>]*?(?:src|href)=["'])([^)\s"']+)""")
#: What opens a notebook in Colab, or shows it on a site for code.
REPOSITORY = re.compile(r"/blob/[^)\s]+?/notebooks/(?=[\w-]+\.ipynb)")


def moved(text, source, target, code):
    """The text with its links as they are from another place.

    A link to a page that is there in the language leads to that one.

    Args:
        text: str, Markdown.
        source: str, path of the English file in the checkout.
        target: str, path of the other one.
        code: str, its language.

    Example:

    >>> here, there = "notebooks/week4_fcn.ipynb", "notebooks/ko/week4_fcn.ipynb"
    >>> moved("[void](../docs/glossary.md#void), [w](week3_a.ipynb)", here, there, "ko")
    '[void](../../docs/glossary.ko.md#void), [w](week3_a.ipynb)'
    """

    def follow(found):
        file, sign, place = found[2].partition("#")
        if "://" in file or file.startswith("mailto:"):
            return found[1] + REPOSITORY.sub(lambda part: f"{part[0]}{code}/", found[2])
        if not file:
            return found[0]
        there = posixpath.normpath(posixpath.join(posixpath.dirname(source), file))
        there = translated_path(there, code) or there
        new = os.path.relpath(there, posixpath.dirname(target) or ".").replace(os.sep, "/")
        return f"{found[1]}{new}{'/' if file.endswith('/') else ''}{sign}{place}"

    return TARGET.sub(follow, text)
