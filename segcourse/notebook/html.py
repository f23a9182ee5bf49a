"""A notebook as one HTML page."""

import copy
import re
from html import escape

import jinja2
import nbconvert

from segcourse.notebook.formulas import markdown_to_html
from segcourse.texts import N_, _

# nbconvert's own template of pictures has no place for an alternative text, and it loads scripts
# from the network: a page of the course needs none.
TEMPLATE = """{% extends 'lab/index.html.j2' %}
{% block html_head_js %}{% endblock %}
{% block html_head_js_mathjax %}{% endblock %}
{% block html_head_js_mermaidjs %}{% endblock %}
{% block jupyter_widgets %}{% endblock %}
{% block data_png scoped %}{{ super() | describe(output, 'image/png') }}{% endblock %}
{% block data_jpg scoped %}{{ super() | describe(output, 'image/jpeg') }}{% endblock %}
"""

_CALLS = {
    r"\blog\.draw\(": N_(
        "Bars: the mean IoU on the validation images of each training in the log, in their order, "
        "the best one marked."
    ),
    r"\bplots\.curves\([^)]*\bmetrics=\(?[\"']loss[\"'],?\)?": N_(
        "A line: the training loss after each epoch."
    ),
}


def to_html(notebook, title):
    """Return the page (str), pictures inside it, formulas as MathML; it needs no network.

    A picture's alternative text is the first sentence of the prose that follows its cell.
    """
    exporter = nbconvert.HTMLExporter(
        extra_loaders=[jinja2.DictLoader({"described.html.j2": TEMPLATE})],
        template_file="described.html.j2",
        filters={"describe": _describe, "markdown2html": markdown_to_html},
        embed_images=True,
        exclude_anchor_links=True,
        language_code=notebook.metadata.get("segcourse", {}).get("language", "en"),
    )
    resources = {"metadata": {"name": title}}
    page, _ = exporter.from_notebook_node(with_alternative_texts(notebook), resources=resources)
    return page


def with_alternative_texts(notebook):
    """A copy whose pictures carry their alternative text in the metadata of the output.

    It is the first sentence of the text that follows. The figures of a log and of curves have words
    of their own, since they stand in cells that students move, where no text follows.
    """
    described = copy.deepcopy(notebook)
    following = [*described.cells[1:], None]
    for cell, after in zip(described.cells, following, strict=True):
        if cell.cell_type != "code":
            continue
        text = _of_the_call(cell.source) or _that_follows(after)
        for output in cell.outputs if text else ():
            for kind in output.get("data", {}):
                if kind.startswith("image/"):
                    output.metadata.setdefault(kind, {}).setdefault("alt", text)
    return described


def _of_the_call(source):
    """Words for what a call of the course draws, or None."""
    return next((_(text) for call, text in _CALLS.items() if re.search(call, source)), None)


def _that_follows(cell):
    return _sentence(cell.source) if cell is not None and cell.cell_type == "markdown" else None


def _describe(html, output, kind):
    alt = output.metadata.get(kind, {}).get("alt", "")
    return html.replace("<img ", f'<img alt="{escape(alt)}" ', 1)


def _sentence(markdown):
    """The first sentence of a text, without marks, headings and quotes."""
    lines = [line for line in markdown.splitlines() if not line.startswith("#")]
    plain = re.sub(r"[*`$_\"<>]", "", " ".join(lines)).strip()
    return re.split(r"(?<=[.!?])\s", plain)[0]
