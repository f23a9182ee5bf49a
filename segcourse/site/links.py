"""Links of built pages: each leads to a file that is there, and to a place that is in it."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

#: What a browser loads by itself, and from which attribute.
LOADED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}
#: `<link rel=…>` that loads nothing.
NOT_LOADED = {"canonical", "next", "prev", "search", "index", "author", "help"}


class _Page(HTMLParser):
    """The places of a page (ids), where its links lead, and what it loads."""

    def __init__(self, text):
        super().__init__()
        self.places, self.links, self.loaded = {""}, [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        said = dict(attributes)
        self.places |= {said[key] for key in ("id", "name") if said.get(key)}
        if tag in LOADED and said.get(LOADED[tag]) and not NOT_LOADED & _words(said.get("rel")):
            self.loaded.append(said[LOADED[tag]])
        self.links += [said[key] for key in ("href", "src") if said.get(key)]


def _words(text):
    return set((text or "").split())


def broken_links(folder):
    """What is wrong with the links of the pages in a folder.

    Args:
        folder: path of the built site; all pages below it are read.

    Returns:
        list of str, one sentence a fault: a link to a file or a place that is not there, and a
        picture, script or style that would be loaded from the network.

    Example:

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (pathlib.Path(folder) / "a.html").write_text('<a href="b.html">b</a>')
    ...     broken_links(folder)
    ['a.html: leads to b.html, which is not there']
    """
    folder = Path(folder).resolve()
    # Below _static lie templates of the theme, which nobody opens.
    paths = sorted(
        p for p in folder.rglob("*.html") if "_static" not in p.relative_to(folder).parts
    )
    pages = {path: _Page(path.read_text(encoding="utf-8")) for path in paths}
    return [
        f"{path.relative_to(folder)}: {fault}"
        for path, page in pages.items()
        for fault in dict.fromkeys(_faults(path, page, pages))
    ]


def _faults(path, page, pages):
    for address in page.loaded:
        if urlsplit(address).netloc:
            yield f"loads {address}, which needs a network"
    for address in page.links:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            continue
        target = path
        if parts.path:
            target = (path.parent / unquote(parts.path)).resolve()
            target = target / "index.html" if target.is_dir() else target
        if not target.is_file():
            yield f"leads to {address}, which is not there"
        elif target in pages and not _has(pages[target], unquote(parts.fragment)):
            yield f"leads to {address}; that page has no such place"


def _has(page, fragment):
    return fragment in page.places or fragment == "top"
