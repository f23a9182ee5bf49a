"""One thing that is wrong, which files have it, and how to mend it."""

from dataclasses import dataclass

from segcourse.data.own import names

#: Worst first: what stops reading, what spoils training, what is good to know.
GRADES = ("error", "warning", "note")


@dataclass(frozen=True)
class Finding:
    """What is wrong.

    Attributes:
        grade: one of `GRADES`.
        kind: a short word for it, such as `"jpeg"`.
        what: a sentence.
        mend: what to do about it; may be empty.
        files: paths of the files that have it.
    """

    grade: str
    kind: str
    what: str
    mend: str = ""
    files: tuple = ()

    def text(self, folder=None, most=5):
        """The lines that are printed."""
        lines = [f"{self.grade:8}{self.what}"]
        if self.files:
            inside = [p for p in self.files if folder is None or p.is_relative_to(folder)]
            home = folder if len(inside) == len(self.files) else None
            lines.append(f"        {names.listed(list(self.files), home, most)}")
        if self.mend:
            lines.append(f"        Mend: {self.mend}")
        return "\n".join(lines)


def worst_first(findings):
    """The findings, errors before warnings before notes; of each, those of more files first."""
    return sorted(findings, key=lambda one: (GRADES.index(one.grade), -len(one.files)))
