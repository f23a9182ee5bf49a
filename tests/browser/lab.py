"""JupyterLab as a reader starts it, on a copy of the course."""

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
# Neither what git ignores, nor what no reader opens.
LEFT_OUT = (".*", "build", "my_project", "hand_in", "__pycache__", "*.egg-info", "tests")
# What would make it another JupyterLab than a reader's. Kernels that believe themselves in pytest
# let what is written to file descriptor 2 pass by, and no cell shows it.
NOT_HANDED_ON = (
    "PYTEST_CURRENT_TEST",
    "PYTHONSTARTUP",
    "KERAS_BACKEND",
    "SEGCOURSE_QUIET",
    "SEGCOURSE_STRICT",
    "SEGCOURSE_DATASET",
    "SEGCOURSE_MANUAL_DIR",
)
ANSWER_SECONDS = 60
FAREWELL_SECONDS = 90


class Lab:
    """The process of `python3 -m segcourse lab --no-browser`, from its start to its end.

    Whatever it writes lies in `folder`: notebooks, progress, settings, caches.
    """

    def __init__(self, folder):
        self.course = folder / "course"
        shutil.copytree(CHECKOUT, self.course, ignore=shutil.ignore_patterns(*LEFT_OUT))
        home = folder / "home"
        home.mkdir()
        own = {
            "HOME": str(home),
            "SEGCOURSE_PROGRESS_FILE": str(folder / "progress.json"),
            "SEGCOURSE_PROJECT_MINUTES": "0.5",
        }
        handed_on = {k: v for k, v in os.environ.items() if k not in NOT_HANDED_ON}
        self._variables = {
            name: value for name, value in handed_on.items() if not name.startswith("JUPYTER")
        } | own
        self._log = folder / "log.txt"

    def __enter__(self):
        command = ["-m", "segcourse", "lab", "--no-browser", "--LabApp.expose_app_in_browser=True"]
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                [sys.executable, *command],
                cwd=self.course,
                env=self._variables,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        line = self._process.stdout.readline()
        found = re.search(r"(http://\S+?)/lab\S*?[?&]token=(\w+)", line)
        if not found:
            self.__exit__()
            raise AssertionError(f"lab printed no address: {line!r}\n{self._log.read_text()}")
        self.address, self._token = found.groups()
        self.first_page = re.search(r"http://\S+", line).group()
        return self

    def __exit__(self, *_):
        """As by Ctrl-C."""
        self._process.terminate()
        try:
            self._process.wait(FAREWELL_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._process.stdout.close()

    def page_of(self, path):
        """The address of a file below notebooks/, with nothing else open."""
        return f"{self.address}/lab/workspaces/tests/tree/{path}?token={self._token}&reset"

    def put_fresh(self, name):
        """The notebook as the course has it, whatever a test before made of it."""
        file = f"{name}.ipynb"
        shutil.copyfile(CHECKOUT / "notebooks" / file, self.course / "notebooks" / file)

    def end_kernels(self):
        for session in json.loads(self._ask("GET", "/api/sessions")):
            self._ask("DELETE", f"/api/sessions/{session['id']}")

    def _ask(self, method, path):
        headers = {"Authorization": f"token {self._token}"}
        asked = urllib.request.Request(self.address + path, method=method, headers=headers)
        with urllib.request.urlopen(asked, timeout=ANSWER_SECONDS) as answer:
            return answer.read()
