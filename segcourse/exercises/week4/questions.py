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
    Question(
        "4.b",
        N_("Which skip brings more"),
        N_(
            "FCN-16s has one skip more than FCN-32s, and FCN-8s has one more than FCN-16s. Where "
            "will the mean IoU rise most?"
        ),
        (
            Choice(
                N_("From FCN-32s to FCN-16s."),
                N_(
                    "With stride 32 most animals are smaller than a few cells, so much is there to "
                    "be gained. What is left for the second skip is less: mostly thin borders."
                ),
                right=True,
            ),
            Choice(
                N_("From FCN-16s to FCN-8s."),
                N_(
                    "The second skip is finer, but most of the animals are found by then. It can "
                    "only improve what the first one has left wrong."
                ),
            ),
            Choice(
                N_("Both steps bring the same."),
                N_(
                    "Each step halves the stride, but the pixels that are wrong become fewer. So "
                    "there is less to gain each time."
                ),
            ),
        ),
    ),
)
