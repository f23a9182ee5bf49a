"""What a reader of week 3 is asked before a cell is run."""

from segcourse.exercises.asking.question import Choice, Question
from segcourse.texts import N_

QUESTIONS = (
    Question(
        "3.a",
        N_("The stride of a transposed convolution"),
        N_(
            "The input has 2 by 2 pixels, the kernel 3 by 3. With stride 1 the output has 4 by 4 "
            "pixels. How large is it with stride 2?"
        ),
        (
            Choice(
                N_("5 by 5"),
                N_(
                    "The second kernel begins two pixels after the first one and is three pixels "
                    "long: it covers the pixels 2, 3 and 4. So there are the pixels 0 to 4."
                ),
                right=True,
            ),
            Choice(
                N_("8 by 8"),
                N_(
                    "This would be twice the 4 by 4 of stride 1. The stride moves the kernels "
                    "apart, but it does not make a kernel longer. Only the distance between the "
                    "two kernels grows, from 1 to 2."
                ),
            ),
            Choice(
                N_("2 by 2"),
                N_(
                    "A convolution with stride 2 leaves out every second output, so its output is "
                    "smaller. Here the stride is the distance between two kernels in the output: a "
                    "larger distance makes the output larger."
                ),
            ),
            Choice(
                N_("6 by 6"),
                N_(
                    "With 6 by 6 pixels the two kernels would lie side by side without a common "
                    "pixel. That is stride 3. With stride 2 they share one row and one column."
                ),
            ),
        ),
    ),
    Question(
        "3.b",
        N_("There and back"),
        N_(
            "X has 4 by 4 pixels, Y is its convolution with the kernel W. What does the transposed "
            "convolution of Y with the same kernel W give?"
        ),
        (
            Choice(
                N_("X again: it undoes the convolution."),
                N_(
                    "The transposed matrix exchanges rows and columns; it is not the inverse "
                    "matrix. And Y has only 4 numbers, too few to know the 16 numbers of X."
                ),
            ),
            Choice(
                N_("A map of 2 by 2 pixels, like Y."),
                N_(
                    "A convolution goes from 16 numbers to 4. Its transpose goes the other way, "
                    "from 4 numbers to 16."
                ),
            ),
            Choice(
                N_("A map of 4 by 4 pixels with other numbers than X."),
                N_(
                    "The shape comes back. The numbers do not: 4 numbers cannot say what the 16 "
                    "were."
                ),
                right=True,
            ),
        ),
    ),
    Question(
        "3.c",
        N_("A longer kernel"),
        N_(
            "With kernel 3 and stride 2 the outputs are reached by 1, 2, 1, 2, … kernels. How is "
            "it with kernel 4 and stride 2, away from both ends?"
        ),
        (
            Choice(
                N_("By 2, 3, 2, 3, … kernels"),
                N_(
                    "Each kernel is one pixel longer, so every second output is reached by one "
                    "more: those that were reached by one. The others stay as they are."
                ),
            ),
            Choice(
                N_("All by 2 kernels"),
                N_(
                    "Each kernel covers four outputs and the next one begins two later. So every "
                    "output lies in the first half of one kernel and in the second half of "
                    "another one."
                ),
                right=True,
            ),
            Choice(
                N_("All by 4 kernels"),
                N_(
                    "In two dimensions, yes: 2 in each direction, 2 times 2 in all. In one "
                    "dimension the kernels begin 2 pixels apart and are 4 long, so two of them lie "
                    "above each output."
                ),
            ),
        ),
    ),
    Question(
        "3.d",
        N_("What training does to an enlargement"),
        N_(
            "Three layers have learned to double images: two from random weights, with kernel 3 "
            "and kernel 4, and one from the bilinear kernel of size 4. Which are better than "
            "bilinear interpolation after 12 epochs?"
        ),
        (
            Choice(
                N_("All three: training finds good weights from every start."),
                N_(
                    "With very many epochs this can happen. In 12 epochs the random starts learn "
                    "to give the right brightness, and are still far from sharing it well between "
                    "neighbours."
                ),
            ),
            Choice(
                N_("None: bilinear interpolation is the best way to enlarge."),
                N_(
                    "It is close to the best that these weights can do, but it is a rule made for "
                    "all images. Weights learned from such images fit them a little better, and "
                    "one of the three layers finds them."
                ),
            ),
            Choice(
                N_("Both with kernel 4, since the stride divides it."),
                N_(
                    "Kernel 4 makes equal weights for all pixels possible. It does not give them: "
                    "from random weights they have to be learned first."
                ),
            ),
            Choice(
                N_("Only the one that begins as bilinear interpolation, and only a little."),
                N_(
                    "It begins where the others have to come to, close to the best weights there "
                    "are. The random starts are still on their way."
                ),
                right=True,
            ),
        ),
    ),
)
