"""Links that lead nowhere are found, and so is what would be loaded from the network."""

import pytest

from segcourse.site.links import broken_links


@pytest.fixture
def site(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "b.html").write_text('<p id="place">b</p>', encoding="utf-8")
    (tmp_path / "picture one.png").write_bytes(b"")
    return tmp_path


def faults(site, text):
    (site / "a.html").write_text(text, encoding="utf-8")
    return broken_links(site)


@pytest.mark.parametrize(
    "text",
    [
        '<a href="in/b.html">b</a>',
        '<a href="in/b.html#place">b</a>',
        '<a href="#here">here</a><p id="here">',
        '<a href="#">top</a>',
        '<img src="picture%20one.png">',
        '<a href="https://arxiv.org/abs/1">elsewhere</a>',
        '<a href="mailto:ann@example.org">a letter</a>',
        '<link rel="canonical" href="https://example.org/a.html">',
    ],
)
def test_right_links(site, text):
    assert faults(site, text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('<a href="c.html">c</a>', "leads to c.html, which is not there"),
        ('<img src="no.png">', "leads to no.png, which is not there"),
        ('<a href="in/b.html#no">b</a>', "leads to in/b.html#no; that page has no such place"),
        ('<a href="#no">b</a>', "leads to #no; that page has no such place"),
        ('<script src="https://cdn.example.org/x.js">', "loads https://cdn.example.org/x.js"),
        ('<link rel="stylesheet" href="//fonts.example.org/f">', "loads //fonts.example.org/f"),
    ],
)
def test_wrong_links(site, text, said):
    (found,) = faults(site, text)
    assert found.startswith(f"a.html: {said}")
