import re

import nbformat
import pytest

from segcourse.notebook.formulas import markdown_to_html
from segcourse.notebook.html import to_html


def page(*texts):
    cells = [nbformat.v4.new_markdown_cell(text) for text in texts]
    return to_html(nbformat.v4.new_notebook(cells=cells), "a page")


def test_a_page_loads_nothing():
    """No script, style or picture from anywhere: it is read without a network."""
    found = page("# Title", "$x^2$", "[a link](https://arxiv.org/abs/1411.4038)")
    assert not re.findall(r"<(?:script|link|img)[^>]*(?:src|href)=", found)
    assert "import(" not in found and "@import" not in found


@pytest.mark.parametrize(
    "text, tag",
    [
        (r"so $\frac{1}{2}$ is", "mfrac"),
        ("$$\\sum_i x_i$$", "munder"),
        (r"\begin{matrix}1 & 2\end{matrix}", "mtable"),
    ],
)
def test_formulas_are_mathml(text, tag):
    found = markdown_to_html(text)
    assert f"<{tag}" in found and "$" not in found


def test_code_stays_code():
    assert "<code>$HOME$</code>" in markdown_to_html("write `$HOME$`")
