"""Versions of what a network was trained with."""

import platform
import tomllib
from importlib import metadata
from pathlib import Path


def versions():
    """Versions of Python, Keras, its backend, NumPy and the course, by name.

    Example:

    >>> import keras
    >>> versions()["keras"] == keras.__version__
    True
    """
    import keras

    packages = ("keras", keras.config.backend(), "numpy", "segcourse")
    return {"python": platform.python_version(), **{name: version(name) for name in packages}}


def version(package):
    """The version of a package, or "unknown"; that of the course also where it is a checkout."""
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
