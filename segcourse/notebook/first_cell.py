"""The first code cell of a notebook: in Colab it fetches the course, elsewhere it finds it."""

__all__ = ["first_cell", "is_first_cell"]

# The address and the branch are the only parts that change.
SOURCE = """\
import importlib.util
import os
import subprocess
import sys

if "google.colab" in sys.modules and not os.path.isdir("../segcourse"):
    url, branch = "{url}", "{branch}"
    if not os.path.isdir("segcourse"):
        subprocess.run(["git", "clone", "--depth=1", "-b", branch, url, "segcourse"], check=True)
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", "./segcourse"], check=True)
    os.chdir("segcourse/notebooks")
if os.path.isdir("../../segcourse/locale"):  # where the notebooks of a language lie
    os.environ.setdefault("SEGCOURSE_LANG", os.path.basename(os.getcwd()))
    os.chdir("..")
if os.path.isdir("../segcourse") and importlib.util.find_spec("keras"):
    sys.path.insert(0, os.path.dirname(os.getcwd()))
elif importlib.util.find_spec("segcourse") is None:
    raise ModuleNotFoundError("In the folder of the course, run: python3 -m segcourse lab")"""


def first_cell(address):
    """The source of the cell.

    A clone gets the name `segcourse`, whatever the repository is called. Where Colab has restarted
    the kernel the clone is still there: it is entered again, and nothing is cloned twice. A hub or
    an editor that starts the kernel without `lab` finds the checkout around the notebook. In the
    folder of a language it goes to that of the English notebooks, so that `../data` is the same for
    both, and keeps the language.

    Args:
        address: `Address` of the repository.

    Example:

    >>> from segcourse.notebook.address import Address
    >>> source = first_cell(Address("https://github.com/kim/course"))
    >>> print(source.splitlines()[6].strip())
    url, branch = "https://github.com/kim/course", "main"
    """
    return SOURCE.format(url=address.url, branch=address.branch)


def is_first_cell(cell):
    """Whether a code cell of a notebook is the one that clones the course.

    Example:

    >>> is_first_cell({"cell_type": "code", "source": 'run(["git", "clone", address])'})
    True
    """
    return cell["cell_type"] == "code" and '"git", "clone"' in "".join(cell["source"])
