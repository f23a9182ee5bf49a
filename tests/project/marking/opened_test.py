"""Folders and zips of others, opened with care."""

import os
import stat
import warnings
import zipfile

import pytest

from segcourse.project.checking.files import LARGEST
from segcourse.project.marking import opened as module
from segcourse.project.marking.opened import opened


@pytest.fixture
def target(tmp_path):
    (tmp_path / "target").mkdir()
    return tmp_path / "target"


@pytest.fixture
def outside(tmp_path):
    path = tmp_path / "secret.txt"
    path.write_text("secret")
    return path


def zipped(path, *entries):
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for name, data in entries:
            archive.writestr(name, data)
    return path


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_folder(good, target):
    (good / "more.py").write_text("1 / 0")
    (good / ".git").mkdir()
    assert opened(good, target) == []
    assert names(target) == sorted(LARGEST)


@pytest.mark.parametrize("prefix", ["", "kim/", "final-project-main/hand_in/"])
def test_a_zip(good, target, tmp_path, prefix):
    entries = [(f"{prefix}{path.name}", path.read_bytes()) for path in good.iterdir()]
    entries += [("__MACOSX/report.json", "x"), (f"{prefix}more.py", "1 / 0"), ("a/b.txt", "")]
    assert opened(zipped(tmp_path / "kim.zip", *entries), target) == []
    assert names(target) == sorted(LARGEST)
    assert all((target / name).read_bytes() == (good / name).read_bytes() for name in LARGEST)


@pytest.mark.parametrize(
    "name",
    [
        "../report.json",
        "a/../../x",
        "/etc/passwd",
        "C:/x.json",
        "..\\x",
        "a\\..\\b",
        "C:report.json",
    ],
)
def test_a_zip_that_leads_outside_is_not_opened(target, tmp_path, name):
    archive = zipped(tmp_path / "kim.zip", ("report.json", "{}"), (name, "x"))
    (remark,) = opened(archive, target)
    assert "leads outside" in remark and names(target) == []
    assert names(tmp_path) == ["kim.zip", "target"]


@pytest.mark.skipif(os.name == "nt", reason="makes links")
def test_links_are_not_followed(good, target, outside):
    (good / "report.json").unlink()
    (good / "report.json").symlink_to(outside)
    (good / "looks.json").unlink()
    (good / "looks.json").symlink_to("/dev/zero")
    (good / "model_card.md").unlink()
    (good / "model_card.md").mkdir()
    remarks = opened(good, target)
    assert len(remarks) == 3 and all("not opened" in remark for remark in remarks)
    assert not {"report.json", "looks.json", "model_card.md"} & set(names(target))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="makes a pipe")
def test_a_pipe_is_not_waited_for(good, target):
    (good / "report.json").unlink()
    os.mkfifo(good / "report.json")
    assert "no plain file" in opened(good, target)[0]


def test_a_link_in_a_zip_is_not_opened(target, tmp_path):
    entry = zipfile.ZipInfo("report.json")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive = zipped(tmp_path / "kim.zip", (entry, "/etc/passwd"))
    assert opened(archive, target) == ["report.json is a link; it was not opened"]
    assert names(target) == []


def test_a_bomb_is_not_unpacked(target, tmp_path):
    archive = zipped(tmp_path / "kim.zip", ("report.json", b" " * (LARGEST["report.json"] + 1)))
    assert archive.stat().st_size < 10_000
    assert "too large" in opened(archive, target)[0] and names(target) == []


def test_a_bomb_that_lies_about_its_size(target, tmp_path):
    """The head says one byte."""
    size = LARGEST["report.json"] + 1
    archive = zipped(tmp_path / "kim.zip", ("report.json", b" " * size))
    data = archive.read_bytes().replace(size.to_bytes(4, "little"), (1).to_bytes(4, "little"))
    archive.write_bytes(data)
    assert opened(archive, target)
    assert all(path.stat().st_size <= 1 for path in target.iterdir())


def test_large_files_in_a_folder(good, target, monkeypatch):
    monkeypatch.setitem(LARGEST, "model.keras", 100)
    assert opened(good, target) == ["model.keras is too large: more than 0 MB"]
    assert "model.keras" not in names(target)


def test_very_many_entries(target, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_MOST_ENTRIES", 3)
    archive = zipped(tmp_path / "kim.zip", *[(f"{number}", "") for number in range(4)])
    assert "4 entries" in opened(archive, target)[0]
    monkeypatch.setattr(module, "_MOST_ARCHIVE", 3)
    assert opened(archive, target) == ["the zip is too large"]


def test_the_same_name_twice(target, tmp_path):
    archive = zipped(tmp_path / "kim.zip", ("looks.json", "[1]"), ("looks.json", "[2]"))
    assert opened(archive, target) == ["the zip has looks.json more than once; the first was read"]
    assert (target / "looks.json").read_text() == "[1]"


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_zip(target, tmp_path, data):
    (tmp_path / "kim.zip").write_bytes(data)
    (remark,) = opened(tmp_path / "kim.zip", target)
    assert remark.startswith("the zip is damaged")


def test_damaged_inside(target, tmp_path):
    archive = zipped(tmp_path / "kim.zip", ("report.json", os.urandom(500)), ("looks.json", "[]"))
    data = bytearray(archive.read_bytes())
    data[60:200] = bytes(140)
    archive.write_bytes(data)
    (remark,) = opened(archive, target)
    assert remark.startswith("report.json is damaged") and names(target) == ["looks.json"]


def test_encrypted(target, tmp_path):
    archive = zipped(tmp_path / "kim.zip", ("looks.json", "[]"))
    data = bytearray(archive.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    archive.write_bytes(data)
    assert "damaged" in opened(archive, target)[0] and names(target) == []
