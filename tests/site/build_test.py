"""The whole site, built once (about a minute), and what is refused before anything is built."""

import argparse
import html
import json
import re
from pathlib import Path

import pytest

from segcourse.command import environment, site
from segcourse.exercises.judging.registry import all_exercises
from segcourse.site.build import MARK, build, check_target
from segcourse.site.links import broken_links
from segcourse.site.stage import Unreadable

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def built(request):
    """The folder of the site, which tests in a browser look at as well."""
    pytest.importorskip("myst_nb")
    pytest.importorskip("sphinx_book_theme")
    return request.getfixturevalue("built_site")


def page(built, name):
    return (built / name).read_text(encoding="utf-8")


def test_every_page_is_there_and_nothing_else_lies_beside_the_site(built):
    wanted = [f"notebooks/{name}.html" for name in NOTEBOOKS]
    wanted += [f"docs/{p.stem}.html" for p in (ROOT / "docs").glob("*.md") if "." not in p.stem]
    wanted += ["index.html", "search.html", "api/index.html", "api/segcourse.layers.html"]
    assert not [name for name in wanted if not (built / name).is_file()]
    assert [path.name for path in built.parent.iterdir()] == ["pages"]
    assert not (built / "source").exists()


def test_no_link_is_broken_and_nothing_is_loaded_from_the_network(built):
    assert broken_links(built) == []


def test_the_start_page_has_every_notebook_in_its_table(built):
    table = page(built, "index.html").split("<table")[1].split("</table>")[0]
    assert not [name for name in NOTEBOOKS if f'href="notebooks/{name}.html"' not in table]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_each_solution_is_folded(built, name):
    """Each reference stands in a block that a click opens, and nowhere else on its page."""
    pieces = re.split(r"<details(.*?)</details>", page(built, f"notebooks/{name}.html"), flags=re.S)
    open_text, folded = text_of("".join(pieces[::2])), [text_of(p) for p in pieces[1::2]]
    for exercise in all_exercises():
        if f'"exercise:{exercise.id}"' in stored(name):
            source = squeezed(exercise.right.source)
            assert any(source in text for text in folded), exercise.id
            assert source not in open_text, exercise.id


def text_of(page):
    return squeezed(html.unescape(re.sub(r"<[^>]+>", "", page)))


def squeezed(text):
    return re.sub(r"\s+", "", text)


def stored(name):
    return (ROOT / f"notebooks/{name}.ipynb").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_has_its_pictures_formulas_and_file(built, name):
    text = page(built, f"notebooks/{name}.html")
    notebook = json.loads(stored(name))
    outputs = [o for cell in notebook["cells"] for o in cell.get("outputs", [])]
    pictures = sum("image/png" in output.get("data", {}) for output in outputs)
    assert text.count("_images/") >= pictures > 0
    prose = re.sub(r"<(pre|code|script|math)\b.*?</\1>", "", text, flags=re.S)
    assert not re.findall(r"\$[^$\n]+\$|\\frac|\\sum|\\\(", prose)
    assert "mathjax" not in text.lower()
    copied = (built / f"downloads/{name}.ipynb").read_bytes()
    assert copied == (ROOT / f"notebooks/{name}.ipynb").read_bytes()


def test_formulas_are_drawn_by_the_browser(built):
    assert "<mfrac>" in page(built, "notebooks/week7_metrics.html")


def test_search_finds_words_of_notebooks_glossary_and_docstrings(built):
    index = page(built, "searchindex.js")
    for word in ("checkerboard", "unpool", "weights_from"):
        assert word in index, word


def test_public_names_have_their_arguments(built):
    text = page(built, "api/segcourse.models.html")
    assert 'id="segcourse.models.fcn"' in text
    assert "num_classes" in text and "Parameters" in text


def test_no_page_tells_where_it_was_built(built):
    telling = [path for path in built.rglob("*.html") if str(ROOT) in path.read_text("utf-8")]
    assert not [path.name for path in telling]


def test_a_folder_with_other_files_is_refused(tmp_path):
    (tmp_path / "holiday.jpg").touch()
    with pytest.raises(ValueError, match="holds other files"):
        check_target(tmp_path)
    with pytest.raises(ValueError, match="is a file"):
        check_target(tmp_path / "holiday.jpg")
    (tmp_path / MARK).touch()
    assert check_target(tmp_path) == tmp_path


def test_a_damaged_notebook_is_named_and_the_older_site_stays(tmp_path):
    course = tmp_path / "course"
    (course / "notebooks").mkdir(parents=True)
    (course / "notebooks/week1_x.ipynb").write_text("{", encoding="utf-8")
    target = tmp_path / "site"
    target.mkdir()
    (target / MARK).touch()
    with pytest.raises(Unreadable, match="week1_x.ipynb is not a notebook"):
        build(course, target)
    assert [path.name for path in target.iterdir()] == [MARK]
    assert {path.name for path in tmp_path.iterdir()} == {"course", "site"}


def options(*arguments):
    parser = argparse.ArgumentParser()
    site.arguments(parser)
    return parser.parse_args(arguments)


def test_the_command_refuses_before_it_builds(tmp_path, monkeypatch):
    (tmp_path / "a").touch()
    with pytest.raises(environment.Stop, match="--url must begin"):
        site.main(options("--url", "example.org"))
    with pytest.raises(environment.Stop, match="holds other files"):
        site.main(options("--to", str(tmp_path)))
    monkeypatch.setattr(site, "PACKAGES", ("no_such_package",))
    with pytest.raises(environment.Stop, match=r'no_such_package is missing: pip install "segcou'):
        site.main(options())


def test_every_page_is_there_in_korean_and_leads_back(built):
    pages = [path.relative_to(built) for path in built.rglob("*.html")]
    korean = {path.relative_to("ko") for path in pages if path.parts[0] == "ko"}
    english = {path for path in pages if path.parts[0] not in ("ko", "_static")}
    assert {path for path in korean if path.parts[0] != "_static"} == english
    assert 'lang="ko"' in page(built, "ko/index.html").split(">")[1]
    assert 'href="../../notebooks/week4_fcn.html"' in page(built, "ko/notebooks/week4_fcn.html")
    assert 'href="../ko/notebooks/week4_fcn.html"' in page(built, "notebooks/week4_fcn.html")
    assert page(built, "ko/notebooks/week4_fcn.html").count("<img") == page(
        built, "notebooks/week4_fcn.html"
    ).count("<img")
