"""Which language a reader is spoken to in."""

import json
import subprocess
import sys
import types
from pathlib import Path

import pytest

from segcourse.translation import language as module
from segcourse.translation.language import in_language, language, of_folder

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def plain(monkeypatch, tmp_path):
    monkeypatch.delenv("SEGCOURSE_LANG", raising=False)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    monkeypatch.chdir(tmp_path)
    module._of_the_notebook.cache_clear()
    yield
    module._of_the_notebook.cache_clear()


def notebook(path, **metadata):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"cells": [], "metadata": metadata}), encoding="utf-8")
    return path


def test_english_by_default():
    assert language() == ""


@pytest.mark.parametrize(("said", "wanted"), [("ko", "ko"), ("en", ""), ("xx", ""), ("", "")])
def test_the_variable(monkeypatch, said, wanted):
    monkeypatch.setenv("SEGCOURSE_LANG", said)
    assert language() == wanted


def test_what_the_program_chooses_comes_first(monkeypatch):
    monkeypatch.setenv("SEGCOURSE_LANG", "ko")
    with in_language("en"):
        assert language() == ""
        with in_language("ko"):
            assert language() == "ko"
        assert language() == ""
    assert language() == "ko"


def test_the_metadata_of_the_notebook_that_jupyter_names(monkeypatch, tmp_path):
    path = notebook(tmp_path / "copy.ipynb", segcourse={"language": "ko"})
    monkeypatch.setenv("JPY_SESSION_NAME", str(path))
    assert language() == "ko"


def test_an_english_notebook_is_english_wherever_the_kernel_works(monkeypatch, tmp_path):
    (tmp_path / "notebooks/ko").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "notebooks/ko")
    assert language() == "ko"  # as `pytest --nbval` runs it
    monkeypatch.setenv("JPY_SESSION_NAME", str(notebook(tmp_path / "week1.ipynb")))
    assert language() == ""


def test_the_folder_where_metadata_are_lost(monkeypatch, tmp_path):
    path = notebook(tmp_path / "notebooks/ko/week1.ipynb")
    monkeypatch.setenv("JPY_SESSION_NAME", str(path))
    assert language() == "ko"


def test_vs_code(monkeypatch, tmp_path):
    path = notebook(tmp_path / "copy.ipynb", segcourse={"language": "ko"})
    shell = types.SimpleNamespace(user_ns={"__vsc_ipynb_file__": str(path)})
    fake = types.SimpleNamespace(get_ipython=lambda: shell)
    monkeypatch.setitem(sys.modules, "IPython", fake)
    assert language() == "ko"


@pytest.mark.parametrize("metadata", [{"segcourse": {"language": "ko"}}, {}, None])
def test_colab(monkeypatch, metadata):
    def blocking_request(name, timeout_sec):
        if metadata is None:
            raise TimeoutError
        return {"ipynb": {"metadata": metadata}}

    message = types.SimpleNamespace(blocking_request=blocking_request)
    colab = types.ModuleType("google.colab")
    colab._message = message
    monkeypatch.setitem(sys.modules, "google.colab", colab)
    assert language() == ("ko" if metadata else "")


@pytest.mark.parametrize(
    ("folder", "wanted"),
    [("notebooks/ko", "ko"), ("ko", ""), ("notebooks", ""), ("notebooks/a", "")],
)
def test_folders(folder, wanted):
    assert of_folder(folder) == wanted


def test_english_reads_no_po_file():
    code = "import sys, segcourse.texts as t; t._('a'); print('polib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "False"
