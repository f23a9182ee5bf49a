"""No progress bars between the dots of the tests."""

import pytest


@pytest.fixture(autouse=True)
def quiet(monkeypatch):
    monkeypatch.setenv("SEGCOURSE_QUIET", "1")
