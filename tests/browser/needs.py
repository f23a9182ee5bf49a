"""What the tests in a browser need, and what is missing of it."""

import importlib.util
import os
import shutil

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def chromium():
    """The path of a Chromium that is installed, or None."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def why_not():
    """Why these tests cannot run here; "" where they can."""
    if os.environ.get("SEGCOURSE_BROWSER") == "no":
        return "SEGCOURSE_BROWSER is no"
    if importlib.util.find_spec("playwright") is None:
        return "Playwright is not installed: pip install -r requirements-dev.txt"
    if chromium() is None:
        return "there is no Chromium: install the package chromium of your system"
    return ""


def required():
    """Whether a missing browser is an error, as in .ci/run, and no reason to skip."""
    return os.environ.get("SEGCOURSE_BROWSER") == "required"
