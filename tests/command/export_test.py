import pytest

from segcourse.command import command_line, export


def test_each_kind_has_its_module_and_help(capsys):
    there = [kind for kind in export.KINDS if export._load(kind)]
    assert "nbgrader" in there
    for kind in there:
        with pytest.raises(SystemExit) as end:
            command_line.parse(["export", kind, "--help"])
        assert end.value.code == 0
        said = capsys.readouterr().out
        assert f"python3 -m segcourse export {kind}" in said
        assert export._load(kind).__doc__.splitlines()[0] in said


@pytest.mark.parametrize("line", [["export"], ["export", "pdf"], ["export", "nbgrader"]])
def test_wrong_lines_end_with_status_2(line, capsys):
    with pytest.raises(SystemExit) as end:
        command_line.parse(line)
    assert end.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_the_kind_gets_its_options(monkeypatch):
    asked = []
    monkeypatch.setattr(export._load("nbgrader"), "main", lambda options: asked.append(options))
    command_line.parse(["export", "nbgrader", "DIR", "--weeks", "week2", "3"])()
    assert (asked[0].folder, asked[0].weeks) == ("DIR", ["week2", "3"])
