"""What a hand-in was made with."""

import platform

from segcourse.project.files.versions import version

__all__ = ["versions"]


_PACKAGES = ("segcourse", "keras", "tensorflow", "jax", "numpy", "scipy", "h5py", "pillow",
             "tensorflow-datasets", "matplotlib", "nbclient", "nbconvert", "nbformat")  # fmt: skip


def versions():
    """Text, a line each: Python, the system, and the packages the course needs.

    >>> versions().startswith("python ")
    True
    """
    lines = [
        f"python {platform.python_version()}",
        f"system {platform.system()} {platform.machine()}",
    ]
    lines += [f"{name} {version(name)}" for name in _PACKAGES]
    return "\n".join(lines) + "\n"
