"""These run without a browser, too."""

import shutil

import pytest

from tests.browser import needs


@pytest.fixture(autouse=True)
def plain(monkeypatch):
    monkeypatch.delenv("SEGCOURSE_BROWSER", raising=False)


def test_a_missing_browser_is_named(monkeypatch):
    monkeypatch.setattr(needs.importlib.util, "find_spec", lambda name: object())
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert needs.chromium() is None
    assert "Chromium" in needs.why_not()


def test_a_missing_playwright_is_named(monkeypatch):
    monkeypatch.setattr(needs.importlib.util, "find_spec", lambda name: None)
    assert "Playwright" in needs.why_not()


def test_can_be_switched_off_and_asked_for(monkeypatch):
    assert not needs.required()
    monkeypatch.setenv("SEGCOURSE_BROWSER", "no")
    assert needs.why_not() == "SEGCOURSE_BROWSER is no"
    monkeypatch.setenv("SEGCOURSE_BROWSER", "required")
    assert needs.required()
