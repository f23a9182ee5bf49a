"""`translate ko` in a scratch copy: a change of one English paragraph."""

import argparse
import json
import shutil
from pathlib import Path

import polib
import pytest

from segcourse.command import command_line, environment, translate

ROOT = Path(__file__).parents[2]
NOTEBOOK = "notebooks/week4_fcn.ipynb"
BEFORE, AFTER = "They will be the hardest part.", "They will be by far the hardest part."


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    folder = tmp_path_factory.mktemp("course")
    shutil.copytree(
        ROOT / "segcourse", folder / "segcourse", ignore=shutil.ignore_patterns("*.pyc")
    )
    (folder / "notebooks").mkdir()
    (folder / "docs").mkdir()
    for name in (NOTEBOOK, "README.md", "docs/glossary.md"):
        shutil.copyfile(ROOT / name, folder / name)
    return folder


@pytest.fixture
def checkout(original, tmp_path, monkeypatch):
    folder = tmp_path / "course"
    shutil.copytree(original, folder)
    monkeypatch.setattr(environment, "root", lambda: folder)
    return folder


def run(check=False):
    return translate.main(argparse.Namespace(language="ko", check=check))


def texts(checkout):
    content = json.loads((checkout / "notebooks/ko/week4_fcn.ipynb").read_text(encoding="utf-8"))
    return "\n\n".join("".join(cell["source"]) for cell in content["cells"])


def change(path):
    text = path.read_text(encoding="utf-8")
    assert BEFORE in text
    path.write_text(text.replace(BEFORE, AFTER), encoding="utf-8")


def test_a_changed_paragraph_is_fuzzy_in_english_and_said(checkout, capsys):
    assert run() == 0
    po = checkout / "segcourse/locale/ko/LC_MESSAGES/week4.po"
    file = polib.pofile(str(po), wrapwidth=0)
    entry = next(one for one in file if one.msgid.endswith(BEFORE))
    entry.msgstr, entry.flags = "검증 이미지 네 장과 `255`입니다.", []
    file.save(str(po))
    assert run() == 0
    assert "검증 이미지 네 장" in texts(checkout)

    change(checkout / NOTEBOOK)
    capsys.readouterr()
    assert run(check=True) == 1
    said = capsys.readouterr().out
    assert "not up to date: notebooks/ko/week4_fcn.ipynb" in said and "week4.po, 1 fuzzy" in said
    assert "검증 이미지 네 장" in texts(checkout)  # nothing was written

    assert run() == 0
    assert f"{AFTER} (영어 원문)" in texts(checkout) and "검증 이미지 네 장" not in texts(checkout)
    changed = next(one for one in polib.pofile(str(po)) if one.msgid.endswith(AFTER))
    assert changed.fuzzy and changed.previous_msgid.endswith(BEFORE)


def test_a_second_call_writes_nothing(checkout, capsys):
    run()
    capsys.readouterr()
    run()
    assert "written" not in capsys.readouterr().out


def test_a_wrong_translation_is_named(checkout, capsys):
    run()
    po = checkout / "segcourse/locale/ko/LC_MESSAGES/checks.po"
    file = polib.pofile(str(po), wrapwidth=0)
    next(one for one in file if "{total}" in one.msgid).msgstr = "힌트"
    file.save(str(po))
    assert run() == 1
    assert "lacks the placeholder {total}" in capsys.readouterr().out


def test_a_notebook_whose_english_one_has_gone_goes(checkout):
    run()
    old = checkout / "notebooks/ko/old.ipynb"
    old.write_text("{}", encoding="utf-8")
    run()
    assert not old.exists()


def test_another_language_is_refused(capsys):
    with pytest.raises(
        environment.Stop, match="LANGUAGE` must be one of ko|LANGUAGE must be one of ko"
    ):
        translate.main(argparse.Namespace(language="xx", check=False))


def test_it_is_a_command():
    assert "translate" in command_line.COMMANDS
