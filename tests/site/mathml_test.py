"""Formulas on pages: MathML, and no source beside it."""

from docutils import nodes
from sphinx.testing.util import SphinxTestApp

from segcourse.site import mathml

PAGE = """Title
=====

Inside :math:`a_1 < b`, and set apart:

.. math::
   :label: half

   \\frac{1}{2}
"""


def test_formulas_of_a_page(tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "index.rst").write_text(PAGE)
    (source / "conf.py").write_text("")
    app = SphinxTestApp(
        "html",
        srcdir=source,
        builddir=tmp_path / "out",
        confoverrides={
            "extensions": ["segcourse.site.mathml"],
            "html_math_renderer": mathml.NAME,
            "html_theme": "basic",
        },
    )
    app.build()
    page = (app.outdir / "index.html").read_text(encoding="utf-8")
    app.cleanup()
    assert page.count("<math ") == 2
    assert "<mfrac>" in page and 'display="block"' in page
    assert 'id="equation-half"' in page and "(1)" in page
    assert "\\frac" not in page and "mathjax" not in page.lower()


def test_the_source_of_a_formula_is_skipped():
    class Writer:
        body = []

    try:
        mathml._inline(Writer, nodes.math("x", "x"))
    except nodes.SkipNode:
        pass
    assert Writer.body[0].startswith("<math")
