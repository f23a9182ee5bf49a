"""The badge "Open in Colab" below the title of a notebook."""

import re

from segcourse.notebook.first_cell import first_cell, is_first_cell

__all__ = ["badge", "faults", "with_badge"]

PICTURE = "https://colab.research.google.com/assets/colab-badge.svg"
BADGE = re.compile(r"\[!\[[^\]]*\]\([^)\s]*colab-badge\.svg\)\]\([^)\s]*\)")


def badge(address, notebook):
    """The badge in Markdown; empty where Colab cannot open the notebook.

    Colab opens what lies on GitHub. An address that is a placeholder has no badge either: it would
    lead nowhere.

    Args:
        address: `Address` of the repository, or None.
        notebook: name of the file, without .ipynb.

    Example:

    >>> from segcourse.notebook.address import Address
    >>> badge(Address("https://gitlab.com/kim/segcourse"), "week4_fcn")
    ''
    """
    target = address and address.colab(notebook)
    return f"[![Open in Colab]({PICTURE})]({target})" if target else ""


def with_badge(title, text):
    """The source of a title cell with this badge and no other; below the heading, if any.

    Example:

    >>> with_badge("# Week 4\\n\\nNeeds: week 3.", "BADGE")
    '# Week 4\\n\\nBADGE\\n\\nNeeds: week 3.'
    """
    plain = re.sub(r"\n{3,}", "\n\n", BADGE.sub("", title)).strip("\n")
    if not text:
        return plain if BADGE.search(title) else title
    heading, _, rest = plain.partition("\n")
    return "\n\n".join(part for part in (heading, text, rest.strip("\n")) if part)


def faults(notebook, cells, address):
    """What the badge and the first cell say that the address does not.

    Args:
        notebook: name of the file, without .ipynb.
        cells: of the notebook.
        address: `Address` of the repository.

    Yields:
        tuple (index of the cell, what is wrong, what to do).
    """
    command = f"python3 -m segcourse export colab --repository {address.url}"
    clones = [index for index, cell in enumerate(cells) if is_first_cell(cell)]
    for index in clones:
        if cells[index].source != first_cell(address):
            yield index, f"does not clone {address.url}, branch {address.branch}", f"Run {command}"
    found = [one for cell in cells for one in BADGE.findall(cell.source)]
    wanted = [badge(address, notebook)] if clones and address.colab(notebook) else []
    if found != wanted:
        said = "no badge of Colab" if not found else "a badge of Colab that it should not have"
        yield 0, f"has {said} (pyproject.toml says {address.url})", f"Run {command}"
