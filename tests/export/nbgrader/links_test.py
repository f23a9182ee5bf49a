import pytest

from segcourse.export.nbgrader.links import beside_document, in_document, in_notebook

NAMES = {"week2_upsampling.ipynb": "week2"}


@pytest.fixture
def checkout(tmp_path):
    for name in ("docs/words.md", "data/photos/a.jpg", "data/photos/LICENSE", "LICENSE", "top.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    return tmp_path


@pytest.mark.parametrize(
    "text, came, needed",
    [
        ('open("../data/photos/a.jpg")', 'open("data/photos/a.jpg")', "data/photos/a.jpg"),
        ("[w](../docs/words.md#w), x", "[w](docs/words.md#w), x", "docs/words.md"),
        ("see ../docs/words.md.", "see docs/words.md.", "docs/words.md"),
        ("[t](../top.md)", "[t](top.md)", "top.md"),
        ("[n](../docs/none.md)", "[n](../docs/none.md)", None),
        ("../../docs/words.md", "../../docs/words.md", None),
        ("[2](week2_upsampling.ipynb)", "[2](../week2/week2_upsampling.ipynb)", None),
        ("[week 9](week9_x.ipynb) says", "week 9 says", None),
        ("a[0](b) ... /../c", "a[0](b) ... /../c", None),
    ],
)
def test_what_lies_beside_the_notebooks_lies_in_the_assignment(checkout, text, came, needed):
    found, files = in_notebook(text, checkout, NAMES)
    assert found == came
    assert files - {"data/photos/LICENSE"} == ({needed} if needed else set())


def test_a_licence_comes_along(checkout):
    _text, files = in_notebook("../data/photos/a.jpg", checkout, {})
    assert "data/photos/LICENSE" in files
    assert in_notebook("../top.md", checkout, {})[1] == {"top.md"}, "that is the course's own"


def test_documents_link_to_the_notebooks_that_are_there():
    text = "[2](../notebooks/week2_upsampling.ipynb) [9](../notebooks/week9_x.ipynb)"
    assert in_document(text, NAMES) == "[2](../../week2/week2_upsampling.ipynb) 9"


def test_what_a_document_links_to_comes_with_it(tmp_path):
    (tmp_path / "docs" / "plots").mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    for file in ("docs/plots/growth.svg", "notebooks/week1.ipynb", "docs/unlinked.md"):
        (tmp_path / file).write_text("")
    (tmp_path / "docs" / "page.md").write_text(
        "[notes](notes.md#late) ![growth](plots/growth.svg) [1](../notebooks/week1.ipynb)"
        " [up](#top) [site](https://example.org/notes.md) [gone](gone.md) [out](../../out.md)"
    )
    (tmp_path.parent / "out.md").write_text("of another project")
    (tmp_path / "docs" / "notes.md").write_text("[back](page.md) [more](more.md)")
    (tmp_path / "docs" / "more.md").write_text("that is all")
    found = beside_document("docs/page.md", tmp_path)
    assert found == {"docs/notes.md", "docs/plots/growth.svg", "docs/more.md"}
