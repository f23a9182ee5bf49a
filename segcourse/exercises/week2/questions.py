"""What a reader of week 2 is asked before a cell is run."""

from segcourse.exercises.asking.question import Choice, Question
from segcourse.texts import N_

QUESTIONS = (
    Question(
        "2.a",
        N_("Every fourth pixel"),
        N_(
            "The network is asked at every pixel, and then at every 4th pixel in both directions. "
            "What is left of the cost and of the mean IoU?"
        ),
        (
            Choice(
                N_("1/4 of the cost, and about 1/4 of the mean IoU."),
                N_(
                    "Every 4th pixel in both directions is one of 4 · 4 pixels. And the mean IoU "
                    "does not fall with the number of places: neighbours mostly have one class."
                ),
            ),
            Choice(
                N_("1/16 of the cost, and more than 9/10 of the mean IoU."),
                N_(
                    "One of 4 · 4 pixels is computed. The pixels between mostly have the class of "
                    "a neighbour, so a guess from the neighbours is mostly as good as the network."
                ),
                right=True,
            ),
            Choice(
                N_("1/16 of the cost, and about half of the mean IoU."),
                N_(
                    "The cost is right. The mean IoU would be halved if many pixels had another "
                    "class than their neighbours. Only those at an outline do."
                ),
            ),
        ),
    ),
    Question(
        "2.b",
        N_("Shrink a row with one bright pixel"),
        N_(
            "The row 0 0 0 12 0 0 0 0 is shrunk to two pixels by your function `resize`: bilinear "
            "interpolation at the two new centres. What comes out?"
        ),
        (
            Choice(
                N_("3 and 0, the mean of each half."),
                N_(
                    "This would be a mean over all pixels that a new one covers. Bilinear "
                    "interpolation reads the two old pixels beside a place, and no others."
                ),
            ),
            Choice(
                N_("12 and 0, the brightest of each half."),
                N_(
                    "This would be max pooling. Compute the places first: (0 + 0.5) · 8/2 − 0.5 is "
                    "1.5. Which two pixels lie beside it?"
                ),
            ),
            Choice(
                N_("0 and 0."),
                N_(
                    "The places are 1.5 and 5.5. Only the pixels 1, 2, 5 and 6 are read, and pixel "
                    "3 is none of them."
                ),
                right=True,
            ),
        ),
    ),
    Question(
        "2.c",
        N_("Between grass and cat"),
        N_(
            "In a label map grass is 1, tree is 2 and cat is 3. The map is enlarged by bilinear "
            "interpolation, and the result is rounded. What stands between the grass and the cat?"
        ),
        (
            Choice(
                N_("A strip of tree."),
                N_("Between 1 and 3 lies 2. The numbers are names, but they are computed with."),
                right=True,
            ),
            Choice(
                N_("Grass up to the middle, then cat."),
                N_(
                    "This would be nearest neighbour. Bilinear interpolation goes through all "
                    "values from 1 to 3, and those from 1.5 to 2.5 are rounded to another class."
                ),
            ),
            Choice(
                N_("A strip of void."),
                N_(
                    "Void is 255, and a mean of 1 and 3 is never that large. It would take a void "
                    "pixel in the small map."
                ),
            ),
        ),
    ),
    Question(
        "2.d",
        N_("The best of a coarse map"),
        N_(
            "An image of 128 by 128 pixels gets one label for every 32 by 32 pixels, and every one "
            "of these labels is the true one at its place. The coarse map is enlarged again. How "
            "large is the mean IoU?"
        ),
        (
            Choice(
                N_("Almost 100 %: all labels are right."),
                N_(
                    "They are right at the middle of their block. The other pixels of the block "
                    "get the same label or a mixture, and many of them have another class."
                ),
            ),
            Choice(
                N_("About 90 %."),
                N_(
                    "It would be so for objects much larger than 32 pixels. Most animals of these "
                    "images are not much larger, and their legs are far smaller."
                ),
            ),
            Choice(
                N_("About 50 %."),
                N_(
                    "There are 4 · 4 labels an image. What is smaller than a block is lost, and "
                    "each class counts the same in the mean, also that of the small objects."
                ),
                right=True,
            ),
            Choice(
                N_("Less than 1 %: one of 1,024 pixels is known."),
                N_(
                    "The pixels between are not lost. Many of them have the class of the nearest "
                    "known pixel, above all in the sky and on the grass."
                ),
            ),
        ),
    ),
)
