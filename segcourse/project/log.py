"""The experiment log: one line a training, kept on disk."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

from segcourse.checks.sizes import is_number
from segcourse.project.table import table
from segcourse.texts import _, ngettext

NAME = "log.jsonl"
TRIAL, FINAL = "trial", "final"


class Log(Sequence):
    """All that was tried: a list of dicts that is read from its file each time.

    An entry has `when`, `kind` (`"trial"` or `"final"`), `name`, `note`, `parameters`, `seconds` of
    training, `epochs`, `recipe` (the fields that differ from `Recipe()`), `seed`, `val_mean_iou`
    and `val_iou` of each class (None where the training failed, with the reason in `failed`), and
    `minutes`, the budget. Printed, it is a table. Lines that are damaged stay in the file, are left
    out here and are counted in `damaged`.

    Example:

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     log = Log(Path(folder) / NAME)
    ...     log.add({"kind": "trial", "name": "FCN-8s", "val_mean_iou": 0.5, "seconds": 90.0})
    ...     print(log)
    #  kind   name    val mean IoU  minutes  parameters  note
    1  trial  FCN-8s        0.5000      1.5

    Args:
        path: of the file.
        bar: the `Bar` whose lines stand in the figure, or None.
    """

    def __init__(self, path, bar=None):
        self.path = Path(path)
        self.bar = bar

    def __len__(self):
        return len(self._read()[0])

    def __getitem__(self, index):
        return self._read()[0][index]

    def __iter__(self):
        return iter(self._read()[0])

    @property
    def damaged(self):
        """How many lines of the file cannot be read."""
        return self._read()[1]

    def add(self, entry):
        """Write one entry behind the others; what stands there is not touched.

        Raises:
            OSError: if it cannot be written.
        """
        line = json.dumps(entry, allow_nan=False, ensure_ascii=False)
        # One write at the end of the file: two notebooks do not come between each other.
        descriptor = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o666)
        with os.fdopen(descriptor, "r+b", buffering=0) as stream:
            start = b"" if _ends_with_a_line(stream) else b"\n"
            stream.write(start + line.encode("utf-8") + b"\n")

    def best(self):
        """The entry with the highest mean IoU on the validation images, None without one."""
        scored = [one for one in self if one["val_mean_iou"] is not None]
        return max(scored, key=lambda one: one["val_mean_iou"], default=None)

    def draw(self):
        """A figure: a bar for each entry in the order of trying, the best one marked.

        Lines show the bar to pass and that of the distinction, which hold for the held-back split.

        Returns:
            the axes.

        Raises:
            ValueError: for a log without an entry that has a score.
        """
        from segcourse import plots

        scored = [one for one in self if one["val_mean_iou"] is not None]
        if not scored:
            raise ValueError(_("`log` must hold a network that was scored. Received: none so far"))
        names = [
            one["name"] if one["kind"] == TRIAL else f"{one['name']} (final)" for one in scored
        ]
        lines = {}
        if self.bar:
            lines = {_("pass"): self.bar.passed, _("distinction"): self.bar.distinction}
        label = _("mean IoU, validation images")
        return plots.attempts(names, [one["val_mean_iou"] for one in scored], label, lines=lines)

    def __str__(self):
        entries, damaged = self._read()
        rows = [("#", "kind", "name", "val mean IoU", "minutes", "parameters", "note")]
        rows += [_row(number, one) for number, one in enumerate(entries, start=1)]
        text = table(rows, right=(0, 3, 4, 5)) if entries else _("Nothing was tried yet.")
        if damaged:
            said = ngettext(
                "{count} damaged line of {file} is left out.",
                "{count} damaged lines of {file} are left out.",
                damaged,
            )
            text += "\n" + said.format(count=damaged, file=self.path.name)
        return text

    __repr__ = __str__

    def _read(self):
        """(entries, number of damaged lines)."""
        try:
            text = self.path.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return [], 0
        lines = [line for line in text.split("\n") if line.strip()]
        entries = [entry for entry in map(_entry, lines) if entry is not None]
        return entries, len(lines) - len(entries)


def _row(number, one):
    return (
        str(number),
        one["kind"],
        one["name"],
        _("failed") if one["val_mean_iou"] is None else f"{one['val_mean_iou']:.4f}",
        f"{one['seconds'] / 60:.1f}" if is_number(one.get("seconds")) else "",
        f"{one['parameters']:,}" if is_number(one.get("parameters")) else "",
        str(one.get("failed") or one.get("note") or ""),
    )


def _ends_with_a_line(stream):
    """Whether the file is empty or its last line is whole: a killed process leaves a part."""
    if not stream.seek(0, os.SEEK_END):
        return True
    stream.seek(-1, os.SEEK_END)
    return stream.read(1) == b"\n"


def _entry(line):
    """The entry in a line, None where it is damaged."""
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(entry, dict) or entry.get("kind") not in (TRIAL, FINAL):
        return None
    score = entry.setdefault("val_mean_iou", None)
    right = isinstance(entry.get("name"), str) and (score is None or is_number(score))
    return entry if right else None
