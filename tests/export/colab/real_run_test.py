"""The first cell as a student in Colab runs it; only Colab itself and the network are faked.

An environment of its own stands on that of the lowest versions (`python3 -m segcourse test
--lowest` makes it), so pip installs the course beside them and changes nothing there. About a
minute, most of it TensorFlow's start.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from segcourse.command import environment
from segcourse.notebook.address import of_course

ROOT = Path(__file__).parents[3]
LOWEST = environment.local_python(ROOT / environment.LOWEST.name)
PINNED = ("keras", "tensorflow", "numpy")

pytestmark = pytest.mark.skipif(
    not environment.is_ready(ROOT, environment.LOWEST),
    reason="no .venv-lowest here; `python3 -m segcourse test --lowest` makes it",
)

SESSION = """
import importlib.metadata, json, os, sys
import google.colab  # as Colab's kernel has done before the first cell
versions = lambda: {name: importlib.metadata.version(name) for name in NAMES}
before = versions()
cells = json.load(open(NOTEBOOK, encoding="utf-8"))["cells"]
names = {}
for source in ["".join(c["source"]) for c in cells if c["cell_type"] == "code"][:2]:
    exec(source, names)
import keras, segcourse, tensorflow
print(json.dumps({
    "before": before, "after": versions(), "run": [keras.__version__, tensorflow.__version__],
    "folder": os.getcwd(), "package": segcourse.__file__,
    "installed": importlib.metadata.version("segcourse"),
    "images": len(segcourse.data.load("scenes").val),
}))
"""


@pytest.fixture(scope="module")
def setuptools(tmp_path_factory):
    """A folder with what pip builds the course with: the only thing that it has to fetch."""
    folder = tmp_path_factory.mktemp("wheels")
    fetch = [LOWEST, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, "setuptools>=77"]
    done = subprocess.run(fetch, capture_output=True, text=True, timeout=300)
    if done.returncode:
        pytest.skip(f"pip cannot fetch setuptools here: {done.stderr.strip()[-200:]}")
    return folder


@pytest.fixture
def colab(tmp_path, setuptools):
    """Runs the first two code cells of week 2 in the folder `content` of a faked Colab."""
    repository, content = tmp_path / "repository", tmp_path / "content"
    repository.mkdir()
    content.mkdir()
    for name in ("segcourse", "notebooks", "data"):
        ignored = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        shutil.copytree(ROOT / name, repository / name, ignore=ignored)
    for name in ("pyproject.toml", "requirements.txt", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, repository)
    here = of_course()
    git = ["git", "-C", repository, "-c", "user.name=t", "-c", "user.email=t@t", "-c"]
    git += ["commit.gpgsign=false"]
    for command in (["init", "-q", "-b", here.branch], ["add", "."], ["commit", "-qm", "course"]):
        subprocess.run([*git, *command], check=True, capture_output=True)

    subprocess.run([LOWEST, "-m", "venv", "--without-pip", tmp_path / "env"], check=True)
    python = environment.local_python(tmp_path / "env")
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = [
        subprocess.run([one, "-c", ask], check=True, capture_output=True, text=True).stdout.strip()
        for one in (python, LOWEST)
    ]
    fake = tmp_path / "fake" / "google" / "colab"
    fake.mkdir(parents=True)
    (fake / "__init__.py").write_text('"""Stands for Colab."""\n')
    lines = f"{tmp_path / 'fake'}\n{packages[1]}\n"
    (Path(packages[0]) / "colab.pth").write_text(lines, encoding="utf-8")

    kept = ("PATH", "LANG", "TMPDIR", "TEMP", "SYSTEMROOT", "LD_LIBRARY_PATH")
    variables = {name: os.environ[name] for name in kept if name in os.environ}
    variables |= {
        "HOME": str(tmp_path),
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "GIT_CONFIG_COUNT": "1",  # the course's address leads to the local repository
        "GIT_CONFIG_KEY_0": f"url.{repository.as_uri()}.insteadOf",
        "GIT_CONFIG_VALUE_0": here.url,
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",  # what is missing or too old in Colab could not be fetched
        "PIP_FIND_LINKS": str(setuptools),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
    notebook = ROOT / "notebooks" / "week2_bilinear_interpolation.ipynb"
    source = f"NAMES, NOTEBOOK = {PINNED!r}, {str(notebook)!r}\n{SESSION}"

    def session():
        done = subprocess.run(
            [python, "-c", source],
            cwd=content,
            env=variables,
            capture_output=True,
            text=True,
            timeout=600,
        )
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
        return json.loads(done.stdout.splitlines()[-1])

    session.content, session.repository = content, repository
    return session


def pins():
    """The lowest versions of the packages Colab brings, for this Python."""
    newer = sys.version_info >= (3, 13)
    found = {}
    for line in (ROOT / "constraints/lowest.txt").read_text(encoding="utf-8").splitlines():
        requirement, _, marker = line.partition(";")
        name, _, version = requirement.strip().partition("==")
        if name in PINNED and (not marker or (">=" in marker) == newer):
            found[name] = version
    return found


def test_a_student_in_colab_gets_the_course_and_keeps_colabs_packages(colab):
    found = colab()
    clone = colab.content / "segcourse"
    assert found["folder"] == str(clone / "notebooks")
    assert found["package"] == str(clone / "segcourse" / "__init__.py")
    assert found["installed"] and found["images"] > 100
    assert found["before"] == found["after"] == pins()
    assert found["run"] == [pins()["keras"], pins()["tensorflow"]]
    # The kernel is restarted: the clone is there, and the network no longer.
    shutil.rmtree(colab.repository)
    again = colab()
    assert again["folder"] == str(clone / "notebooks") and again["after"] == pins()
