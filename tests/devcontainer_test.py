"""The container for development starts what there is."""

import json
import re
from pathlib import Path

import pytest

from segcourse.command import command_line
from segcourse.command.environment import PYTHONS

ROOT = Path(__file__).parents[1]
FILE = ROOT / ".devcontainer" / "devcontainer.json"


@pytest.fixture(scope="module")
def settings():
    return json.loads(FILE.read_text(encoding="utf-8"))


def test_its_python_is_one_that_the_course_runs_on(settings):
    version = re.fullmatch(r"mcr\.microsoft\.com/.*/python:(\d+)\.(\d+)", settings["image"])
    assert tuple(map(int, version.groups())) in PYTHONS


def test_its_commands_are_commands_of_the_course(settings):
    commands = {key: value for key, value in settings.items() if key.endswith("Command")}
    assert {"postCreateCommand", "postAttachCommand"} <= commands.keys()
    for command in commands.values():
        start, _, arguments = command.partition("python3 -m segcourse ")
        assert not start
        assert command_line.parse(arguments.split())  # a wrong one ends with status 2


def test_the_port_of_jupyterlab_is_open(settings):
    port = int(re.search(r"--port[ =](\d+)", settings["postAttachCommand"]).group(1))
    assert settings["forwardPorts"] == [port]
    assert settings["portsAttributes"][str(port)]["label"] == "JupyterLab"


def test_the_editor_takes_the_environment_that_the_set_up_makes(settings):
    chosen = settings["customizations"]["vscode"]["settings"]["python.defaultInterpreterPath"]
    assert chosen == "${containerWorkspaceFolder}/.venv/bin/python"
