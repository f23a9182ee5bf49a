"""The scores of a model file, counted by another process, which may take so much and no more."""

import contextlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from segcourse import process_tree
from segcourse.texts import _

__all__ = ["Scored", "child_environment", "scored_apart"]

# Bytes of an answer, and characters of a reason, that are read.
_MOST_ANSWER = 2**20
_MOST_REASON = 400


@dataclass(frozen=True)
class Scored:
    """What came of it.

    Attributes:
        result: what `segcourse.project.scoring.score` gives, or None.
        reason: why there is none, a sentence; else None.
        seconds: how long it took.
    """

    result: dict | None
    reason: str | None
    seconds: float


def scored_apart(model, dataset, size, folder, env, minutes, memory_gb, starting=None):
    """Score the held-back split of a data set with a model file.

    Args:
        model: path of the file.
        dataset: name of the set, or `folder:PATH`.
        size: (height, width), or None for the set's own.
        folder: empty folder for what the process writes on its way.
        env: dict, its environment.
        minutes: how long it may take.
        memory_gb: gigabytes of memory it may hold.
        starting: of `segcourse.process_tree.run`.

    Returns:
        `Scored`; whatever is in the file, no error is raised for it.
    """
    command = [sys.executable, "-m", "segcourse.project.scoring", str(Path(model).absolute())]
    command += [dataset, *(["--size", *map(str, size)] if size else [])]
    answer, said = Path(folder) / "answer.json", Path(folder) / "said.txt"
    with open(answer, "wb") as out, open(said, "wb") as err:
        ended = process_tree.run(
            command,
            minutes * 60,
            memory_gb * 2**30,
            **({"starting": starting} if starting else {}),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            cwd=folder,
            env=child_environment(env, folder),
        )
    result = _answer(answer) if ended.reason is None and ended.status == 0 else None
    reason = None if result is not None else _reason(ended, said, minutes, memory_gb)
    return Scored(result, reason, ended.seconds)


def child_environment(env, folder):
    """Variables of a process that opens other people's files: what it writes stays in `folder`."""
    kept = {name: value for name, value in env.items() if name != "SEGCOURSE_DATASET"}
    package = str(Path(__file__).resolve().parents[3])  # this one first, from any folder
    paths = [package, *filter(None, env.get("PYTHONPATH", "").split(os.pathsep))]
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths)),
        "SEGCOURSE_QUIET": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PYTHONSAFEPATH": "1",  # no module is taken from the working directory
        "PYTHONIOENCODING": "utf-8",
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder)),
    }


def _answer(path):
    """The last line of an answer, if it is an object of JSON; else None."""
    with contextlib.suppress(ValueError, IndexError, RecursionError, UnicodeDecodeError):
        line = _start(path, _MOST_ANSWER).decode("utf-8").strip().splitlines()[-1]
        found = json.loads(line)
        return found if isinstance(found, dict) else None
    return None


def _reason(ended, said, minutes, memory_gb):
    if ended.reason == "time":
        return _("scoring took more than {minutes:g} minutes").format(minutes=minutes)
    if ended.reason == "memory":
        return _("scoring took more than {memory:g} GB of memory").format(memory=memory_gb)
    lines = [line for line in _end(said).splitlines() if line.strip()]
    if ended.status == 1 and lines:
        return lines[-1][:_MOST_REASON]
    if ended.status < 0 or ended.status > 2:
        text = _("the process that scores it died (status {status})")
        return text.format(status=ended.status)
    return _("it could not be scored: {reason}").format(reason=(lines or ["?"])[-1][:_MOST_REASON])


def _start(path, most):
    with open(path, "rb") as file:
        return file.read(most)


def _end(path):
    with open(path, "rb") as file:
        file.seek(max(0, os.path.getsize(path) - 8 * _MOST_REASON))
        return file.read().decode("utf-8", errors="replace")
