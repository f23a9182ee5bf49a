"""A folder and a zip: whole, or not at all."""

import os
import zipfile

import pytest

from segcourse.project.handing_in.bundle import check_name, place
from tests.interrupts import at_every_place, in_a_process_of_its_own


@pytest.fixture
def to(tmp_path):
    (tmp_path / "hand_in").mkdir()
    return tmp_path / "hand_in"


def files(to, text="new"):
    folder = to / ".kim.part"
    folder.mkdir()
    (folder / "b.txt").write_text(text)
    (folder / "a.txt").write_text("a")
    return folder


def state(folder):
    """All files of a folder with what they hold; of a zip the names."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                found[path.relative_to(folder)] = [archive.read(n) for n in archive.namelist()]
        elif path.is_file():
            found[path.relative_to(folder)] = path.read_bytes()
    return found


@pytest.mark.parametrize("name", ["kim", "김민지", "kim_minji-2", "a.b", "x" * 60])
def test_names(name):
    assert check_name(name) == name


@pytest.mark.parametrize(
    "name",
    ["", ".kim", "a/b", "..", "a\\b", "a b", "-kim", "con", "NUL.txt", "com1", "a.", "x" * 61,
     "a\n", "=1", None, 3],
)  # fmt: skip
def test_no_names(name):
    with pytest.raises(ValueError, match="`name` must be .*no spaces"):
        check_name(name)


def test_folder_and_zip(to):
    folder, archive, older = place(files(to), to, "kim")
    assert (folder, archive, older) == (to / "kim", to / "kim.zip", None)
    assert sorted(os.listdir(to)) == ["kim", "kim.zip"]
    assert (folder / "b.txt").read_text() == "new"
    with zipfile.ZipFile(archive) as opened:
        assert opened.namelist() == ["kim/a.txt", "kim/b.txt"]
        assert opened.read("kim/b.txt") == b"new"


def test_the_same_files_give_the_same_zip(to):
    first = place(files(to), to, "kim")[1].read_bytes()
    assert place(files(to), to, "kim")[1].read_bytes() == first


def test_older_ones_are_kept(to):
    place(files(to, "first"), to, "kim")
    assert place(files(to, "second"), to, "kim")[2] == "kim-1"
    (to / "kim-2.zip").touch()
    assert place(files(to, "third"), to, "kim")[2] == "kim-3"
    texts = {name: (to / name / "b.txt").read_text() for name in ("kim-1", "kim-3", "kim")}
    assert texts == {"kim-1": "first", "kim-3": "second", "kim": "third"}
    assert (to / "kim-1.zip").exists() and (to / "kim-3.zip").exists()


def test_where_it_cannot_be_written_all_is_as_before(to, monkeypatch):
    place(files(to, "first"), to, "kim")
    before, replace = state(to), os.replace

    def fails(source, target):
        if str(source).endswith(".part") and str(target).endswith(".zip"):
            raise OSError("full")
        replace(source, target)

    new = files(to, "second")
    monkeypatch.setattr(os, "replace", fails)
    with pytest.raises(OSError, match="full"):
        place(new, to, "kim")
    assert {k: v for k, v in state(to).items() if k.parts[0] != new.name} == before


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_interrupt_leaves_the_old_or_the_new(tmp_path):
    """Never half of each."""
    in_a_process_of_its_own(place_with_interrupts, tmp_path)


def place_with_interrupts(tmp_path):
    number = 0

    def block():
        nonlocal number
        number += 1
        to = tmp_path / str(number)
        to.mkdir()
        place(files(to, "first"), to, "kim")
        place(files(to, "second"), to, "kim")

    for _count in at_every_place(block):
        to = tmp_path / str(number)
        if not to.exists():
            continue
        hand_in, archive = to / "kim", to / "kim.zip"
        assert hand_in.exists() == archive.exists()
        if hand_in.exists():
            with zipfile.ZipFile(archive) as opened:
                assert opened.read("kim/b.txt").decode() == (hand_in / "b.txt").read_text()
        left = [p.name for p in to.iterdir() if p.suffix == ".part" and p.is_file()]
        assert not left


def test_a_repository_stays_with_the_name(to):
    place(files(to), to, "kim")
    (to / "kim" / ".git").mkdir()
    (to / "kim" / ".git" / "config").write_text("[core]")
    folder, _, older = place(files(to), to, "kim")
    assert older == "kim-1" and not (to / "kim-1" / ".git").exists()
    assert (folder / ".git" / "config").read_text() == "[core]"
