"""JupyterLab as a real process: it answers on the printed address, and Ctrl-C leaves nothing."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import nbformat
import psutil
import pytest

from segcourse.command import environment, lab
from segcourse.command.jupyter import workspace
from segcourse.notebook.execute import execute


def test_arguments_of_the_user_come_last():
    command = lab.command("notebooks", ["--port=1"])
    assert command[:3] == [sys.executable, "-m", "jupyterlab"]
    assert command[-1] == "--port=1"


def test_kernels_import_tensorflow_without_its_log(tmp_path, monkeypatch):
    (tmp_path / "tensorflow.py").write_text("import os; os.write(2, b'I0000 log'); there = 1")
    monkeypatch.delenv("PYTHONSTARTUP", raising=False)
    own = lab.variables(environment.root(), "token")
    own["PYTHONPATH"] = str(tmp_path) + os.pathsep + own["PYTHONPATH"]
    own.pop("PYTEST_CURRENT_TEST", None)  # with it, kernels show nothing that is written to 2
    sources = (
        "print([name for name in dir() if 'quiet' in name])",
        "import tensorflow\nprint(tensorflow.there)",
        "import os; _ = os.write(2, b'said\\n')",
    )
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    notebook = nbformat.v4.new_notebook(cells=cells)
    assert [failure.line for failure in execute(notebook, tmp_path, own)] == ["warns: said"]
    said = [output.text for cell in notebook.cells for output in cell.outputs]
    assert said == ["[]\n", "1\n", "said\n"]


@pytest.mark.skipif(os.name == "nt", reason="sends SIGINT to a group of processes")
def test_ctrl_c_while_it_starts_is_no_error(tmp_path):
    """As a terminal does it: every process of the group gets it, this one and the server."""
    # Stands in for JupyterLab's long imports.
    package = tmp_path / "notebooks" / "jupyterlab"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(
        "import pathlib, time\npathlib.Path('../started').touch()\ntime.sleep(60)"
    )
    code = (
        "import os, pathlib, sys\n"
        "from segcourse.command import environment, lab\n"
        "folder = pathlib.Path(sys.argv[1])\n"
        "environment.root = lambda: folder\n"
        "sys.exit(lab.main([]))\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stderr=subprocess.PIPE, text=True,
        env=environment.variables(environment.root()), start_new_session=True,
    )  # fmt: skip
    try:
        limit = time.monotonic() + 30
        while not (tmp_path / "started").exists() and time.monotonic() < limit:
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=30)
        assert (process.returncode, said) == (0, "\nJupyterLab has ended.\n")
    finally:
        process.kill()


@pytest.mark.skipif(os.name == "nt", reason="sends SIGINT to one process")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_while_the_server_is_started_leaves_no_process(monkeypatch, capsys, number):
    started = []
    popen = subprocess.Popen

    def start(*_, **settings):
        started.append(popen([sys.executable, "-c", "import time; time.sleep(60)"]))
        signal.raise_signal(number)
        return started[-1]

    monkeypatch.setattr(lab.subprocess, "Popen", start)
    assert lab.main([]) == 0
    assert started[0].poll() is not None
    assert "JupyterLab has ended" in capsys.readouterr().err


def end(process, family):
    """Kills it with its family, of which each holds its streams open."""
    with contextlib.suppress(psutil.NoSuchProcess):
        family += psutil.Process(process.pid).children(recursive=True)
    process.kill()
    for one in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            one.kill()
    process.communicate()


def notebook(folder, name, heading):
    cell = nbformat.v4.new_markdown_cell(f"# {heading}")
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), folder / name)


def fetched(address, path):
    """The JSON of one more path of the server that answers on `address`."""
    there = re.sub(r"/lab[^?]*\?", f"/{path}?", address)
    with urllib.request.urlopen(there, timeout=60) as answer:
        return json.load(answer)


def test_answers_on_the_next_port_with_a_start_page_and_leaves_no_process(tmp_path):
    (tmp_path / "notebooks").mkdir()
    notebook(tmp_path / "notebooks", "week1_first.ipynb", "Week 1 · First")
    code = (
        "import pathlib, sys\n"
        "from segcourse.command import environment, lab\n"
        "environment.root = lambda: pathlib.Path(sys.argv[1])\n"
        "sys.exit(lab.main(['--no-browser', sys.argv[2]]))\n"
    )
    variables = environment.variables(environment.root())
    variables |= {"HOME": str(tmp_path), "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime")}
    variables |= {"SEGCOURSE_PROGRESS_FILE": str(tmp_path / "progress.json")}
    taken = socket.create_server(("127.0.0.1", 0))
    port = taken.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path), f"--port={port}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        env=variables,
    )
    family = []
    try:
        address = re.search(r"http://\S+", process.stdout.readline()).group()
        assert re.search(r":\d+/lab/tree/start\.md\?token=", address)
        assert f":{port}/" not in address
        with urllib.request.urlopen(address, timeout=60) as page:
            assert page.status == 200
            shown = page.read().decode()
        assert re.search(r'"news":\s*{"disabled":\s*true}', shown)
        start = fetched(address, "api/contents/start.md")["content"]
        assert "| [Week 1 · First](week1_first.ipynb) | 0 of 7 | 0 of 4 | - |" in start
        browser = fetched(address, "lab/api/settings/@jupyterlab/filebrowser-extension:browser")
        assert browser["schema"]["properties"]["showLastModifiedColumn"]["default"] is False
        layout = fetched(address, "lab/api/workspaces/default")["data"]["layout-restorer:data"]
        assert layout["relativeSizes"][0] == workspace.PANEL
        (tmp_path / "progress.json").write_text(
            '{"1.1": {"outcome": "right", "when": "2026-01-31", "attempts": 1}}'
        )
        limit = time.monotonic() + 60
        while "1 of 7" not in (tmp_path / "notebooks/start.md").read_text("utf-8"):
            assert time.monotonic() < limit
            time.sleep(0.1)
        kernel = urllib.request.Request(
            re.sub(r"/lab[^?]*\?", "/api/kernels?", address),
            data=json.dumps({}).encode(),
            method="POST",
        )
        with urllib.request.urlopen(kernel, timeout=60) as answer:
            assert answer.status == 201
        family += psutil.Process(process.pid).children(recursive=True)
        assert len(family) >= 2  # the server and a kernel
        process.send_signal(signal.SIGINT)
        assert process.wait(90) == 0
        time.sleep(0.1)
        assert not [p for p in family if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]
    finally:
        end(process, family)
        taken.close()


@pytest.mark.parametrize("argument", ["--LabApp.default_url=/lab", "--ServerApp.root_dir=/tmp"])
def test_who_begins_elsewhere_gets_no_start_page(argument):
    assert lab.elsewhere(["--no-browser", argument])
    assert not lab.elsewhere(["--no-browser", "--port=8899"])


def test_the_file_of_a_killed_server_is_not_taken_for_the_new_one(tmp_path, monkeypatch):
    """It may have the same number: processes get theirs again."""
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as server:
        try:
            old, new = tmp_path / "jpserver-1.json", tmp_path / "jpserver-2.json"
            about = {"pid": server.pid, "token": "", "url": "http://old/"}
            old.write_text(json.dumps(about))
            os.utime(old, (1, 1))
            (tmp_path / "jpserver-3.json").write_text('{"pid": ')
            new.write_text(json.dumps({**about, "url": "http://new/"}))
            assert (
                lab.wait_for_address(server, "token", "start.md") == "http://new/lab/tree/start.md"
            )
        finally:
            server.kill()


def test_news_are_off_and_the_start_page_is_opened():
    command = lab.command("notebooks", [], "start.md", "there")
    assert "--LabApp.news_url=None" in command
    assert "--LabApp.default_url=/lab/tree/start.md" in command
    assert "--LabApp.workspaces_dir=there" in command


def test_settings_of_the_user_stay(monkeypatch):
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/mine")
    paths = lab.variables(environment.root(), "token")["JUPYTER_CONFIG_PATH"].split(os.pathsep)
    assert paths[-1] == "/mine" and len(paths) == 2
