"""Room on the disk."""

import errno
from types import SimpleNamespace

import pytest

from segcourse.project.handing_in import room


@pytest.mark.parametrize("free, enough", [(10**12, True), (500 * 2**20, True), (2**20, False)])
def test_a_folder_that_is_not_there_yet(tmp_path, monkeypatch, free, enough):
    asked = []

    def usage(path):
        asked.append(path)
        return SimpleNamespace(free=free)

    monkeypatch.setattr(room.shutil, "disk_usage", usage)
    if enough:
        room.check_room(tmp_path / "a" / "b")
    else:
        with pytest.raises(OSError, match="1 MB are left") as error:
            room.check_room(tmp_path / "a" / "b")
        assert error.value.errno == errno.ENOSPC
    assert asked == [tmp_path]
