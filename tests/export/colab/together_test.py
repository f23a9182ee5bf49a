import os
from pathlib import Path

import pytest

from segcourse.export.colab import write_together


@pytest.fixture
def files(tmp_path):
    paths = [tmp_path / name for name in ("a.txt", "b.txt", "c.txt")]
    for path in paths:
        path.write_text("old", encoding="utf-8")
    return paths


def texts(files):
    return [path.read_text(encoding="utf-8") for path in files]


def test_all_are_written_and_keep_their_rights(files, tmp_path):
    files[0].chmod(0o640)
    write_together({path: "neu é\r\n" for path in files})
    assert {path.read_bytes() for path in files} == {"neu é\r\n".encode()}
    assert files[0].stat().st_mode & 0o777 == 0o640
    assert sorted(tmp_path.iterdir()) == files


@pytest.mark.parametrize("error", [OSError("full"), KeyboardInterrupt()])
@pytest.mark.parametrize("when", [0, 2])
def test_where_one_cannot_take_its_place_none_does(files, tmp_path, monkeypatch, error, when):
    replace, calls = os.replace, []

    def fails(part, path):
        calls.append(path)
        if len(calls) == when + 1:
            raise error
        replace(part, path)

    monkeypatch.setattr(os, "replace", fails)
    with pytest.raises(type(error)):
        write_together({path: "new" for path in files})
    assert texts(files) == ["old"] * 3
    assert sorted(tmp_path.iterdir()) == files


def test_where_one_cannot_be_written_none_is(files, tmp_path, monkeypatch):
    write = Path.write_text

    def fails(self, *arguments, **more):
        if self.name.startswith(".c.txt"):
            raise OSError("full")
        return write(self, *arguments, **more)

    monkeypatch.setattr(Path, "write_text", fails)
    with pytest.raises(OSError, match="full"):
        write_together({path: "new" for path in files})
    assert texts(files) == ["old"] * 3
    assert sorted(tmp_path.iterdir()) == files
