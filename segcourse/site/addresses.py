"""Addresses that follow from the address of the repository."""

import re

GITHUB = re.compile(r"https://github\.com/([\w.-]+)/([\w.-]+?)(?:\.git)?/?")
BRANCH = "main"


def colab_address(repository, path):
    """The address that opens a notebook in Colab, or None: Colab reads from GitHub alone.

    Args:
        repository: str, the address of the repository, or None.
        path: str, the notebook's path in the repository.

    Example:

    >>> colab_address("https://github.com/ann/course", "notebooks/week4_fcn.ipynb")
    'https://colab.research.google.com/github/ann/course/blob/main/notebooks/week4_fcn.ipynb'
    >>> colab_address("https://git.example.org/course", "notebooks/week4_fcn.ipynb") is None
    True
    """
    found = GITHUB.fullmatch(repository or "")
    if found is None:
        return None
    owner, name = found.groups()
    return f"https://colab.research.google.com/github/{owner}/{name}/blob/{BRANCH}/{path}"


def folder_address(repository, path):
    """The address of a folder of the repository, on GitHub and GitLab alike.

    Example:

    >>> folder_address("https://gitlab.com/ann/course", "benchmarks")
    'https://gitlab.com/ann/course/-/tree/main/benchmarks'
    """
    place = f"tree/{BRANCH}/{path}".rstrip("/")
    dash = "-/" if "gitlab" in repository else ""
    return f"{repository.removesuffix('.git').rstrip('/')}/{dash}{place}"
