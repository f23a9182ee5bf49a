"""Sentences of the package in another language, from PO files as they are."""

import polib
import pytest

from segcourse.exercises.judging import registry
from segcourse.exercises.solution import text_of
from segcourse.texts import _, in_language, ngettext
from segcourse.translation import catalogue
from segcourse.translation.reading.exercise_cell import code


@pytest.fixture
def korean(monkeypatch, tmp_path):
    """A folder with three PO files; gives it, and has the course speak by them."""
    folder = tmp_path / "ko" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    checks, rest, week = polib.POFile(), polib.POFile(), polib.POFile()
    checks.append(polib.POEntry(msgid="A row", msgstr="행"))
    checks.append(polib.POEntry(msgid="A column", msgstr="열", flags=["fuzzy"]))
    rest.append(
        polib.POEntry(msgid="{n} row", msgid_plural="{n} rows", msgstr_plural={0: "행 {n}개"})
    )
    first = registry.find("4.1").right.source.split('"""')[1].split("\n")[0]
    week.append(polib.POEntry(msgid=first, msgstr="밀집층의 커널을 바꿉니다."))
    for name, file in (("checks_week1", checks), ("segcourse", rest), ("week4", week)):
        file.save(str(folder / f"{name}.po"))
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    with in_language("ko"):
        yield


def test_translated_fuzzy_and_unknown(korean):
    assert _("A row") == "행"
    assert _("A column") == "A column"
    assert _("A tree") == "A tree"
    assert _("") == ""


def test_one_form_for_all_counts(korean):
    assert ngettext("{n} row", "{n} rows", 1) == ngettext("{n} row", "{n} rows", 5) == "행 {n}개"
    assert ngettext("a tree", "trees", 2) == "trees"


def test_a_solution_has_its_text_translated_and_its_code_untouched(korean):
    exercise = registry.find("4.1")
    said = text_of(exercise)
    assert '"""밀집층의 커널을 바꿉니다.' in said
    assert code(said) == code(exercise.right.source)
