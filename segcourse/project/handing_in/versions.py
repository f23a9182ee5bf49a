"""What a hand-in was made with."""

import platform
from importlib import metadata

__all__ = ["versions"]


def versions():
    """Text, a line each: Python, the system, and the packages the course needs.

    >>> versions().startswith("python ")
    True
    """
    lines = [
        f"python {platform.python_version()}",
        f"system {platform.system()} {platform.machine()}",
    ]
    for name in sorted({"segcourse", "jax", *_needed()}):
        try:
            lines.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            continue
    return "\n".join(lines) + "\n"


def _needed():
    return ("keras", "tensorflow", "tensorflow-datasets", "numpy", "scipy", "h5py", "pillow",
            "matplotlib", "nbclient", "nbconvert", "nbformat")  # fmt: skip
