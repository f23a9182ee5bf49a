"""JupyterLab and a browser, one of each for all tests here.

Without Playwright or Chromium, or with SEGCOURSE_BROWSER=no, the tests are skipped; with
SEGCOURSE_BROWSER=required they fail. What a page showed when its test failed is kept as a picture
in build/browser/.
"""

import re
from pathlib import Path

import pytest

from tests.browser import needs
from tests.browser.lab import Lab
from tests.browser.notebook import Notebook

HERE = Path(__file__).resolve().parent
PICTURES = HERE.parents[1] / "build" / "browser"
LIMIT = 60_000  # ms; of one click, one page. A busy machine is slow, and waits end when they may.
FAILED = pytest.StashKey()


def pytest_collection_modifyitems(items):
    reason = needs.why_not()
    if reason and not needs.required():
        for item in items:
            if HERE in item.path.parents and "browser" in item.fixturenames:
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


@pytest.fixture(scope="session")
def browser():
    """Chromium, without a window."""
    if reason := needs.why_not():
        pytest.fail(f"SEGCOURSE_BROWSER is required, but {reason}")
    from playwright.sync_api import sync_playwright

    # No sandbox: Chromium refuses to start as root otherwise. /dev/shm is small in containers.
    arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=needs.chromium(), args=arguments)
        yield started
        started.close()


@pytest.fixture(scope="session")
def context(browser):
    """What the pages share: JupyterLab's own files are fetched and compiled once."""
    shared = browser.new_context(viewport={"width": 1280, "height": 1000})
    shared.set_default_timeout(LIMIT)
    return shared


@pytest.fixture
def page(context, request):
    """A new page."""
    page = context.new_page()
    yield page
    if request.node.stash.get(FAILED, False):
        PICTURES.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^\w.-]+", "_", request.node.name).strip("_")
        page.screenshot(path=PICTURES / f"{name}.png")
    page.close()


@pytest.fixture(scope="session")
def lab(browser, tmp_path_factory):
    """JupyterLab, on a copy of the course."""
    del browser  # without one there is no need to start it
    with Lab(tmp_path_factory.mktemp("lab")) as started:
        yield started


@pytest.fixture
def opened(lab, page):
    """Opens a fresh copy of a notebook, `opened("week2_bilinear_interpolation")`."""

    def open_notebook(name):
        lab.put_fresh(name)
        return Notebook(page, lab, f"{name}.ipynb")

    yield open_notebook
    lab.end_kernels()
