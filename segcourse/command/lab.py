"""Open JupyterLab on the notebooks.

With SEGCOURSE_LANG=ko it opens those in Korean. It begins with a page of the weeks, of your
progress, and of what to open next. Prints the address it answers on: where a port is in use, the
next one. Ctrl-C ends it and every kernel it has started. Arguments that this command does not know
go to JupyterLab: --no-browser, --port=8899, ...
"""

import contextlib
import json
import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

from segcourse.command import environment, weeks
from segcourse.command.console.signals import held_back, interrupt, interruptible, own_session
from segcourse.command.jupyter import workspace
from segcourse.texts import _, language

ANSWER_SECONDS = 600
FAREWELL_SECONDS = 15
RENEWAL_SECONDS = 2  # between two looks at the record, for the page at the start
#: Arguments with which another page is opened, or another folder.
ELSEWHERE = ("--LabApp.default_url", "--ServerApp.root_dir", "--notebook-dir")


def arguments(parser):
    parser.add_argument("arguments", nargs="*", help="passed on to JupyterLab")


def main(passed_on):
    """Run JupyterLab on the notebooks until it ends; return its exit status."""
    folder = environment.root()
    notebooks = weeks.home_of(folder, language())
    start = None if elsewhere(passed_on) else write_start_page(notebooks)
    token = secrets.token_hex(24)
    with interruptible():
        server = address = None
        try:
            with held_back():
                server = subprocess.Popen(
                    command(notebooks, passed_on, start, workspace.prepared(folder)),
                    env=variables(folder, token),
                    cwd=notebooks,
                    stdin=subprocess.DEVNULL,
                    **own_session(),
                )
            address = wait_for_address(server, token, start)
            if address:
                print(f"JupyterLab: {address}", _("Ctrl-C ends it."), sep="\n", flush=True)
            return wait(server, notebooks) if start else server.wait()
        except KeyboardInterrupt:
            if server is not None:
                end(server, answers=address is not None)
            print("\n" + _("JupyterLab has ended."), file=sys.stderr)
            return 0


def elsewhere(passed_on):
    """Whether the user has JupyterLab begin with something else."""
    return any(argument.startswith(ELSEWHERE) for argument in passed_on)


def write_start_page(notebooks):
    """The name of the page that JupyterLab begins with, or None where there is none."""
    from segcourse.progress import start_page

    return start_page.write(notebooks)


def wait(server, notebooks):
    """Until the server ends; gives its exit status. The first page follows the record."""
    from segcourse.exercises.judging import record

    known = _changed(record.path())
    while True:
        try:
            return server.wait(RENEWAL_SECONDS)
        except subprocess.TimeoutExpired:
            now = _changed(record.path())
            if now != known:
                known = now
                write_start_page(notebooks)


def _changed(path):
    """When a file was written last; None where there is none."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None


def variables(folder, token):
    """The environment of the server and its kernels.

    They keep TensorFlow's log out of cells, and JupyterLab has the settings of
    `segcourse/command/jupyter/`: no news, pages of text as they are read, whole names of
    notebooks. What the user has set in JupyterLab stays.
    """
    here = Path(__file__).parent
    startup = str(here / "jupyter" / "kernel_startup.py")
    found = {**environment.variables(folder), "JUPYTER_TOKEN": token}
    paths = [str(here / "jupyter"), found.get("JUPYTER_CONFIG_PATH", "")]
    found["JUPYTER_CONFIG_PATH"] = os.pathsep.join(path for path in paths if path)
    return {"PYTHONSTARTUP": startup, **found}  # one that the user has set stays


def command(notebooks, passed_on, start=None, workspaces=None):
    """The command line of JupyterLab; what the user gives comes last and wins.

    Args:
        notebooks: path of their folder.
        passed_on: list of the user's arguments.
        start: name of the page to begin with, or None.
        workspaces: path of the folder for what is open, or None for JupyterLab's own.
    """
    own = [
        f"--ServerApp.root_dir={notebooks}",
        # One Ctrl-C is enough: without this, JupyterLab asks back and waits for an answer.
        "--ServerApp.answer_yes=True",
        "--log-level=WARN",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.news_url=None",
    ]
    if workspaces:
        own.append(f"--LabApp.workspaces_dir={workspaces}")
    if start:
        own.append(f"--LabApp.default_url=/lab/tree/{start}")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        own.append("--allow-root")  # as in most containers
    return [sys.executable, "-m", "jupyterlab", *own, *passed_on]


def wait_for_address(server, token, start=None):
    """The address of the page `start` once the server answers; None where it does not in time."""
    end_time, began = time.monotonic() + ANSWER_SECONDS, time.time()
    page = f"/tree/{start}" if start else ""
    while server.poll() is None and time.monotonic() < end_time:
        for info in _servers_since(began - 5):
            # On Windows, the process that was started may have started the server in its turn.
            if info.get("token") == token or info.get("pid") == server.pid:
                key = f"?token={info['token']}" if info["token"] else ""
                return f"{info['url']}lab{page}{key}"
        time.sleep(0.1)
    return None


def _servers_since(began):
    """What each server that was started since has written about itself.

    `jupyter_server` lists them, too, and takes a second to be imported while the server is being
    imported. Files of servers that were killed stay, and numbers of processes come again.
    """
    from jupyter_core.paths import jupyter_runtime_dir

    for path in Path(jupyter_runtime_dir()).glob("jpserver-*.json"):
        with contextlib.suppress(OSError, ValueError):  # ended meanwhile, or half written
            if path.stat().st_mtime >= began:
                yield json.loads(path.read_bytes())


def end(server, answers=True):
    """Let the server end its kernels and itself; insist where one of them does not.

    One that does not answer yet has no kernels, and would take Ctrl-C for an error of its imports.
    """
    import psutil

    try:
        started = psutil.Process(server.pid).children(recursive=True)
    except psutil.Error:
        started = []
    steps = (lambda: interrupt(server), server.terminate, server.kill)
    for insist in steps if answers else steps[1:]:
        with contextlib.suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
            insist()
            server.wait(FAREWELL_SECONDS)
        if server.poll() is not None:
            break
    # A kernel that was just starting, or is busy, may outlive the server by a moment.
    alive = psutil.wait_procs(started, timeout=2)[1]
    for process in alive:
        with contextlib.suppress(psutil.Error):
            process.kill()
