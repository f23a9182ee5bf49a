"""The house stands as it was drawn: imports run downhill, and the front door opens quickly."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "segcourse"
# From the top of the house to the bottom: a room may import from the rooms of later rows.
ROWS = (
    ("command",),
    ("notebook",),
    ("exercises",),
    ("training", "plots"),
    ("models",),
    ("layers", "metrics", "data"),
    ("atomic_write", "datasets", "elastic"),
)
# Below data/, these alone name a backend, inside a function that runs on that backend only.
KNOW_THEIR_BACKEND = (
    "device.py",
    "distribute.py",
    "fused_batch_normalization.py",
    "hosts.py",
    "tensorboard.py",
)
LEVEL = {room: level for level, row in enumerate(ROWS) for room in row}


def imported(path):
    """Names of all modules that the file at `path` imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports by a relative name"
            assert [alias.name for alias in node.names] != ["*"], f"{path.name}: a star import"
            yield node.module
            if node.module == "segcourse":
                yield from (f"segcourse.{alias.name}" for alias in node.names)


def files():
    return [path for path in sorted(PACKAGE.rglob("*.py")) if path.parent != PACKAGE]


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_downhill(path):
    room = path.relative_to(PACKAGE).parts[0]
    for name in imported(path):
        other = name.split(".")[1] if name.startswith("segcourse.") else room
        assert other == room or LEVEL[other] > LEVEL[room], f"{room} must not import {name}"


@pytest.mark.parametrize("room", ["layers", "models", "metrics", "training", "plots", "exercises"])
def test_only_data_knows_tensorflow(room):
    for path in (PACKAGE / room).rglob("*.py"):
        top = {name.split(".")[0] for name in imported(path)}
        assert not top & {"tensorflow", "jax", "torch"} or path.name in KNOW_THEIR_BACKEND, path


def test_importing_the_package_loads_no_framework():
    heavy = "{'keras', 'tensorflow', 'jax', 'numpy', 'matplotlib', 'IPython'}"
    code = f"import sys, segcourse; print(sorted({heavy} & set(sys.modules)))"
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=PACKAGE.parent, capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"
