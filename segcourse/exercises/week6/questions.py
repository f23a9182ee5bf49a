"""What a reader of week 6 is asked before a cell is run."""

from segcourse.exercises.asking.question import Choice, Question
from segcourse.texts import N_

QUESTIONS = (
    Question(
        "6.a",
        N_("Weights that are too small"),
        N_(
            "Noise of mean size 1 goes through ten convolutions with ReLU. Their weights have "
            "half of the right standard deviation. How large are the numbers that come out?"
        ),
        (
            Choice(
                N_("About half as large."),
                N_(
                    "One layer makes them half as large. But the next layer begins with these "
                    "smaller numbers and halves them again: what is lost is multiplied, layer by "
                    "layer."
                ),
            ),
            Choice(
                N_("About a thousandth."),
                N_(
                    "Each layer halves the numbers, because a convolution with half the weights "
                    "gives half the sums and ReLU keeps this factor. Ten halvings leave 1/1,024."
                ),
                right=True,
            ),
            Choice(
                N_("About a tenth."),
                N_(
                    "This would be right if each layer took the same amount away. But each layer "
                    "multiplies: ten layers give the factor of one layer to the power of ten."
                ),
            ),
        ),
    ),
    Question(
        "6.b",
        N_("Adding or concatenating"),
        N_(
            "Three small U-Nets are trained on the same images: without skips, with added skips, "
            "and with concatenated skips. How do they rank by mean IoU?"
        ),
        (
            Choice(
                N_("Concatenated clearly best, then added, then no skips."),
                N_(
                    "A concatenation can do more, and it has more weights. But a short training "
                    "need not use this: the network with a sum finds nearly the same. Look at how "
                    "far the two are apart, beside how far both are from no skips."
                ),
            ),
            Choice(
                N_("All three about the same: the way up can restore what the pooling lost."),
                N_(
                    "After four poolings one position of the map stands for 16 by 16 pixels. Where "
                    "exactly a leg ends in there must come through few numbers, and that is hard "
                    "to learn. Skips bring it directly."
                ),
            ),
            Choice(
                N_("Added and concatenated about the same, no skips far behind."),
                N_(
                    "That there is a skip counts for much, since it brings the details that the "
                    "bottom has lost. How it is joined counts for little, here at least."
                ),
                right=True,
            ),
        ),
    ),
    Question(
        "6.c",
        N_("Where elastic deformation helps"),
        N_(
            "Two networks learn from few images, one without and one with elastic deformation. It "
            "is done for scenes with animals and trees, and for soft cells. Where does the "
            "deformation help?"
        ),
        (
            Choice(
                N_("On the cells."),
                N_(
                    "A deformed cell is still a possible cell, so the network gets new images that "
                    "could be real. A bent trunk is not what new scenes show."
                ),
                right=True,
            ),
            Choice(
                N_("On both: more different images are always better."),
                N_(
                    "New images help if they look like those that come later. A bent horizon or a "
                    "bent trunk does not, and time spent on it is missing elsewhere."
                ),
            ),
            Choice(
                N_("On the scenes, because their outlines are more varied."),
                N_(
                    "Their outlines are varied, but not in this way: trunks are straight and the "
                    "horizon is nearly level. Deformation adds what soft tissue does."
                ),
            ),
        ),
    ),
    Question(
        "6.d",
        N_("What the border term changes"),
        N_(
            "The border term makes wrong pixels in narrow gaps cost ten times more. What do you "
            "expect of the two errors, compared with the plain loss?"
        ),
        (
            Choice(
                N_("Both become much smaller."),
                N_(
                    "The gaps are few pixels, so they hardly move the share of wrong pixels. And "
                    "the network pays for open gaps elsewhere: it draws some too wide."
                ),
            ),
            Choice(
                N_("The pixel error becomes much smaller, the Rand error stays."),
                N_(
                    "Think of what one wrong pixel in a gap does. For the pixel error it is one "
                    "pixel among thousands. For the Rand error it joins two cells, and so all "
                    "pairs of their pixels."
                ),
            ),
            Choice(
                N_("Both stay: ten times more of a few pixels is still little."),
                N_(
                    "In these images the gaps are a tenth of the background or more. Ten times as "
                    "much of them is a large part of the loss, so the network learns them."
                ),
            ),
            Choice(
                N_("The Rand error becomes much smaller, the pixel error does not."),
                N_(
                    "A gap that is found keeps two cells apart, and with them all pairs of their "
                    "pixels. The share of wrong pixels gains little, and loses where gaps are too "
                    "wide."
                ),
                right=True,
            ),
        ),
    ),
)
