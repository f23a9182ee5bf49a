"""One folder of a git repository at one commit: fetched once, checked whenever it is read."""

import contextlib
import errno
import hashlib
import os
import shutil
import subprocess
import threading
from urllib.parse import urlsplit

from segcourse.data.files.errors import DataError
from segcourse.data.files.folders import replacing
from segcourse.data.files.network import no_answer
from segcourse.data.progress import bar

_LOOK_SECONDS = 0.5
_LIST = ".blobs"  # one line a file: its blob id, a space, its path


class GitFolder:
    """The folder `inside` of the repository at `url`, at `commit`, kept under `home`.

    `name` is that of the data set: of its place under `home`, and of its manual folder.

    git verifies what it fetches against the commit's hash. Its list of blob ids is kept beside
    the files, and `verified` holds every file against it, so an altered one is never used.
    """

    def __init__(self, name, url, commit, inside, home):
        self.name, self.url, self.commit, self.inside = name, url, commit, inside
        self.folder = home / "downloads" / f"{name}-{commit[:12]}"
        self._blobs = None
        self._lock = threading.Lock()

    def ready(self):
        """The local folder, fetched first if it is not there whole."""
        if not (self.folder / _LIST).is_file():
            self.fetch()
        return self.folder

    def verified(self, path):
        """Bytes of one file; if they are not the commit's, the folder is fetched anew, once."""
        data = self._read(path)
        if data is None:
            with self._lock:
                data = self._read(path)
                if data is None:
                    self._fetch_again(path)
                    data = self._read(path)
        if data is None:
            raise DataError(
                f"{self.folder / path} is not the file of commit {self.commit}. "
                "Delete the folder to fetch it anew."
            )
        return data

    def _fetch_again(self, path):
        try:
            self.fetch()
        except DataError as error:
            raise DataError(
                f"{self.folder / path} is truncated or altered and is not used. "
                f"It could not be fetched anew: {error}"
            ) from error

    def _read(self, path):
        """The file's bytes, or None where they are not what the commit holds."""
        if self._blobs is None:
            lines = (self.folder / _LIST).read_text("utf-8").splitlines()
            self._blobs = {name: blob for blob, name in (line.split(" ", 1) for line in lines)}
        try:
            data = (self.folder / path).read_bytes()
        except OSError:
            return None
        blob = hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()
        return data if blob == self._blobs.get(path) else None

    def fetch(self):
        """Fetches the folder and puts it in its place only when it is whole."""
        if shutil.which("git") is None:
            raise DataError(self._missing("git is not installed"))
        self._probe()
        with replacing(self.folder) as partial:
            work = partial / "work"
            self._git(partial, "init", "--quiet", str(work))
            self._git(work, "remote", "add", "origin", self.url)
            # Without the commit's other folders; a server that cannot filter sends them along.
            self._git(work, "fetch", "--quiet", "--depth=1", "--filter=blob:none", "origin",
                      self.commit)  # fmt: skip
            self._git(work, "sparse-checkout", "set", "--no-cone", f"/{self.inside}/")
            self._git(work, "checkout", "--quiet", "--detach", self.commit)
            self._take(work, partial)
        self._blobs = None

    def _take(self, work, partial):
        """Moves the folder's files out of the repository and writes the list of their blobs."""
        tree = self._git(work, "ls-tree", "-r", "-z", f"{self.commit}:{self.inside}")
        lines = []
        for entry in filter(None, tree.split("\0")):
            (_, kind, blob), path = entry.split("\t", 1)[0].split(), entry.split("\t", 1)[1]
            if kind == "blob" and not set(path.split("/")) & {"..", ""}:
                lines.append(f"{blob} {path}\n")
        for child in (work / self.inside).iterdir():
            child.rename(partial / child.name)
        shutil.rmtree(work)
        (partial / _LIST).write_text("".join(lines), "utf-8")

    def _probe(self):
        """Says within seconds that there is no network, which git alone takes minutes for."""
        if urlsplit(self.url).scheme not in ("http", "https"):
            return
        address = f"{self.url}/info/refs?service=git-upload-pack"
        error = no_answer(address)
        if error is None:
            return
        host = urlsplit(self.url).netloc
        raise DataError(self._missing(f"no answer from {host}: {error}")) from error

    def _git(self, folder, *arguments):
        slow = ["-c", "http.lowSpeedLimit=1000", "-c", "http.lowSpeedTime=30"]
        environment = {k: v for k, v in os.environ.items() if k not in _GIT_VARIABLES}
        environment |= {"GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "", "LC_ALL": "C"}
        with subprocess.Popen(
            ["git", *slow, *arguments], cwd=folder, env=environment, text=True, encoding="utf-8",
            errors="replace", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:  # fmt: skip
            try:
                output, errors = self._wait(process, folder)
            except BaseException:
                process.kill()
                raise
        if process.returncode == 0:
            return output
        said = (errors.strip().splitlines() or ["no reason given"])[-1]
        if "No space left" in errors:
            raise OSError(errno.ENOSPC, "No space left on device")
        raise DataError(self._missing(f"git {arguments[0]} failed: {said}"))

    def _wait(self, process, folder):
        """What the process says; a bar follows how many bytes there are in `folder` meanwhile."""
        with bar(what=f"fetching {self.name}", unit="B", unit_scale=True) as shown:
            while True:
                try:
                    return process.communicate(timeout=_LOOK_SECONDS)
                except subprocess.TimeoutExpired:
                    shown.update(_bytes_in(folder) - shown.n)

    def _missing(self, reason):
        return (
            f"{self.name} is not on this machine and could not be fetched ({reason}). "
            f"Put the folder {self.inside}/ of {self.url} at commit {self.commit} to "
            f"$SEGCOURSE_MANUAL_DIR/{self.name}, or connect to the network and try again."
        )


def _bytes_in(folder):
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):  # git moves its files as it goes
                total += os.lstat(os.path.join(place, name)).st_size
    return total


_GIT_VARIABLES = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"}
