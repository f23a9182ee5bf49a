"""One thing that a hand-in is held against, and what came of it."""

from dataclasses import dataclass

from segcourse.texts import N_, _

__all__ = ["Check", "NOT_CHECKED", "RIGHT", "WRONG", "judged"]

RIGHT, WRONG, NOT_CHECKED = N_("right"), N_("wrong"), N_("not checked")


@dataclass(frozen=True)
class Check:
    """The outcome of one check.

    Attributes:
        id: a short name, such as `"scores"`, that `hand_in.json` has too.
        title: a sentence that says what is right about a good hand-in.
        outcome: `"right"`, `"wrong"`, or `"not checked"` where an earlier fault stands before it.
        said: tuple of sentences: what is missing, or what else there is to know.

    Example:

    >>> print(Check("scores", "The scores come out again.", "wrong", ("mean_iou: 0.61, not 0.7",)))
    wrong: The scores come out again.
        mean_iou: 0.61, not 0.7
    """

    id: str
    title: str
    outcome: str
    said: tuple = ()

    @property
    def is_right(self):
        return self.outcome == RIGHT

    def __str__(self):
        line = _("{outcome}: {title}").format(outcome=_(self.outcome), title=self.title)
        return "\n    ".join([line, *self.said])


def judged(id, title, faults, notes=()):
    """A `Check` that is right where there are no `faults`; notes are said in any case."""
    return Check(id, title, WRONG if faults else RIGHT, (*faults, *notes))
