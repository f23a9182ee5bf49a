"""The editions as they are stored: up to date, the same code, and whole.

`python3 -m segcourse translate ko` mends the first; the others are for who translates.
"""

import json
from pathlib import Path

import pytest

from segcourse.translation.editions import EDITIONS, po_file
from segcourse.translation.making.generated import generated
from segcourse.translation.po.merge import read
from segcourse.translation.reading.exercise_cell import code
from segcourse.translation.reading.notebook import exercise_id
from segcourse.translation.reading.sources import messages

ROOT = Path(__file__).parents[2]
NAMES = sorted(messages(ROOT))
NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))

pytestmark = pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.code)


def test_all_files_are_up_to_date(edition):
    stale = generated(ROOT, edition.code).stale
    names = ", ".join(str(path.relative_to(ROOT)) for path in stale)
    assert not stale, f"python3 -m segcourse translate {edition.code} writes {names}"


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_cells_are_those_of_the_english_notebook(edition, name):
    def cells(folder):
        path = ROOT / "notebooks" / folder / name
        return json.loads(path.read_text(encoding="utf-8"))["cells"]

    for english, other in zip(cells(""), cells(edition.code), strict=True):
        assert (other["id"], other["cell_type"]) == (english["id"], english["cell_type"])
        assert other["metadata"] == english["metadata"]
        if other["cell_type"] == "code":
            assert other["outputs"] == [] and other["execution_count"] is None
            source, said = "".join(english["source"]), "".join(other["source"])
            assert said == source or (exercise_id(english) and code(said) == code(source))


def test_placeholders_formulas_links_and_code_are_in_the_translations(edition):
    faults = [
        f"{name}: {text[:60]} … {fault}"
        for name, text, fault in generated(ROOT, edition.code).faults
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", NAMES)
def test_as_much_is_translated_as_is_said(edition, name):
    file = read(po_file(edition.code, name))
    left = [entry.msgid for entry in file if not (entry.obsolete or entry.translated())]
    share = file.percent_translated()
    assert share >= edition.least, f"{share} %, such as {left[:3]}"
