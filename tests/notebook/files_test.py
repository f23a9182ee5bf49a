import os
import stat

import pytest

from segcourse.notebook.files import write_atomically


def test_writes_and_makes_the_folder(tmp_path):
    write_atomically(tmp_path / "build" / "a.txt", "ä\n")
    assert (tmp_path / "build" / "a.txt").read_bytes() == "ä\n".encode()
    assert os.listdir(tmp_path / "build") == ["a.txt"]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("step", ["replace", "chmod"])
def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, error, step):
    path = tmp_path / "a.txt"
    path.write_text("old")

    def fails(*_):
        raise error

    monkeypatch.setattr(os, step, fails)
    with pytest.raises(type(error)):
        write_atomically(path, "new")
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["a.txt"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_rights_of_the_file_stay(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old")
    path.chmod(0o600)
    write_atomically(path, "new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
