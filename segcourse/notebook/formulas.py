"""Formulas of a page as MathML, which browsers draw themselves: no script and no network."""

from latex2mathml.converter import convert
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath


class _Renderer(IPythonRenderer):
    """Markdown with `$…$` and `$$…$$` as MathML."""

    def inline_math(self, body):
        return convert(body)

    def block_math(self, body):
        return convert(body, display="block")

    def latex_environment(self, name, body):
        return convert(rf"\begin{{{name}}}{body}\end{{{name}}}", display="block")


def markdown_to_html(text):
    r"""HTML (str) of a text in Markdown, its formulas as MathML.

    >>> "<mfrac>" in markdown_to_html(r"a half: $\frac{1}{2}$")
    True
    """
    renderer = _Renderer(escape=False, embed_images=True, exclude_anchor_links=True)
    return MarkdownWithMath(renderer=renderer).render(text)
