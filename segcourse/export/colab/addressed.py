"""The files of a checkout with another address of the repository in them."""

import json
import re

from segcourse.notebook.address import in_pyproject
from segcourse.notebook.badge import badge, with_badge
from segcourse.notebook.first_cell import first_cell, is_first_cell
from segcourse.translation.editions import EDITIONS

#: Between these two lines a page lists the badges of all notebooks.
BEGIN, END = "<!-- colab -->", "<!-- /colab -->"
TABLE = re.compile(re.escape(BEGIN) + r".*?" + re.escape(END), re.DOTALL)
METADATA = {"provenance": [], "toc_visible": True}


def addressed(folder, address):
    """What the files of a checkout hold when its repository has this address.

    Nothing is written. pyproject.toml says which address the files name now.

    Args:
        folder: `Path` of the checkout.
        address: the new `Address`.

    Returns:
        dict from the path to the new text, of the files that change; pyproject.toml comes last.

    Raises:
        ValueError: pyproject.toml without an address, or a notebook that is none.
    """
    settings = folder / "pyproject.toml"
    text = _read(settings)
    try:
        old = in_pyproject(text)
    except (KeyError, ValueError) as error:
        raise ValueError(f"pyproject.toml must name the repository: {error}") from None
    home = folder / "notebooks"
    notebooks = {path: path.stem for path in sorted(home.glob("*.ipynb"))}
    # Those in other languages, each in the folder of its language.
    notebooks |= {
        path: path.relative_to(home).with_suffix("").as_posix()
        for one in EDITIONS
        for path in sorted((home / one.code).glob("*.ipynb"))
    }
    names = [name for path, name in notebooks.items() if _is_addressed(path)]
    pages = [*sorted(folder.glob("README*.md")), *sorted((folder / "docs").glob("*.md"))]
    after = {path: notebook(_read(path), name, address) for path, name in notebooks.items()}
    after |= {path: page(_read(path), old, address, names) for path in pages if path.is_file()}
    after[settings] = pyproject(text, address)
    return {path: new for path, new in after.items() if new != _read(path)}


def notebook(text, name, address):
    """The text of a notebook: first cell, badge below the title, Colab's metadata.

    Its name is that of its file, without .ipynb and with the folder of its language in front.
    One that has no first cell of the course stays as it is.
    """
    content = _cells(text, name)
    firsts = [cell for cell in content["cells"] if is_first_cell(cell)]
    if not firsts:
        return text
    for cell in firsts:
        _rewrite(cell, first_cell(address))
    title = content["cells"][0]
    if title["cell_type"] == "markdown":
        shown = badge(address, name)
        _rewrite(title, with_badge("".join(title["source"]), shown))
    content["metadata"]["colab"] = METADATA | content["metadata"].get("colab", {})
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def page(text, old, address, notebooks):
    """The text of a page: the old address replaced, and the badges, where it has a place for them.

    Example:

    >>> from segcourse.notebook.address import Address
    >>> old, new = Address("https://git.example.org/course"), Address("https://gitlab.com/kim/c")
    >>> page("git clone https://git.example.org/course.git", old, new, [])
    'git clone https://gitlab.com/kim/c'
    """
    # Not where the old address is the beginning of a longer name.
    here = re.escape(old.url.removesuffix(".git")) + r"(?:\.git)?(?![\w-]|\.\w)"
    text = re.sub(here + "(?=/)", lambda _: address.url.removesuffix(".git"), text)
    text = re.sub(here, lambda _: address.url, text)
    table = "\n".join([BEGIN, *_badges(address, notebooks), END])
    return TABLE.sub(lambda _: table, text)


def pyproject(text, address):
    """The text of pyproject.toml; only the two lines with the address and the branch change."""
    text = _set(text, "project.urls", "Repository", address.url)
    return _set(text, "tool.segcourse", "branch", address.branch)


def _badges(address, notebooks):
    if not address.github:
        return []
    rows = [f"| `{name}` | {badge(address, name)} |" for name in notebooks]
    return ["", "| notebook | |", "|---|---|", *rows, ""]


def _set(text, table, key, value):
    """`key = "value"` in a table of a TOML file, whose other lines stay as they are."""
    heading = re.search(rf"^\[{re.escape(table)}\][ \t]*$", text, re.MULTILINE)
    if heading is None:
        return f'{text.rstrip()}\n\n[{table}]\n{key} = "{value}"\n'
    end = re.compile(r"^\[", re.MULTILINE).search(text, heading.end())
    stop = end.start() if end else len(text)
    inside = text[heading.end() : stop]
    line = re.compile(rf"^{key}[ \t]*=.*$", re.MULTILINE)
    if line.search(inside):
        inside = line.sub(lambda _: f'{key} = "{value}"', inside, count=1)
    else:
        inside = f'\n{key} = "{value}"{inside}'
    return text[: heading.end()] + inside + text[stop:]


def _rewrite(cell, source):
    if "".join(cell["source"]) != source:
        cell["source"] = source.splitlines(keepends=True)


def _is_addressed(path):
    return any(is_first_cell(cell) for cell in _cells(_read(path), path.stem)["cells"])


def _cells(text, name):
    try:
        content = json.loads(text)
        for cell in content["cells"]:
            cell["cell_type"], cell["source"]  # noqa: B018 (are they there?)
        content["metadata"], content["cells"][0]  # noqa: B018
    except (ValueError, KeyError, TypeError, IndexError):
        raise ValueError(f"notebooks/{name}.ipynb is no notebook. Restore the file.") from None
    return content


def _read(path):
    # Line ends stay as they are in the file.
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()
