"""Every sentence is found by a standard extractor, stands whole, and can be said in another way."""

import ast
import re
from pathlib import Path

import pytest

import segcourse.texts as texts
from segcourse.exercises.judging.registry import all_exercises
from segcourse.texts import N_, _, ngettext

babel = pytest.importorskip("babel.messages.frontend")

import polib  # noqa: E402
from babel.messages.pofile import read_po, write_po  # noqa: E402

from segcourse.translation import catalogue as catalogues  # noqa: E402

PACKAGE = Path(texts.__file__).parent
COMMAND = re.search(r"^    pybabel (extract .*) -o segcourse.pot segcourse$", texts.__doc__, re.M)
#: Where sentences are said to students, by files that are no exercises.
SAYING = [
    *PACKAGE.glob("exercises/*.py"),
    *PACKAGE.glob("exercises/judging/**/*.py"),
    *PACKAGE.glob("project/**/*.py"),
]
CALLS = ("_", "N_", "ngettext")


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    """What the command in the text of `segcourse/texts.py` finds."""
    file = tmp_path_factory.mktemp("texts") / "segcourse.pot"
    command = ["pybabel", "-q", *COMMAND[1].split(), "-o", str(file), str(PACKAGE)]
    babel.CommandLineInterface().run(command)
    with file.open("rb") as opened:
        return read_po(opened)


@pytest.fixture(scope="module")
def found(catalogue):
    ids = [message.id for message in catalogue]
    return {text for id in ids for text in (id if isinstance(id, tuple) else (id,))}


@pytest.mark.parametrize("exercise", all_exercises(), ids=lambda exercise: exercise.id)
def test_titles_hints_and_messages_are_found(found, exercise):
    messages = [mistake.message for mistake in exercise.mistakes]
    said = [exercise.title, *exercise.hints, *messages]
    assert not [text for text in said if text not in found]


def calls(path):
    """The calls of `_`, `N_` and `ngettext` in a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) in CALLS:
            yield node


def test_the_sentences_of_the_judge_are_found(found):
    said = [
        argument.value
        for path in SAYING
        for call in calls(path)
        for argument in call.args
        if isinstance(argument, ast.Constant)
    ]
    assert len(said) > 60
    assert not [text for text in said if text not in found]


def test_nothing_is_put_into_a_sentence_before_it_is_looked_up():
    """An f-string or a sum inside `_(...)` is another sentence each time: no catalogue has it."""
    for path in {*PACKAGE.glob("exercises/**/*.py"), *SAYING}:
        for call in calls(path):
            odd = [node for node in call.args if isinstance(node, (ast.JoinedStr, ast.BinOp))]
            assert not odd, f"{path.name}, line {call.lineno}"


@pytest.mark.parametrize("path", SAYING, ids=lambda path: path.stem)
def test_no_sentence_is_put_together_from_pieces(path):
    """A looked-up sentence is no part of a sum or of an f-string, and has no place by number."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, (ast.BinOp, ast.JoinedStr)):
            inside = [n for n in ast.walk(node) if isinstance(n, ast.Call)]
            looked_up = [n for n in inside if getattr(n.func, "id", None) in CALLS]
            assert not looked_up, f"{path.name}, line {node.lineno}"


def test_placeholders_have_names(found):
    assert not [text for text in found if re.search(r"\{\d*\}|%[sd]", text)]


def test_english_needs_no_catalogue(monkeypatch):
    monkeypatch.delenv("SEGCOURSE_LANG", raising=False)
    assert N_("A row") == _("A row") == "A row"
    assert ngettext("{n} row", "{n} rows", 1) == "{n} row"
    assert ngettext("{n} row", "{n} rows", 2) == "{n} rows"
    monkeypatch.setenv("SEGCOURSE_LANG", "xx")
    assert _("A row") == "A row"


def test_another_language(catalogue, monkeypatch, tmp_path):
    """Each sentence in capitals, but for its placeholders."""
    for message in catalogue:
        one = message.id[0] if isinstance(message.id, tuple) else message.id
        message.string = (capitals(one),) * 2 if message.pluralizable else capitals(one)
    folder = tmp_path / "ko" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "segcourse.po").open("wb") as opened:
        write_po(opened, catalogue)
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    monkeypatch.setenv("SEGCOURSE_LANG", "ko")
    for exercise in all_exercises():
        for text in (exercise.title, *exercise.hints, *(m.message for m in exercise.mistakes)):
            assert _(text) == capitals(text)


def test_the_translators_files_have_what_the_extractor_finds(found):
    """`python3 -m segcourse translate` reads the same sentences as the standard extractor."""
    folder = PACKAGE / "locale" / "ko" / "LC_MESSAGES"
    paths = [*folder.glob("checks*.po"), folder / "segcourse.po"]
    entries = [one for path in paths for one in polib.pofile(str(path)) if not one.obsolete]
    there = {text for one in entries for text in (one.msgid, one.msgid_plural)}
    assert found - there <= {""}


def capitals(text):
    return re.sub(r"[^{}]+(?![^{]*\})", lambda found: found[0].upper(), text)
