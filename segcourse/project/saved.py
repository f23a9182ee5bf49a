"""Whether another process gets the reported scores from the saved file."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from segcourse.project import report
from segcourse.project.checking.same_scores import differences
from segcourse.project.files import handed_over, model_file
from segcourse.texts import _

# Seconds; loading TensorFlow takes ten of them.
_LONGEST = 1200


@dataclass(frozen=True, repr=False)
class Saved:
    """What came out when another process scored `model.keras`.

    Attributes:
        same: whether the scores are those of the report.
        words: one sentence about it.

    Example:

    >>> Saved(True, "The same scores.")
    The same scores.
    """

    same: bool
    words: str

    def __str__(self):
        return self.words

    __repr__ = __str__


def check(folder, split, dataset_name):
    """Score `model.keras` in another process, and hold it against `report.json`.

    Args:
        folder: of the project.
        split: the held-back `Split`.
        dataset_name: of the set it belongs to.

    Returns:
        a `Saved`. A file that cannot be loaded is not the same, and the sentence says why.

    Raises:
        ValueError: there is no report, or it is damaged.
    """
    reported = report.read(folder)
    path = Path(folder) / model_file.NAME
    if not path.is_file():
        return Saved(False, _("{file} is not there.").format(file=path.name))
    if model_file.sha256(path) != reported.get("model_sha256"):
        text = _("{file} is not the file that was reported: its SHA-256 is another one.")
        return Saved(False, text.format(file=path.name))
    with tempfile.TemporaryDirectory() as temporary:
        data = Path(temporary) / "held_back.npz"
        handed_over.write(split, dataset_name, data)
        found, why = _score_elsewhere(path, data)
    if found is None:
        return Saved(False, why)
    return _compared(found, reported["held_back"])


def _score_elsewhere(path, data):
    """(scores, None) of another process, or (None, what it said)."""
    command = [sys.executable, "-m", "segcourse.project.scoring", str(path), str(data)]
    try:
        done = subprocess.run(
            command,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=_LONGEST,
        )
    except subprocess.TimeoutExpired:
        text = _("The other process took longer than {minutes} minutes and was ended.")
        return None, text.format(minutes=_LONGEST // 60)
    try:
        return json.loads(done.stdout.splitlines()[-1]), None
    except (ValueError, IndexError):
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        text = _("The other process could not score {file}: {why}")
        why = lines[-1] if lines else _("it ended without a word.")
        return None, text.format(file=path.name, why=why)


def _environment():
    """Variables of the other process: this package first, and not the whole GPU for one of us."""
    package = str(Path(__file__).resolve().parents[2])
    inherited = os.environ.get("PYTHONPATH")
    return {
        "XLA_PYTHON_CLIENT_PREALLOCATE": "false",
        "TF_FORCE_GPU_ALLOW_GROWTH": "true",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        **os.environ,
        "SEGCOURSE_QUIET": "1",
        "PYTHONIOENCODING": "utf-8",
        "PYTHONPATH": package + (os.pathsep + inherited if inherited else ""),
    }


def _compared(found, reported):
    differing = differences(found, reported)
    if not differing:
        return Saved(
            True, _("Same scores: another process loaded the file and got the reported ones.")
        )
    text = _("Other scores than reported: {names}.")
    return Saved(False, text.format(names=", ".join(differing)))
