from types import SimpleNamespace

import nbformat

from segcourse.command import environment, lint


def test_prints_each_problem_and_counts(tmp_path, monkeypatch, capsys):
    (tmp_path / "notebooks").mkdir()
    cells = [nbformat.v4.new_markdown_cell("# A\n\n1 minutes. Needs nothing."), None]
    cells[1] = nbformat.v4.new_markdown_cell("## Summary")
    path = tmp_path / "notebooks" / "week1_a.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    monkeypatch.setattr(environment, "root", lambda: tmp_path)
    assert lint.main(SimpleNamespace(weeks=[])) == 0
    assert capsys.readouterr().out == "No problems.\n"
    nbformat.write(nbformat.v4.new_notebook(cells=cells[:1]), path)
    assert lint.main(SimpleNamespace(weeks=["1"])) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("week1_a.ipynb: cell 0") and said[-1] == "1 problem."
