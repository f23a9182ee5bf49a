"""What a reader of week 7 is asked before a cell is run."""

from segcourse.exercises.asking.question import Choice, Question
from segcourse.texts import N_

QUESTIONS = (
    Question(
        "7.a",
        N_("A predictor without animals"),
        N_(
            "*No animals* is right everywhere but on the animals, which it calls grass. Two of "
            "five classes are missing in it. How large is its pixel accuracy?"
        ),
        (
            Choice(
                N_("About 0.6: three of five classes are right."),
                N_(
                    "This counts classes. The pixel accuracy counts pixels, and the classes do not "
                    "have equally many of them. Look at the bars of the figure above once more."
                ),
            ),
            Choice(
                N_("About 0.5: saying grass for an animal costs twice."),
                N_(
                    "In the IoU such a pixel does count twice: it is an FN of the animal and an "
                    "FP of grass. In the pixel accuracy it is one wrong pixel."
                ),
            ),
            Choice(
                N_("About 0.9: animals fill about a tenth of the pixels."),
                N_(
                    "Only the pixels of the animals are wrong, and they are about a tenth of all. "
                    "So two lost classes cost less than 0.15."
                ),
                right=True,
            ),
        ),
    ),
    Question(
        "7.b",
        N_("Perfect classes, and instances from them"),
        N_(
            "A perfect semantic map is cut into instances: animal pixels of one class that touch "
            "each other are one instance. How large is the PQ of the things?"
        ),
        (
            Choice(
                N_("Clearly below 1, for example 0.7."),
                N_(
                    "All classes are right, but where animals of a class touch, they come out as "
                    "one, and where a tree cuts an animal in two, it comes out as two."
                ),
                right=True,
            ),
            Choice(
                N_("1: with every pixel right, every score is at its maximum."),
                N_(
                    "Every score that asks for classes is. PQ asks also which pixels belong to the "
                    "same animal, and a semantic map does not say that."
                ),
            ),
            Choice(
                N_("Below 0.1: a semantic map knows nothing of instances."),
                N_(
                    "It says nothing about them, but most animals stand alone. Such an animal is a "
                    "region of its own, and so it is found."
                ),
            ),
        ),
    ),
    Question(
        "7.c",
        N_("Which loss finds the wire"),
        N_(
            "Four small networks learn the wires, each with another loss. Which of them say wire "
            "at all on new images?"
        ),
        (
            Choice(
                N_("All: the images are simple, and each loss gets smaller."),
                N_(
                    "Each loss gets smaller, but a small cross-entropy needs only the right "
                    "probability, here one third, and with one third the answer is sky."
                ),
            ),
            Choice(
                N_("Dice and lovasz."),
                N_(
                    "Both rate each class on its own, so the lost wire costs them half of all "
                    "points. The two others are means over pixels."
                ),
                right=True,
            ),
            Choice(
                N_("Focal, dice and lovasz: only the cross-entropy is a mean over pixels."),
                N_(
                    "Focal counts easy pixels less. But it is a mean over pixels, too, and at a "
                    "probability of one third the answer is still sky."
                ),
            ),
            Choice(
                N_("Only focal: it is made for rare classes."),
                N_(
                    "It was made for images with very many easy pixels of background. Here the "
                    "hard pixels are those of the band, and two of three of them are sky."
                ),
            ),
        ),
    ),
)
