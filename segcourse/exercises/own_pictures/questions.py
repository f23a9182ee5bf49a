"""What a reader of own_pictures is asked before a cell is run."""

from segcourse.exercises.asking.question import Choice, Question
from segcourse.texts import N_

QUESTIONS = (
    Question(
        "P.a",
        N_("A mask that looks black"),
        N_(
            "The image `leaf_26` shows three leaves, and its mask looks black all over. Which "
            "values does the mask hold?"
        ),
        (
            Choice(
                N_("Only 0: somebody forgot to draw the leaves."),
                N_(
                    "That happens, and it looks the same. But black on the screen is not only 0: "
                    "the next value, 1 of 255, is as dark to the eye. Print the values before you "
                    "throw a mask away."
                ),
            ),
            Choice(
                N_("0 and 255, and the screen does not show the 255."),
                N_(
                    "The figure draws 255 white, as in the other masks. What you cannot see must "
                    "be a value near 0."
                ),
            ),
            Choice(
                N_("0 and 1."),
                N_(
                    "Somebody wrote the number of the class: 0 for ground, 1 for leaf. On a scale "
                    "from 0 to 255 a 1 looks black."
                ),
                right=True,
            ),
        ),
    ),
    Question(
        "P.b",
        N_("Places on both sides"),
        N_(
            "Ten places have four images each. Twelve of the 40 images are drawn at random, one by "
            "one, and become val. How many places then have images in train and in val?"
        ),
        (
            Choice(
                N_("None or one: the images of a place are drawn together."),
                N_(
                    "They would be if whole places were drawn. Here each image is drawn by itself, "
                    "whatever happened to the other three of its place."
                ),
            ),
            Choice(
                N_("More than half of them."),
                N_(
                    "A place is on one side only if all four of its images are. Three of ten "
                    "images go to val, so that is rare."
                ),
                right=True,
            ),
            Choice(
                N_("About three, because twelve images are three places."),
                N_(
                    "Twelve images are as many as three places have. But drawn one by one they "
                    "come from many places, a few from each."
                ),
            ),
        ),
    ),
    Question(
        "P.c",
        N_("Ground everywhere"),
        N_(
            "About nine of ten pixels are ground. An answer says ground everywhere. What does it "
            "score?"
        ),
        (
            Choice(
                N_("A high pixel accuracy, and an IoU of leaf of 0."),
                N_(
                    "It is right wherever the truth is ground, and that is nearly everywhere. But "
                    "it says leaf nowhere: truth and answer have no pixel of leaf in common."
                ),
                right=True,
            ),
            Choice(
                N_("A high pixel accuracy, and an IoU of leaf of about 0.1."),
                N_(
                    "A tenth is the share of leaf in the images. The IoU of leaf counts the pixels "
                    "that are leaf in the truth and in the answer, and there are none."
                ),
            ),
            Choice(
                N_("About 0.5 in both: one of two classes is right."),
                N_(
                    "The pixel accuracy counts pixels, not classes. Ground has far more pixels "
                    "than leaf."
                ),
            ),
        ),
    ),
)
