"""The languages of the site."""

from pathlib import Path

from segcourse.site.editions import languages, other_editions, slugs, translated_page
from segcourse.site.settings import settings

ROOT = Path(__file__).parents[2]


def test_languages_are_those_with_notebooks(tmp_path):
    (tmp_path / "notebooks").mkdir()
    assert languages(tmp_path) == [""]
    (tmp_path / "notebooks/ko").mkdir()
    assert languages(tmp_path) == ["", "ko"]
    assert other_editions("", [""]) == []


def test_headings_keep_the_places_that_links_lead_to():
    slug = slugs(ROOT, "ko")
    assert "label-map" in slug.known.values() and "for-students" in slug.known.values()
    assert slug("A heading of no page") == "a-heading-of-no-page"


def test_pages_without_translation_are_english():
    assert translated_page("Text.", "docs/teaching.md", "ko") == "Text."
    link = '<!-- languages --><a href="README.ko.md">한국어</a><!-- /languages -->'
    assert translated_page(f"# A\n\n{link}\n", "README.md", "") == "# A\n\n\n"


def test_the_settings_of_a_language():
    chosen = settings("https://github.com/ann/course", None, "ko", other_editions("ko", ["", "ko"]))
    assert chosen["language"] == "ko"
    assert chosen["html_context"]["editions"] == [("English", "en", "../")]
    assert settings(None)["language"] == "en"
