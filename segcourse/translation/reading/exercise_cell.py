"""Docstring and comments of the cell of an exercise; its code stays to the letter."""

import ast
import io
import re
import textwrap
import tokenize

from segcourse.translation.reading import docstring
from segcourse.translation.reading.message import is_prose

__all__ = ["code", "translated"]


def translated(source, say):
    """The source with the docstrings of its functions and its comments as `say` gives them.

    Args:
        source: str, Python. Where it cannot be read it is given back as it is.
        say: function. say(message, kind) gives what takes its place; `kind` is "text" or
            "comment".

    Example:

    >>> print(translated("a = 1  # the rows", lambda text, kind: "줄"))
    a = 1  # 줄
    """
    try:
        changes = [*_docstrings(source, say), *_comments(source, say)]
    except (SyntaxError, tokenize.TokenError):
        return source
    lines = source.split("\n")
    for first, column, last, end, new in sorted(changes, reverse=True):
        before, after = lines[first][:column], lines[last][end:]
        lines[first : last + 1] = (before + new + after).split("\n")
    return "\n".join(lines)


def code(source):
    """What a source does, as text without its docstrings and comments: equal for equal code.

    Example:

    >>> code('def f():\\n    "Rows."\\n    return 1  # one') == code("def f():\\n    return 1")
    True
    """
    tree = ast.parse(source)
    for node in _with_docstring(tree):
        del node.body[0]
    return ast.dump(tree)


def _with_docstring(tree):
    kinds = (ast.FunctionDef, ast.ClassDef)
    return [n for n in ast.walk(tree) if isinstance(n, kinds) and ast.get_docstring(n) is not None]


def _docstrings(source, say):
    """Changes: first line, column, last line, its end, and the new text; lines from 0 on."""
    lines = source.split("\n")
    for node in sorted(_with_docstring(ast.parse(source)), key=lambda node: node.lineno):
        value = node.body[0].value
        first, last = value.lineno - 1, value.end_lineno - 1
        column = _character(lines[first], value.col_offset)
        end = _character(lines[last], value.end_col_offset)
        written = "\n".join(lines[first : last + 1])
        written = written[column : len(written) - len(lines[last]) + end]
        mark = re.match(r"[rR]?(\"\"\"|'''|\"|')", written)
        text = written[mark.end() : -len(mark[1])]
        begin, _, rest = text.partition("\n")
        indent = " " * node.body[0].col_offset
        plain = begin + ("\n" + textwrap.dedent(rest) if rest else "")
        said = docstring.translated(plain, say)
        if said != plain:
            begin, newline, rest = said.partition("\n")
            rest = "\n".join(indent + line if line.strip() else line for line in rest.split("\n"))
            if text.endswith("\n" + indent) and newline:
                rest += indent
            yield first, column, last, end, mark[0] + begin + newline + rest + mark[1]


def _comments(source, say):
    """A change for each run of comments below each other, and for each at the end of a line."""
    runs = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type != tokenize.COMMENT:
            continue
        row, column = token.start
        alone = not token.line[:column].strip()
        if alone and runs and runs[-1][1:] == (row - 1, column, True):
            runs[-1] = ([*runs[-1][0], token.string], row, column, True)
        else:
            runs.append(([token.string], row, column, alone))
    lines = source.split("\n")
    for strings, row, column, _ in runs:
        said = " ".join(string.lstrip("#").strip() for string in strings)
        new = say(said, "comment") if is_prose(said) else said
        if new != said:
            first = row - len(strings)
            yield first, column, row - 1, len(lines[row - 1]), f"# {new}"


def _character(line, offset):
    """The place in a line of what Python counts in bytes."""
    return len(line.encode()[:offset].decode())
