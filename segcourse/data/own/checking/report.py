"""What `check` found, as an object that prints itself."""

import numpy as np

from segcourse.data.own import names
from segcourse.data.own.checking import masks_judged
from segcourse.data.own.checking.findings import GRADES, worst_first


class Report:
    """What is wrong with a folder of pictures and masks.

    Attributes:
        folder: its Path.
        findings: list of `Finding`, worst first.
        layout: the `Layout`.
        looks: list of `Look`, one a pair.
        encoding: the `Encoding` of the masks, or None where it could not be found out.
        splits: dict of split name to list of `Pair`.
        done: what `write` and `html` wrote, as sentences.
    """

    def __init__(self, layout, looks, encoding, splits, words, findings):
        self.folder, self.layout, self.looks = layout.folder, layout, looks
        self.encoding, self.splits, self.words = encoding, splits, words
        self.findings = worst_first(findings)
        self.done = []

    @property
    def right(self):
        """Whether nothing stands in the way of reading the folder."""
        return not any(one.grade == "error" for one in self.findings)

    def kinds(self):
        """The kinds of the findings, in their order."""
        return [one.kind for one in self.findings]

    def shares(self):
        """List of (class name, share of all counted pixels, number of masks that have it)."""
        if self.encoding is None:
            return []
        rows = [
            masks_judged.class_counts(one, self.encoding)[:-1]
            for one in self.looks
            if one.mask_shape
        ]
        table = np.array(rows).reshape(-1, len(self.encoding.classes))
        whole = max(1, table.sum())
        return [
            (name, float(column.sum() / whole), int((column > 0).sum()))
            for name, column in zip(self.encoding.classes, table.T, strict=True)
        ]

    def __str__(self):
        sizes = ", ".join(f"{name} {len(pairs)}" for name, pairs in self.splits.items())
        lines = [
            f"{self.folder}: {self.layout.kind}, {names.count(len(self.looks), 'pair')} ({sizes})"
        ]
        lines.append(self.words[0].upper() + self.words[1:] + ".")
        wide = max((len(name) for name, _, _ in self.shares()), default=0)
        lines += [
            f"  {name:{wide}} {share:7.2%} of the pixels, in {names.count(count, 'mask')}"
            for name, share, count in self.shares()
        ]
        lines += [one.text(self.folder) for one in self.findings]
        counts = [sum(one.grade == grade for one in self.findings) for grade in GRADES]
        lines.append(
            ", ".join(
                f"{count or 'no'} {grade}{'' if count == 1 else 's'}"
                for count, grade in zip(counts, GRADES, strict=True)
            )
            + "."
        )
        return "\n".join([*lines, *self.done])

    __repr__ = __str__
