from types import SimpleNamespace

import nbformat

from segcourse.command import environment, lint


def test_prints_each_problem_and_counts(tmp_path, monkeypatch, capsys):
    (tmp_path / "notebooks").mkdir()
    texts = (
        "# A\n\n**Time:** about 1 minutes to read, about 0 minutes for the exercises, "
        "less than a minute of computing on two CPU cores. Needs nothing.",
        "**A good place to stop.** You have seen it.",
        "## References\n\n- [A](https://arxiv.org/abs/1411.4038)",
        "## Summary",
    )
    slide = {"slideshow": {"slide_type": "slide"}}
    cells = [nbformat.v4.new_markdown_cell(text, metadata=slide) for text in texts]
    path = tmp_path / "notebooks" / "week1_a.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    monkeypatch.setattr(environment, "root", lambda: tmp_path)
    assert lint.main(SimpleNamespace(weeks=[])) == 0
    assert capsys.readouterr().out == "No problems.\n"
    nbformat.write(nbformat.v4.new_notebook(cells=cells[:3]), path)
    assert lint.main(SimpleNamespace(weeks=["1"])) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("week1_a.ipynb: cell 2") and said[-1] == "1 problem."
