"""The folder in which a hand-in is made, beside the place where it will stand."""

import contextlib
import os
import shutil
import uuid
from dataclasses import dataclass
from pathlib import Path

from segcourse.project.looks import Looks
from segcourse.translation.language import of_folder

__all__ = ["Staging", "staging", "students_folder"]

# A run goes on counting and logging in these.
_GOES_ON = ("log.jsonl", "looks.json")


@dataclass(frozen=True)
class Staging:
    """Where a hand-in is made.

    Attributes:
        work: folder for the notebook that runs: `$SEGCOURSE_PROJECT_DIR`. It has a folder for
            each data set.
        files: folder that becomes the hand-in.
        scratch: folder for the process that scores.
    """

    work: Path
    files: Path
    scratch: Path

    def results(self):
        """The folder of the data set that the run has reported on last, or None.

        Without a report it is the one with the newest file.
        """
        found = [path for path in self.work.iterdir() if path.is_dir()]
        return max(found, key=_newest, default=None)


@contextlib.contextmanager
def staging(to, name, students):
    """A new `Staging` in the folder `to`, which goes away with all that is left in it.

    Args:
        to: folder of the hand-ins; it is made.
        name: of the hand-in.
        students: folder of the student's own work, whose logs and looks the run goes on with. The
            looks of the run are counted there as well, at the end.
    """
    folder = Path(to) / f".{name}.{uuid.uuid4().hex}.part"
    made = Staging(folder / "work", folder / "files", folder / "scratch")
    before = {}
    try:
        made.work.mkdir(parents=True)
        made.files.mkdir()
        made.scratch.mkdir()
        before = _copy(students, made.work)
        yield made
    finally:
        try:
            if made.work.is_dir():
                _count_looks(made.work, students, before)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def students_folder(notebook):
    """Where a notebook keeps its work when a student runs it."""
    given = os.environ.get("SEGCOURSE_PROJECT_DIR")
    if given:
        return Path(given).expanduser().absolute()
    folder = Path(notebook).absolute().parent
    # A notebook in another language goes on in the folder of the English ones.
    return (folder.parent if of_folder(folder) else folder) / "my_project"


def _copy(students, work):
    """Copies what goes on; gives the number of looks by data set."""
    for file in sorted(Path(students).glob("*/*")):
        if file.name in _GOES_ON and file.is_file():
            target = work / file.parent.name / file.name
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(file, target)
    return {file.parent.name: len(Looks(file).read()) for file in work.glob("*/looks.json")}


def _count_looks(work, students, before):
    """Puts the looks of the run behind those of the student, who may have looked meanwhile."""
    for file in work.glob("*/looks.json"):
        target = Path(students) / file.parent.name / "looks.json"
        for look in Looks(file).read()[before.get(file.parent.name, 0) :]:
            target.parent.mkdir(parents=True, exist_ok=True)
            Looks(target).add(look["model_sha256"], look.get("mean_iou"))


def _newest(folder):
    report = folder / "report.json"
    times = [file.stat().st_mtime for file in folder.iterdir() if file.is_file()]
    return report.is_file(), max(times, default=0)
