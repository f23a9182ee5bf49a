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


def test_answers_and_leaves_no_process(tmp_path):
    (tmp_path / "notebooks").mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code = (
        "import pathlib, sys\n"
        "from segcourse.command import environment, lab\n"
        "environment.root = lambda: pathlib.Path(sys.argv[1])\n"
        "sys.exit(lab.main(['--no-browser', sys.argv[2]]))\n"
    )
    variables = environment.variables(environment.root())
    variables |= {"HOME": str(tmp_path), "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime")}
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
        assert f":{port}/lab?token=" in address
        with urllib.request.urlopen(address, timeout=60) as page:
            assert page.status == 200
        start = urllib.request.Request(
            address.replace("/lab?", "/api/kernels?"), data=json.dumps({}).encode(), method="POST"
        )
        with urllib.request.urlopen(start, timeout=60) as answer:
            assert answer.status == 201
        family += psutil.Process(process.pid).children(recursive=True)
        assert len(family) >= 2  # the server and a kernel
        process.send_signal(signal.SIGINT)
        assert process.wait(90) == 0
        time.sleep(0.1)
        assert not [p for p in family if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]
    finally:
        end(process, family)
