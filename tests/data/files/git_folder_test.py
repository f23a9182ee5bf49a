import shutil
import socket
import subprocess
import threading
import time

import numpy as np
import pytest

from segcourse import data
from segcourse.data.files import git_folder
from segcourse.data.sets import camvid, membrane

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(folder, *arguments):
    who = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
    done = subprocess.run(
        ["git", *who, *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def publish(work, bare, module, monkeypatch):
    """Make a bare repository of the files in `work`, which `module` takes for the public one."""
    (work / "Models").mkdir()
    (work / "Models" / "other.txt").write_text("not wanted")
    git(work, "init", "-q")
    git(work, "add", ".")
    git(work, "commit", "-q", "-m", "pictures")
    commit = git(work, "rev-parse", "HEAD")
    git(work.parent, "clone", "-q", "--bare", str(work), str(bare))
    for key in ("allowFilter", "allowAnySHA1InWant"):
        git(bare, "config", f"uploadpack.{key}", "true")
    monkeypatch.setattr(module, "URL", bare.as_uri())
    monkeypatch.setattr(module, "COMMIT", commit)
    return bare


@pytest.fixture
def origin(tmp_path, monkeypatch, make_camvid):
    """A bare repository with a tiny CamVid, which `load` takes for the public one."""
    work = tmp_path / "work"
    make_camvid(work / "CamVid", splits=("train", "val", "test"), count=2)
    return publish(work, tmp_path / "origin.git", camvid, monkeypatch)


def folder(tmp_path):
    return tmp_path / "cache" / "downloads" / f"camvid-{camvid.COMMIT[:12]}"


def test_download_is_fetched_once_and_only_its_folder(origin, tmp_path):
    ds = data.load("camvid")
    assert ds.splits == ("train", "val", "test")
    assert ds.test.images.shape == (2, 12, 16, 3)
    assert "download" in ds.source and camvid.COMMIT[:8] in ds.source
    assert sorted(path.name for path in folder(tmp_path).iterdir()) == [
        ".blobs", "test", "testannot", "train", "trainannot", "val", "valannot",
    ]  # fmt: skip
    shutil.rmtree(origin)
    np.testing.assert_array_equal(data.load("camvid").test.images, ds.test.images)


def test_a_folder_deep_in_the_repository(tmp_path, monkeypatch, make_membrane):
    work = tmp_path / "work"
    make_membrane(work / "data" / "membrane" / "train", slices=range(30))
    publish(work, tmp_path / "origin.git", membrane, monkeypatch)
    ds = data.load("membrane")
    assert [len(ds.split(name)) for name in ds.splits] == [20, 4, 6]
    np.testing.assert_array_equal(ds.test.images.max(axis=(1, 2, 3)), range(124, 130))
    place = tmp_path / "cache" / "downloads" / f"membrane-{membrane.COMMIT[:12]}"
    assert sorted(path.name for path in place.iterdir()) == [".blobs", "image", "label"]
    path = place / "label" / "21.png"
    path.write_bytes((place / "label" / "22.png").read_bytes())  # whole, but another slice's
    np.testing.assert_array_equal(data.load("membrane").val.labels, ds.val.labels)


def test_an_altered_file_is_fetched_anew_and_never_used(origin, tmp_path):
    before = data.load("camvid").train.images
    path = folder(tmp_path) / "train" / "001.png"
    path.write_bytes(path.with_name("000.png").read_bytes())  # a whole PNG, the wrong one
    np.testing.assert_array_equal(data.load("camvid").train.images, before)


def test_a_truncated_file_is_named_when_it_cannot_be_fetched_anew(origin, tmp_path):
    data.load("camvid")
    path = folder(tmp_path) / "valannot" / "000.png"
    path.write_bytes(path.read_bytes()[:40])
    shutil.rmtree(origin)
    with pytest.raises(data.DataError, match="truncated or altered and is not used") as caught:
        _ = data.load("camvid").val.labels
    assert str(path) in str(caught.value)
    assert len(data.load("camvid").train.images) == 2  # what is whole still loads


def test_a_half_finished_download_is_never_used(origin, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:

        def stop(*arguments):
            raise KeyboardInterrupt

        patch.setattr(git_folder.GitFolder, "_take", stop)
        with pytest.raises(KeyboardInterrupt):
            data.load("camvid")
    assert not list((tmp_path / "cache" / "downloads").iterdir())
    # And one that was killed: files without the list that is written last.
    (folder(tmp_path) / "train").mkdir(parents=True)
    (folder(tmp_path) / "train" / "000.png").write_bytes(b"half")
    assert len(data.load("camvid").train.images) == 2


def test_another_commit_is_refused(origin, tmp_path, monkeypatch):
    monkeypatch.setattr(camvid, "COMMIT", "0" * 40)
    with pytest.raises(data.DataError, match="git fetch failed.*SEGCOURSE_MANUAL_DIR"):
        data.load("camvid")
    assert not list((tmp_path / "cache" / "downloads").iterdir())


def test_a_full_disk_is_said_and_nothing_is_left(origin, tmp_path, monkeypatch):
    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(git_folder.GitFolder, "_take", full)
    with pytest.raises(data.DataError, match="disk is full"):
        data.load("camvid")
    assert not list((tmp_path / "cache" / "downloads").iterdir())


@pytest.fixture
def silent_server():
    """A port on this machine that takes connections and never says a word."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        taken = []
        threading.Thread(target=lambda: _accept(server, taken), daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/SegNet-Tutorial"
    for connection in taken:
        connection.close()


def _accept(server, taken):
    try:
        while True:
            taken.append(server.accept()[0])
    except OSError:
        pass


def expect_no_network(url, monkeypatch):
    monkeypatch.setattr(camvid, "URL", url)
    started = time.monotonic()
    with pytest.raises(data.DataError) as caught:
        data.load("camvid")
    assert time.monotonic() - started < 5
    message = str(caught.value)
    assert "camvid is not on this machine" in message and "no answer from" in message
    assert "$SEGCOURSE_MANUAL_DIR/camvid" in message and camvid.COMMIT in message


def test_no_network_is_said_within_five_seconds(silent_server, monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    expect_no_network(silent_server, monkeypatch)


def test_a_refusing_host_is_said_at_once(monkeypatch):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    expect_no_network(f"http://127.0.0.1:{port}/SegNet-Tutorial", monkeypatch)
