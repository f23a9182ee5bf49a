"""What a reader of week 1 is asked before a cell is run."""

from segcourse.exercises.asking.question import Choice, Question
from segcourse.texts import N_

QUESTIONS = (
    Question(
        "1.a",
        N_("Numbers for three animals"),
        N_(
            "The scene has three animals of two kinds: cat and dog. How many different numbers "
            "does a semantic label map need for them?"
        ),
        (
            Choice(
                N_("Three, one for each animal."),
                N_(
                    "That is instance segmentation: there each animal has a number of its own. A "
                    "semantic label map only says the class."
                ),
            ),
            Choice(
                N_("Two, one for each class."),
                N_(
                    "A semantic label map holds the class of each pixel. Two animals of one class "
                    "get the same number."
                ),
                right=True,
            ),
            Choice(
                N_("One, for animal."),
                N_(
                    "That would be so if the data set had one class for all animals. This one has "
                    "a class for cats and a class for dogs."
                ),
            ),
        ),
    ),
    Question(
        "1.b",
        N_("A box that is one pixel off"),
        N_(
            "A true box is 10 by 10 pixels. A predicted one of the same size lies one pixel too "
            "far to the right and one pixel too far down. What is their IoU?"
        ),
        (
            Choice(
                N_("0.99"),
                N_(
                    "More than one pixel is lost: the boxes differ by a whole column and a whole "
                    "row, on both sides."
                ),
            ),
            Choice(
                N_("0.81"),
                N_(
                    "That is 81 / 100, the overlap divided by one box. IoU divides by the union, "
                    "and the union is larger than a box."
                ),
            ),
            Choice(
                N_("0.68"),
                N_(
                    "The overlap is 9 * 9 = 81 pixels, the union 100 + 100 - 81 = 119, and "
                    "81 / 119 = 0.68."
                ),
                right=True,
            ),
        ),
    ),
    Question(
        "1.c",
        N_("A dense layer for every pixel"),
        N_(
            "A network has made 96 features of an image. A dense layer gives 5 scores for each of "
            "128 * 128 pixels. How many weights does this layer have, about?"
        ),
        (
            Choice(
                N_("500"),
                N_(
                    "That is 96 * 5 weights and 5 biases, enough for the scores of one pixel. A "
                    "dense layer has weights of its own for every number it gives."
                ),
            ),
            Choice(
                N_("8 million"),
                N_(
                    "It gives 128 * 128 * 5 = 81,920 numbers. Each of them has 96 weights and a "
                    "bias: 81,920 * 97 is nearly 8 million."
                ),
                right=True,
            ),
            Choice(
                N_("82,000"),
                N_(
                    "That is how many numbers it gives, 128 * 128 * 5. Each of them has a weight "
                    "for every one of the 96 features."
                ),
            ),
        ),
    ),
    Question(
        "1.d",
        N_("One pass or many"),
        N_(
            "The network goes over the whole image once. In another run it gets the patch around "
            "each pixel alone. How do the scores of a pixel differ?"
        ),
        (
            Choice(
                N_("Not at all, up to rounding."),
                N_(
                    "A score depends on the 17 * 17 pixels around its pixel alone, with the same "
                    "weights, in both runs."
                ),
                right=True,
            ),
            Choice(
                N_("The patches give better ones: each pixel is looked at closely."),
                N_(
                    "A patch holds nothing that the whole image does not hold, and the same "
                    "weights look at it."
                ),
            ),
            Choice(
                N_("The one pass gives better ones: it sees the whole image."),
                N_(
                    "It goes over the whole image, but each score still comes from 17 * 17 pixels: "
                    "four kernels of 5 * 5 reach no further."
                ),
            ),
        ),
    ),
)
