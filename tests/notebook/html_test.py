import re

import nbformat
import pytest

from segcourse.notebook.formulas import markdown_to_html
from segcourse.notebook.html import to_html, with_alternative_texts


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


def test_figures_of_a_log_and_of_a_loss_have_words_of_their_own():
    def alt(source, *after):
        cell = nbformat.v4.new_code_cell(source)
        cell.outputs = [nbformat.v4.new_output("display_data", data={"image/png": "AA"})]
        book = nbformat.v4.new_notebook(cells=[cell, *map(nbformat.v4.new_markdown_cell, after)])
        output = with_alternative_texts(book).cells[0].outputs[0]
        return output.metadata.get("image/png", {}).get("alt")

    assert alt("work.log.draw()\nplt.show()").startswith("Bars: the mean IoU on the validation")
    loss = 'plots.curves({"final": final.history}, metrics=("loss",))'
    assert alt(loss, "It falls quickly.") == "A line: the training loss after each epoch."
    assert alt("plots.curves(a)", "Two curves. More.") == "Two curves."
    assert alt("plots.curves(a)") is None
