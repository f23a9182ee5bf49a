"""What a reader of the bonus is asked before a cell is run."""

from segcourse.exercises.asking.question import Choice, Question
from segcourse.texts import N_

QUESTIONS = (
    Question(
        "B.a",
        N_("Three layers of rate 2"),
        N_(
            "Three layers with kernels of 3 follow each other, all with dilation 2. What does one "
            "output read of a row of pixels?"
        ),
        (
            Choice(
                N_("All 13 pixels of a window of 13."),
                N_(
                    "The window is 13 pixels wide. But every step from layer to layer is 0 or 2 "
                    "pixels to a side. Can such steps lead to a pixel at an odd distance?"
                ),
            ),
            Choice(
                N_("7 pixels of a window of 13."),
                N_(
                    "All steps are 0 or 2 pixels, so only every second pixel of the window can be "
                    "reached."
                ),
                right=True,
            ),
            Choice(
                N_("All 7 pixels of a window of 7."),
                N_(
                    "That is the stack with dilation 1. With dilation 2 each layer reaches twice "
                    "as far to both sides."
                ),
            ),
        ),
    ),
    Question(
        "B.b",
        N_("Skips or dilation"),
        N_(
            "Four networks start from random weights and take the same few steps. Which one will "
            "have the largest mean IoU on these small images?"
        ),
        (
            Choice(
                N_("DeepLab v2: it is the newest, and sees several scales at once."),
                N_(
                    "Newer is better only where it was measured: with trained weights and many "
                    "steps. Here four branches have to learn from the same few steps."
                ),
            ),
            Choice(
                N_("FCN-32s: it is the simplest, and learns fastest."),
                N_(
                    "It may learn fast, but its map has 3 by 3 cells. No learning brings back an "
                    "outline that lies inside one cell."
                ),
            ),
            Choice(
                N_("FCN-8s: the path from its fine map to the answer is short."),
                N_(
                    "It has the largest mean IoU below. That the short path is the reason is a "
                    "guess, which the notebook does not test."
                ),
                right=True,
            ),
            Choice(
                N_("DeepLab v1: its map has stride 8 and a wide view."),
                N_(
                    "Its map has stride 8, as the finest map that FCN-8s reads. But all its "
                    "answers pass through all five blocks, which start from random weights."
                ),
            ),
        ),
    ),
    Question(
        "B.c",
        N_("What a CRF may do to mean IoU"),
        N_("A CRF makes more pixels right than before. What follows for mean IoU?"),
        (
            Choice(
                N_("Nothing: it may rise or fall."),
                N_(
                    "Pixel accuracy counts pixels, mean IoU counts classes alike. A CRF may gain "
                    "pixels of sky and grass and lose the few pixels of an animal."
                ),
                right=True,
            ),
            Choice(
                N_("It rises too."),
                N_(
                    "It does if the gain is spread over the classes. But most pixels are sky and "
                    "grass, and a small class can lose while the sum of right pixels grows."
                ),
            ),
            Choice(
                N_("It stays as it is, for the classes are the same."),
                N_(
                    "The classes are the same, but their regions change: each IoU is computed from "
                    "the pixels of the new map."
                ),
            ),
        ),
    ),
)
