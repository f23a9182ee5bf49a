"""Where the course's repository lies on the network, and what can be reached from there."""

import functools
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

__all__ = ["Address", "of_course", "read"]

COLAB = "https://colab.research.google.com/github/"
#: Domains that nobody can own: they stand for an address that is not known yet.
RESERVED = re.compile(r"(?:^|\.)example(?:\.(?:org|com|net))?$")
#: Hosts whose addresses are OWNER/NAME, and nothing behind it.
TWO_PARTS = ("github.com", "bitbucket.org", "codeberg.org")
PART = re.compile(r"[A-Za-z0-9_~][A-Za-z0-9._~-]*")
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
BRANCH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(?:/[A-Za-z0-9_][A-Za-z0-9._-]*)*")


@dataclass(frozen=True)
class Address:
    """Address of a git repository and the branch that readers get.

    Example:

    >>> here = read("https://github.com/kim/segcourse/")
    >>> here.url, here.branch, here.github
    ('https://github.com/kim/segcourse', 'main', 'kim/segcourse')
    >>> here.colab("week4_fcn")
    'https://colab.research.google.com/github/kim/segcourse/blob/main/notebooks/week4_fcn.ipynb'
    """

    url: str
    branch: str = "main"

    @property
    def placeholder(self):
        """Whether the address stands for one that is not known yet."""
        return bool(RESERVED.search(urlsplit(self.url).hostname or ""))

    @property
    def github(self):
        """OWNER/NAME of a repository on GitHub, else None."""
        parts = urlsplit(self.url)
        return parts.path.strip("/") if parts.hostname == "github.com" else None

    @property
    def name(self):
        """Name of the folder that `git clone` makes."""
        return self.url.rsplit("/", 1)[1].removesuffix(".git")

    def colab(self, notebook):
        """Address that opens a notebook of notebooks/ in Colab; None, where Colab cannot.

        Args:
            notebook: name of the file, without .ipynb.
        """
        if not self.github:
            return None
        return f"{COLAB}{self.github}/blob/{quote(self.branch)}/notebooks/{notebook}.ipynb"

    def nbgitpuller(self, hub, page="notebooks"):
        """Link by which a JupyterHub with nbgitpuller fetches the course and opens `page`.

        Args:
            hub: address of the hub.
            page: what JupyterLab opens, a path in the repository.
        """
        asked = {
            "repo": self.url,
            "branch": self.branch,
            "urlpath": f"lab/tree/{self.name}/{page}",
        }
        return f"{hub.rstrip('/')}/hub/user-redirect/git-pull?{urlencode(asked)}"


def read(url, branch="main"):
    """The `Address` that a person has written; refuses what is no http(s) address of a repository.

    A slash at the end is left out, and on GitHub `.git`, which its links do not have.

    Raises:
        ValueError: another kind of address, one with a name or password, or a branch git refuses.

    Example:

    >>> read("git@github.com:kim/segcourse.git")
    Traceback (most recent call last):
    ...
    ValueError: the address must begin with https:// or http://, such as \
https://github.com/OWNER/NAME. Received: git@github.com:kim/segcourse.git
    """
    given, url = url, url.strip()
    if not re.match(r"https?://", url, re.IGNORECASE):
        wrong = "must begin with https:// or http://, such as https://github.com/OWNER/NAME"
        raise _refused(wrong, given)
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").removesuffix("."), parts.port
    except ValueError:
        raise _refused("must name a host", given) from None
    if parts.username is not None or parts.password is not None:
        # Not repeated: it may hold a password.
        raise ValueError("the address must hold no user name and no password: readers see it.")
    if parts.query or parts.fragment or "?" in url or "#" in url:
        raise _refused("must end with the name of the repository, without ? and #", given)
    if not HOST.fullmatch(host):
        raise _refused("must name a host, such as github.com", given)
    host = host.removeprefix("www.") if host == "www.github.com" else host
    names = parts.path.strip("/").split("/")
    if not all(PART.fullmatch(name) for name in names):
        raise _refused("must have OWNER/NAME of the repository behind the host", given)
    if host in TWO_PARTS and len(names) != 2:
        raise _refused(f"must be https://{host}/OWNER/NAME", given)
    if host == "github.com":
        names[-1] = names[-1].removesuffix(".git")
    if names[-1] in ("", ".git"):
        raise _refused("must end with the name of the repository", given)
    if not _is_branch(branch):
        raise ValueError(f"the branch must be a name of git, such as main. Received: {branch}")
    where = host if port is None else f"{host}:{port}"
    return Address(f"{parts.scheme.lower()}://{where}/{'/'.join(names)}", branch)


@functools.cache
def of_course():
    """The `Address` that the checkout's pyproject.toml names; None outside a checkout."""
    settings = Path(__file__).parents[2] / "pyproject.toml"
    return in_pyproject(settings.read_text(encoding="utf-8")) if settings.is_file() else None


def in_pyproject(text):
    """The `Address` in the text of a pyproject.toml.

    Example:

    >>> in_pyproject('[project.urls]\\nRepository = "https://github.com/kim/segcourse"').branch
    'main'
    """
    found = tomllib.loads(text)
    branch = found.get("tool", {}).get("segcourse", {}).get("branch", "main")
    return Address(found["project"]["urls"]["Repository"], branch)


def _is_branch(branch):
    parts = branch.split("/")
    return bool(BRANCH.fullmatch(branch)) and not (
        ".." in branch or any(part.endswith((".lock", ".")) for part in parts)
    )


def _refused(wrong, given):
    return ValueError(f"the address {wrong}. Received: {given}")
