"""No progress bars, and a folder for each test to keep its project in."""

import pytest

from segcourse.project.hints import _given


@pytest.fixture(autouse=True)
def quiet(monkeypatch, tmp_path):
    monkeypatch.setenv("SEGCOURSE_QUIET", "1")
    monkeypatch.setenv("SEGCOURSE_PROJECT_DIR", str(tmp_path))
    monkeypatch.delenv("SEGCOURSE_PROJECT_MINUTES", raising=False)
    monkeypatch.setitem(_given, "hints", 0)
