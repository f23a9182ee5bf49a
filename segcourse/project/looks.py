"""How often the held-back split was looked at."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

from segcourse.atomic_write import atomic_write
from segcourse.checks.sizes import is_number
from segcourse.project.files.one_at_a_time import one_at_a_time
from segcourse.texts import _

NAME = "looks.json"


class Looks:
    """The record `looks.json` of a project: it only grows.

    Example:

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     looks = Looks(Path(folder) / NAME)
    ...     looks.add("0" * 64, 0.5), looks.add("1" * 64, 0.75), len(looks.read())
    (1, 2, 2)

    Args:
        path: of the file.
    """

    def __init__(self, path):
        self.path = Path(path)

    def read(self):
        """The looks so far, a list of dicts with `when`, `model_sha256` and `mean_iou`.

        Of a damaged file, those that can still be read.
        """
        return self._read()[0]

    def add(self, model_sha256, mean_iou):
        """Count one look.

        A damaged file is kept beside the new one, and a sentence says so.

        Args:
            model_sha256: of the file of the network that was scored.
            mean_iou: its mean IoU, or None.

        Returns:
            the number of this look, from 1.

        Raises:
            OSError: if it cannot be written.
        """
        with one_at_a_time(self.path):
            looks, damaged = self._read()
            if damaged:
                self._keep_damaged(len(looks))
            when = datetime.now(UTC).isoformat(timespec="seconds")
            looks.append({"when": when, "model_sha256": model_sha256, "mean_iou": mean_iou})
            with atomic_write(self.path) as part:
                part.write_text(json.dumps(looks, indent=1) + "\n", encoding="utf-8")
            return len(looks)

    def _read(self):
        """(what can be read, whether something cannot)."""
        try:
            text = self.path.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return [], False
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, list) and all(map(_is_look, found)):
            return found, False
        # No look holds a brace inside.
        return [one for one in map(_loads, re.findall(r"\{[^{}]*\}", text)) if _is_look(one)], True

    def _keep_damaged(self, count):
        """Put the damaged file beside, under a name that is free."""
        number = 1
        while (kept := self.path.with_name(f"looks.damaged-{number}.json")).exists():
            number += 1
        self.path.replace(kept)
        text = _(
            "{file} was damaged. It is kept as {kept}; {count} looks in it could be read, and go "
            "on counting."
        )
        print(text.format(file=self.path.name, kept=kept.name, count=count))


def _loads(text):
    try:
        return json.loads(text)
    except ValueError:
        return None


def _is_look(one):
    return (
        isinstance(one, dict)
        and isinstance(one.get("when"), str)
        and isinstance(one.get("model_sha256"), str)
        and (one.get("mean_iou") is None or is_number(one["mean_iou"]))
    )
