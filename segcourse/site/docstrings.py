"""A Sphinx extension: the course's docstrings, in the form that Napoleon reads.

They are written for a reader of the source, in a plain Markdown with Google's sections. What
reStructuredText would read in another way is said in its words here.
"""

import re

# A section whose text begins on the line of its name.
ONE_LINE = re.compile(
    r"(Returns|Input shape|Output shape|References?|Note|Example|Shapes?): +(\S.*)"
)
SECTION = re.compile(r"[A-Z][\w ]*:\s*")
EXAMPLE = re.compile(r"(Examples?):\s*")
BETWEEN_BACKQUOTES = re.compile(r"(`[^`]*`)")


def setup(app):
    # Before Napoleon, which listens to the same event.
    app.connect("autodoc-process-docstring", _process, priority=400)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _process(app, what, name, thing, options, lines):
    lines[:] = prepared(lines)


def prepared(lines):
    """The lines of a docstring, changed where reStructuredText would read them in another way.

    Tables become tables, an indented block below a sentence stays as it is written, and a section
    of one line gets its name in bold type.

    Example:

    >>> prepared(["Returns: a number."])
    ['**Returns:** a number.']
    """
    found, above = [], ""
    for block in _blocks(lines):
        found += [*_prepared_block(block, above), ""]
        above = next((line for line in reversed(block) if not line.startswith(" ")), above)
    return found[:-1]


def _blocks(lines):
    """The paragraphs: runs of lines between empty ones, a list of lists."""
    found = [[]]
    for line in lines:
        if line.strip():
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [block for block in found if block]


def _prepared_block(block, above):
    """The lines of a paragraph; `above` is the nearest line above it that is not indented."""
    first = block[0].strip()
    if first.startswith(">>>"):
        return block
    if EXAMPLE.fullmatch(block[0]) and len(block) == 1:
        return block
    if _stands_apart(block):
        if EXAMPLE.fullmatch(above):
            return _code(block, "python")
        if not SECTION.fullmatch(above):  # what stands below a section's name belongs to it
            return _code(block, "text")
    if first.startswith("|"):
        return _table(block)
    return [_named(_escaped(line)) for line in block]


def _stands_apart(block):
    return all(line.startswith("    ") for line in block)


def _code(block, language):
    # At the margin, so that Napoleon takes it for no part of a section.
    return [f".. code-block:: {language}", "", *block]


def _named(line):
    return ONE_LINE.sub(r"**\1:** \2", line) if ONE_LINE.fullmatch(line) else line


def _escaped(line):
    """A line in which stars and bars outside of backquotes are themselves."""
    parts = BETWEEN_BACKQUOTES.split(line)
    parts[::2] = [re.sub(r"\*\*|\|", lambda sign: "\\" + "\\".join(sign[0]), p) for p in parts[::2]]
    return "".join(parts)


def _table(block):
    """A table of Markdown in the words of reStructuredText."""
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in block]
    rows = [row for row in rows if not all(re.fullmatch(r":?-+:?", cell) for cell in row)]
    lines = [".. list-table::", "   :header-rows: 1", ""]
    for row in rows:
        lines += [f"   * - {row[0]}", *(f"     - {cell}" for cell in row[1:])]
    return lines
