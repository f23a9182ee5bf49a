"""A notebook as one HTML page."""

import copy
import re

import nbconvert


def to_html(notebook, title):
    """Return the page (str), pictures inside it.

    A picture's alternative text is the first sentence of the prose that follows its cell.
    """
    exporter = nbconvert.HTMLExporter(embed_images=True, exclude_anchor_links=True)
    resources = {"metadata": {"name": title}}
    page, _ = exporter.from_notebook_node(with_alternative_texts(notebook), resources=resources)
    return page


def with_alternative_texts(notebook):
    """A copy whose pictures name their alternative text where nbconvert looks for it."""
    described = copy.deepcopy(notebook)
    following = [*described.cells[1:], None]
    for cell, after in zip(described.cells, following, strict=True):
        if cell.cell_type != "code" or after is None or after.cell_type != "markdown":
            continue
        for output in cell.outputs:
            for kind in output.get("data", {}):
                if kind.startswith("image/"):
                    output.metadata.setdefault(kind, {}).setdefault("alt", _sentence(after.source))
    return described


def _sentence(markdown):
    """The first sentence of a text, without marks, headings and quotes."""
    lines = [line for line in markdown.splitlines() if not line.startswith("#")]
    plain = re.sub(r"[*`$_\"<>]", "", " ".join(lines)).strip()
    return re.split(r"(?<=[.!?])\s", plain)[0]
