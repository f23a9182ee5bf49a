"""A Sphinx extension: formulas as MathML, which browsers draw without a script or a network."""

from latex2mathml.converter import convert

NAME = "mathml"


def setup(app):
    app.add_html_math_renderer(NAME, (_inline, None), (_block, None))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _inline(writer, node):
    writer.body.append(convert(node.astext()))
    _skip()


def _block(writer, node):
    attributes = {"CLASS": "math-block"}
    if node.get("ids"):
        attributes["ids"] = node["ids"]
    writer.body.append(writer.starttag(node, "div", **attributes))
    if node.get("number"):
        writer.body.append(f'<span class="eqno">({node["number"]})</span>')
    writer.body.append(convert(node.astext(), display="block"))
    writer.body.append("</div>\n")
    _skip()


def _skip():
    """What stands below the node is its source, which is not to be written as well."""
    from docutils.nodes import SkipNode

    raise SkipNode
