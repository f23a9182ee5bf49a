"""What follows from the address of the repository."""

import pytest

from segcourse.site.addresses import colab_address, folder_address


@pytest.mark.parametrize("end", ["", "/", ".git"])
def test_colab_opens_notebooks_of_github(end):
    address = colab_address(f"https://github.com/ann/my.course{end}", "notebooks/a.ipynb")
    assert address == (
        "https://colab.research.google.com/github/ann/my.course/blob/main/notebooks/a.ipynb"
    )


@pytest.mark.parametrize("other", [None, "https://git.example.org/course", "https://github.com/a"])
def test_colab_opens_no_others(other):
    assert colab_address(other, "notebooks/a.ipynb") is None


def test_folders():
    assert folder_address("https://github.com/a/b.git", "tests") == (
        "https://github.com/a/b/tree/main/tests"
    )
