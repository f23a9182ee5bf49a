"""Versions of what a network was trained with."""

import platform
import tomllib
from importlib import metadata
from pathlib import Path

import keras


def versions():
    """Versions of Python, Keras, its backend, NumPy and the course, by name.

    Example:

    >>> versions()["keras"] == keras.__version__
    True
    """
    packages = ("keras", keras.config.backend(), "numpy", "segcourse")
    return {"python": platform.python_version(), **{name: _version(name) for name in packages}}


def _version(package):
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return _of_the_checkout() if package == "segcourse" else "unknown"


def _of_the_checkout():
    """The version of a checkout that is run without being installed."""
    file = Path(__file__).resolve().parents[3] / "pyproject.toml"
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))["project"]["version"]
    except (OSError, KeyError, ValueError):
        return "unknown"
