import json

import pytest

from segcourse.export.colab import addressed
from segcourse.export.colab.addressed import BEGIN, END, pyproject
from segcourse.notebook.address import Address, in_pyproject, read
from segcourse.notebook.badge import badge, faults
from segcourse.notebook.first_cell import first_cell

OLD = Address("https://git.example.org/segcourse")
GITHUB = read("https://github.com/kim/seg", "term")
PYPROJECT = (
    '[project]\nname = "segcourse"  # ours\n\n[project.urls]\n'
    f'Repository = "{OLD.url}"\n\n[tool.ruff]\nline-length = 100\n'
)


def notebook(title="# Week 1\n\nNeeds: nothing. Größe: 한글", source=None, **metadata):
    cells = [
        {"cell_type": "markdown", "id": "title", "metadata": {}, "source": []},
        {"cell_type": "code", "execution_count": 1, "id": "setup", "metadata": {}, "outputs": []},
    ]
    cells[0]["source"] = title.splitlines(keepends=True)
    cells[1]["source"] = (source or first_cell(OLD)).splitlines(keepends=True)
    found = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


@pytest.fixture
def checkout(tmp_path):
    for folder in ("notebooks", "docs"):
        (tmp_path / folder).mkdir()
    (tmp_path / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    (tmp_path / "README.md").write_text(
        f"Clone {OLD.url}, not {OLD.url}-old.\n\n{BEGIN}\n{END}\n\nMore.\n", encoding="utf-8"
    )
    (tmp_path / "docs/hub.md").write_text(f"[course]({OLD.url}/issues)\n", encoding="utf-8")
    (tmp_path / "docs/other.md").write_text("Nothing.\n", encoding="utf-8")
    colab = {"colab": {"provenance": [], "toc_visible": True, "gpuType": "T4"}}
    for name in ("week1_a", "week2_b"):
        (tmp_path / f"notebooks/{name}.ipynb").write_text(notebook(**colab), encoding="utf-8")
    (tmp_path / "notebooks/start.ipynb").write_text(notebook(source="x = 1"), encoding="utf-8")
    return tmp_path


def apply(folder, address):
    texts = addressed(folder, address)
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    return [path.relative_to(folder).as_posix() for path in texts]


def test_all_that_names_the_address_changes_and_nothing_else(checkout):
    changed = apply(checkout, GITHUB)
    assert changed == [
        "notebooks/week1_a.ipynb", "notebooks/week2_b.ipynb", "README.md", "docs/hub.md",
        "pyproject.toml",
    ]  # fmt: skip
    assert in_pyproject((checkout / "pyproject.toml").read_text()) == GITHUB
    assert (checkout / "docs/hub.md").read_text() == f"[course]({GITHUB.url}/issues)\n"
    readme = (checkout / "README.md").read_text()
    assert f"Clone {GITHUB.url}, not {OLD.url}-old." in readme
    assert badge(GITHUB, "week1_a") in readme and badge(GITHUB, "week2_b") in readme
    assert "start" not in readme and readme.endswith(f"{END}\n\nMore.\n")


def test_a_notebook_gets_first_cell_badge_and_metadata(checkout):
    apply(checkout, GITHUB)
    found = json.loads((checkout / "notebooks/week2_b.ipynb").read_text(encoding="utf-8"))
    title, first = ("".join(cell["source"]) for cell in found["cells"])
    assert title.startswith(f"# Week 1\n\n{badge(GITHUB, 'week2_b')}\n\nNeeds") and "한글" in title
    assert first == first_cell(GITHUB)
    assert found["metadata"]["colab"] == {"provenance": [], "toc_visible": True, "gpuType": "T4"}
    import nbformat

    cells = nbformat.read(checkout / "notebooks/week2_b.ipynb", as_version=4).cells
    assert list(faults("week2_b", cells, GITHUB)) == []


def test_the_second_time_nothing_changes(checkout):
    apply(checkout, GITHUB)
    assert addressed(checkout, GITHUB) == {}


def test_another_host_takes_the_badges_away_and_the_way_back_leads_to_the_start(checkout):
    before = {p: p.read_text(encoding="utf-8") for p in checkout.rglob("*") if p.is_file()}
    apply(checkout, GITHUB)
    apply(checkout, read("https://gitlab.com/uni/seg.git"))
    assert "Clone https://gitlab.com/uni/seg.git, not" in (checkout / "README.md").read_text()
    assert (checkout / "docs/hub.md").read_text() == "[course](https://gitlab.com/uni/seg/issues)\n"
    assert not [p.name for p in before if "colab-badge" in p.read_text(encoding="utf-8")]
    apply(checkout, OLD)
    (checkout / "pyproject.toml").write_text(PYPROJECT)  # the branch has been said, that is all
    assert {p: p.read_text(encoding="utf-8") for p in before} == before


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"cells": []}', '{"cells": [1], "metadata": {}}', '{"cells": [{}]}']
)
def test_a_damaged_notebook_is_named(checkout, text):
    (checkout / "notebooks/week2_b.ipynb").write_text(text)
    with pytest.raises(ValueError, match="week2_b.ipynb is no notebook"):
        addressed(checkout, GITHUB)


@pytest.mark.parametrize("text", ["", "[project", '[project]\nname = "a"\n'])
def test_a_pyproject_without_an_address_is_an_error(checkout, text):
    (checkout / "pyproject.toml").write_text(text)
    with pytest.raises(ValueError, match="pyproject.toml must name the repository"):
        addressed(checkout, GITHUB)


def test_only_two_lines_of_pyproject_change():
    text = PYPROJECT + '\n[tool.segcourse]\n# why\nbranch = "main"\n\n[tool.x]\nbranch = "main"\n'
    new = pyproject(text, GITHUB)
    differing = [
        pair for pair in zip(text.splitlines(), new.splitlines(), strict=True) if len(set(pair)) > 1
    ]
    assert differing == [
        (f'Repository = "{OLD.url}"', f'Repository = "{GITHUB.url}"'),
        ('branch = "main"', 'branch = "term"'),
    ]
    assert new.endswith('[tool.x]\nbranch = "main"\n')


def test_notebooks_in_another_language_have_badges_of_their_own(checkout):
    korean = checkout / "notebooks/ko/week2_b.ipynb"
    korean.parent.mkdir()
    korean.write_text(notebook("# 2주차\n\n필요: 없음."), encoding="utf-8")
    apply(checkout, GITHUB)
    own = badge(GITHUB, "ko/week2_b")
    assert "/notebooks/ko/week2_b.ipynb" in own
    assert own in json.loads(korean.read_text(encoding="utf-8"))["cells"][0]["source"][2]
    readme = (checkout / "README.md").read_text(encoding="utf-8")
    assert own in readme and badge(GITHUB, "week2_b") in readme
