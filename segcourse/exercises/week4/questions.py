"""What a reader of week 4 is asked before a cell is run."""

from segcourse.exercises.asking.question import Choice, Question
from segcourse.texts import N_

QUESTIONS = (
    Question(
        "4.a",
        N_("A larger image"),
        N_(
            "A network of convolutions alone was trained on images of 128 by 128 pixels. What "
            "happens if it gets one of 160 by 224?"
        ),
        (
            Choice(
                N_("An error: the weights fit one size of image."),
                N_(
                    "A dense layer has a weight for each place of its input and needs one size. A "
                    "convolution uses the same weights at every place, however many there are."
                ),
            ),
            Choice(
                N_("It gives a larger map of scores."),
                N_(
                    "The same weights are used at more places, so there are more answers: the map "
                    "grows with the image."
                ),
                right=True,
            ),
            Choice(
                N_("It gives a map of the size it was trained for."),
                N_(
                    "Nothing in the network shrinks or cuts the image to a fixed size. Each layer "
                    "keeps the size of its input or divides it by its stride."
                ),
            ),
        ),
    ),
)
