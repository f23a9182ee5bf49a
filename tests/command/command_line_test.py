"""Arguments: which command is called with what."""

import subprocess
import sys

import pytest

from segcourse import __main__ as entry
from segcourse.command import command_line, environment, lab, run, test


def test_every_command_has_help(capsys):
    for name in command_line.COMMANDS:
        with pytest.raises(SystemExit) as end:
            command_line.parse([name, "--help"])
        assert end.value.code == 0
        assert f"python3 -m segcourse {name}" in capsys.readouterr().out


def test_help_lists_the_commands(capsys):
    with pytest.raises(SystemExit):
        command_line.parse(["--help"])
    said = capsys.readouterr().out
    assert all(name in said for name in command_line.COMMANDS)


@pytest.mark.parametrize(
    "arguments", [[], ["lap"], ["run", "--sav"], ["data"], ["progress", "a", "b"]]
)
def test_wrong_lines_end_with_status_2(arguments, capsys):
    with pytest.raises(SystemExit) as end:
        command_line.parse(arguments)
    assert end.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_lab_and_test_pass_everything_on():
    command = command_line.parse(["test", "-k", "fcn or vgg", "-x", "--", "a"])
    assert command.func is test.main and command.args == (["-k", "fcn or vgg", "-x", "--", "a"],)
    command = command_line.parse(["lab", "--no-browser", "--port=8899"])
    assert command.func is lab.main and command.args == (["--no-browser", "--port=8899"],)


def test_run_reads_its_options():
    command = command_line.parse(["run", "4", "week5", "--dataset", "camvid", "--save"])
    (options,) = command.args
    assert command.func is run.main
    assert (options.weeks, options.dataset, options.save) == (["4", "week5"], "camvid", True)


def test_reading_the_line_needs_the_standard_library_alone():
    """The commands can say what they do before anything is installed."""
    folder = environment.root()
    code = (
        "import sys\n"
        "from segcourse.command import command_line\n"
        "try: command_line.parse(['run', '--help'])\n"
        "except SystemExit: pass\n"
        "foreign = {'numpy', 'keras', 'tensorflow', 'nbformat', 'tqdm', 'jupyter_core'}\n"
        "assert not foreign & set(sys.modules), foreign & set(sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=folder, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_a_stop_is_one_line_and_a_status(monkeypatch, capsys):
    def stops(arguments):
        raise environment.Stop("the disk is full", 3)

    monkeypatch.setattr(environment, "enter", stops)
    assert entry.main(["progress"]) == 3
    assert capsys.readouterr().err == "segcourse: the disk is full\n"


def test_ctrl_c_is_status_130(monkeypatch):
    def interrupted(arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(environment, "enter", interrupted)
    assert entry.main(["progress"]) == 130
