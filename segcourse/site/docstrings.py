"""A Sphinx extension: the course's docstrings, in the form that Napoleon reads."""

import re

# A section whose text begins on the line of its name.
ONE_LINE = re.compile(r"(Returns|Input shape|Output shape|Reference|References|Note|Args): (\S.*)")
EXAMPLE = re.compile(r"(Examples?):\s*")


def setup(app):
    # Before Napoleon, which listens to the same event.
    app.connect("autodoc-process-docstring", _process, priority=400)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _process(app, what, name, thing, options, lines):
    lines[:] = prepared(lines)


def prepared(lines):
    """The lines of a docstring, changed where reStructuredText would read them in another way.

    A section of one line gets its name in bold type; the code of an example, which has no `>>>`,
    becomes a block of code.

    Example:

    >>> prepared(["Returns: a number."])
    ['**Returns:** a number.']
    """
    found = []
    block = False  # inside the code of an example
    for index, line in enumerate(lines):
        if block and line.strip() and not line.startswith(" "):
            block = False
            found.append("")
        example = EXAMPLE.fullmatch(line)
        if example and _is_plain_code(lines[index + 1 :]):
            found += [f".. rubric:: {example[1]}", "", ".. code-block:: python", ""]
            block = True
        elif block:
            found.append(line)
        else:
            found.append(ONE_LINE.sub(r"**\1:** \2", line) if ONE_LINE.fullmatch(line) else line)
    return found


def _is_plain_code(following):
    """Whether the next lines with text are indented and no session with `>>>`."""
    first = next((line for line in following if line.strip()), "")
    return first.startswith("    ") and not first.strip().startswith(">>>")
