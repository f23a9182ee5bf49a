"""Open JupyterLab on the notebooks.

Prints the address it answers on. Ctrl-C ends it and every kernel it has started.
Arguments that this command does not know go to JupyterLab: --no-browser, --port=8899, ...
"""

import contextlib
import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

from segcourse.command import environment
from segcourse.command.signals import held_back, interrupt, interruptible, own_session

ANSWER_SECONDS = 120
FAREWELL_SECONDS = 15


def arguments(parser):
    parser.add_argument("arguments", nargs="*", help="passed on to JupyterLab")


def main(passed_on):
    """Run JupyterLab on notebooks/ until it ends; return its exit status."""
    folder = environment.root()
    token = secrets.token_hex(24)
    with interruptible():
        server = address = None
        try:
            with held_back():
                server = subprocess.Popen(
                    command(folder / "notebooks", passed_on),
                    env=variables(folder, token),
                    cwd=folder / "notebooks",
                    stdin=subprocess.DEVNULL,
                    **own_session(),
                )
            address = wait_for_address(server, token)
            if address:
                print(f"JupyterLab: {address}\nCtrl-C ends it.", flush=True)
            return server.wait()
        except KeyboardInterrupt:
            if server is not None:
                end(server, answers=address is not None)
            print("\nJupyterLab has ended.", file=sys.stderr)
            return 0


def variables(folder, token):
    """The environment of the server and its kernels, which keep TensorFlow's log out of cells."""
    startup = str(Path(__file__).with_name("kernel_startup.py"))
    found = {**environment.variables(folder), "JUPYTER_TOKEN": token}
    return {"PYTHONSTARTUP": startup, **found}  # one that the user has set stays


def command(notebooks, passed_on):
    """The command line of JupyterLab; what the user gives comes last and wins."""
    own = [
        f"--ServerApp.root_dir={notebooks}",
        # One Ctrl-C is enough: without this, JupyterLab asks back and waits for an answer.
        "--ServerApp.answer_yes=True",
        "--log-level=WARN",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        own.append("--allow-root")  # as in most containers
    return [sys.executable, "-m", "jupyterlab", *own, *passed_on]


def wait_for_address(server, token):
    """The address of the server once it answers; None where it ended or tells none in time."""
    from jupyter_server.serverapp import list_running_servers

    end_time = time.monotonic() + ANSWER_SECONDS
    while server.poll() is None and time.monotonic() < end_time:
        for info in list_running_servers():
            if info["token"] == token or info["pid"] == server.pid:
                key = f"?token={info['token']}" if info["token"] else ""
                return f"{info['url']}lab{key}"
        time.sleep(0.2)
    return None


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
    _, alive = psutil.wait_procs(started, timeout=2)
    for process in alive:
        with contextlib.suppress(psutil.Error):
            process.kill()
