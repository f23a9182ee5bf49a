"""What imports look like, who may name a framework, and that the front door opens quickly.

Which way they run between the rooms stands in pyproject.toml; `lint-imports` checks it.
"""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "segcourse"
# Below data/, these alone name a backend, inside a function that runs on that backend only.
KNOW_THEIR_BACKEND = (
    "aligned_corners.py",
    "assertion.py",
    "device.py",
    "distribute.py",
    "fused_batch_normalization.py",
    "inference.py",
    "litert_file.py",
    "on_hosts.py",
    "onnx_file.py",
    "tensorboard.py",
)


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


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_imports_are_absolute_and_name_what_they_take(path):
    assert all(name for name in imported(path))


def test_no_file_is_too_long_and_no_room_too_full():
    for path in PACKAGE.rglob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) < 500, path
    for folder in (path for path in PACKAGE.rglob("*") if path.is_dir()):
        modules = [path for path in folder.glob("*.py") if path.name != "__init__.py"]
        assert len(modules) <= 16 or folder.name == "plots", folder


@pytest.mark.parametrize(
    "room", ["layers", "models", "metrics", "training", "plots", "exercises", "project"]
)
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


def test_a_name_of_the_data_is_loaded_when_it_is_used():
    code = (
        "import sys; from segcourse import data; assert 'load' in dir(data);"
        "heavy = {'tensorflow', 'PIL'}; assert not heavy & set(sys.modules);"
        "data.Split; print('segcourse.data.split' in sys.modules)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=PACKAGE.parent, capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "True"
