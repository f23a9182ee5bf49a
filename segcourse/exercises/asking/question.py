"""What a question is: a text and its choices, each with what is said to it."""

from dataclasses import dataclass

__all__ = ["Choice", "Question"]

LETTERS = "ABCDEF"


@dataclass(frozen=True)
class Choice:
    """One answer to pick.

    Attributes:
        text: str, the answer.
        explanation: str, why it is right, or what would have to be so for it to be right.
        right: bool, whether it is the answer.
    """

    text: str
    explanation: str
    right: bool = False


@dataclass(frozen=True)
class Question:
    """A question with one right choice. All texts are marked by `N_`.

    Attributes:
        id: str, `"4.a"`: the week, a dot, and a small letter.
        title: str, a few words for the list of one's progress.
        text: str, what is asked.
        choices: tuple of `Choice`, in the order in which they are shown.

    Raises:
        ValueError: there are less than two choices or more than six, not one of them is right, or
            one is not explained.
    """

    id: str
    title: str
    text: str
    choices: tuple

    def __post_init__(self):
        if not 2 <= len(self.choices) <= len(LETTERS):
            raise ValueError(
                f"`choices` must be 2 to {len(LETTERS)} in number. Received: {len(self.choices)}"
            )
        right = sum(choice.right for choice in self.choices)
        if right != 1:
            raise ValueError(f"`choices` must hold one that is right. Received: {right}")
        if any(not choice.explanation.strip() for choice in self.choices):
            raise ValueError("`choices` must each have an `explanation`")

    @property
    def letters(self):
        """A letter for each choice, a str such as `"ABC"`."""
        return LETTERS[: len(self.choices)]
