"""Links from the folder of a language."""

import pytest

from segcourse.translation.making.links import moved

HERE, THERE = "notebooks/week4_fcn.ipynb", "notebooks/ko/week4_fcn.ipynb"


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        ("../docs/glossary.md#void", "../../docs/glossary.ko.md#void"),
        ("../docs/teaching.md", "../../docs/teaching.md"),
        ("../data/photos/", "../../data/photos/"),
        ("week5_transfer.ipynb#a", "week5_transfer.ipynb#a"),
        ("../README.md", "../../README.ko.md"),
        ("#a", "#a"),
        ("https://example.org/a.md", "https://example.org/a.md"),
        (
            "https://colab.research.google.com/github/a/b/blob/main/notebooks/week4_fcn.ipynb",
            "https://colab.research.google.com/github/a/b/blob/main/notebooks/ko/week4_fcn.ipynb",
        ),
    ],
)
def test_targets(target, wanted):
    assert moved(f"A [b]({target}).", HERE, THERE, "ko") == f"A [b]({wanted})."
    assert moved(f'<img src="{target}">', HERE, THERE, "ko") == f'<img src="{wanted}">'


def test_from_a_page_beside_the_english_one():
    text = "[a](notebooks/week4_fcn.ipynb) [b](docs/glossary.md) ![c](docs/overlay.png)"
    said = "[a](notebooks/ko/week4_fcn.ipynb) [b](docs/glossary.ko.md) ![c](docs/overlay.png)"
    assert moved(text, "README.md", "README.ko.md", "ko") == said
