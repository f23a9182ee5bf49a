"""What a check comes to."""

import enum

__all__ = ["Outcome"]


class Outcome(enum.Enum):
    """Of an exercise or a question: nobody has answered, or right, or wrong."""

    UNTOUCHED = "untouched"
    RIGHT = "right"
    WRONG = "wrong"
