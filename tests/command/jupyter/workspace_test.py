"""What JupyterLab is opened with for the first time."""

import json

from segcourse.command.jupyter import workspace


def test_it_is_made_once_and_then_stays_as_the_reader_left_it(tmp_path):
    home = workspace.prepared(tmp_path)
    assert home == tmp_path / ".segcourse" / "workspaces"
    (file,) = home.iterdir()
    assert json.loads(file.read_text())["metadata"] == {"id": "default"}
    file.write_text("the reader's")
    assert workspace.prepared(tmp_path) == home
    assert file.read_text() == "the reader's"


def test_jupyterlab_finds_it_under_the_name_of_its_default_workspace(tmp_path):
    from jupyterlab_server.workspaces_handler import WorkspacesManager

    found = WorkspacesManager(str(workspace.prepared(tmp_path))).load("default")
    assert found["data"] == workspace.FIRST["data"]


def test_where_nothing_can_be_written_jupyterlab_keeps_its_own(tmp_path):
    (tmp_path / ".segcourse").write_text("a file")
    assert workspace.prepared(tmp_path) is None
