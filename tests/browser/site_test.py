"""The site in a browser, from the file system and without a network. Its build takes a minute."""

import pytest

from tests.browser.notebooks_test import NOTEBOOKS

SIZES = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
BROKEN = """() => [...document.images].filter(one => !one.naturalWidth || !one.alt.trim())
    .map(one => one.outerHTML.slice(0, 100))"""
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="session")
def site(browser, built_site):
    """The folder of the site, where there is a browser."""
    return built_site


@pytest.fixture
def offline(page):
    """A page without a network; what it asked for there is kept in its list."""
    page.asked = []
    page.route(
        lambda address: not address.startswith(("file:", "data:", "blob:")),
        lambda route: (page.asked.append(route.request.url), route.abort()),
    )
    return page


@pytest.mark.parametrize("size", SIZES)
def test_first_page_leads_to_every_notebook(site, offline, size):
    offline.set_viewport_size(SIZES[size])
    offline.goto((site / "index.html").as_uri())
    addresses = offline.locator("a").evaluate_all("all => all.map(one => one.href)")
    for name in NOTEBOOKS:
        assert any(name in address for address in addresses), name
    assert offline.evaluate(TOO_WIDE) <= 0
    assert offline.asked == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_page_of_a_notebook_shows_its_pictures(site, offline, name, size):
    offline.set_viewport_size(SIZES[size])
    offline.goto((site / "notebooks" / f"{name}.html").as_uri())
    assert offline.locator("main img, article img").count() > 0
    assert offline.evaluate(BROKEN) == []
    assert offline.evaluate(TOO_WIDE) <= 0
    assert offline.asked == []


def test_search_finds_a_word(site, offline):
    offline.goto((site / "search.html").as_uri() + "?q=upsampling")
    offline.locator("#search-results li").first.wait_for()
    assert offline.asked == []
