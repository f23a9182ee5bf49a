"""What a reader of final_project is asked before a cell is run."""

from segcourse.exercises.asking.question import Choice, Question
from segcourse.texts import N_

QUESTIONS = (
    Question(
        "F.a",
        N_("The best of ten looks"),
        N_(
            "Ten networks are equally good. You score each on the same held-back images, and you "
            "report the best of the ten scores. What do you expect of this number?"
        ),
        (
            Choice(
                N_("It is fair: each score was measured on images that no network was trained on."),
                N_(
                    "Each single score is fair. But you have chosen the largest, and the largest "
                    "of ten is the one with the most luck. On new images its luck is gone."
                ),
            ),
            Choice(
                N_("It is too high: the best of ten has had luck."),
                N_(
                    "Each score is off by chance, some up and some down. Whoever takes the "
                    "largest takes one that is off upwards."
                ),
                right=True,
            ),
            Choice(
                N_("It is too low: ten looks make the networks worse."),
                N_("A look changes no weight. What it changes is what you choose."),
            ),
            Choice(
                N_("It is right, since the errors cancel out."),
                N_("They cancel out in the mean of the ten. The largest is not the mean."),
            ),
        ),
    ),
    Question(
        "F.b",
        N_("The same epochs, or the same minutes"),
        N_(
            "Two networks were tried with four epochs each. The second one has a mean IoU that is "
            "0.02 higher, and took three times as long. The budget of the final training is two "
            "minutes. What do the two trials say about it?"
        ),
        (
            Choice(
                N_("The second will be better: it won on equal terms."),
                N_(
                    "The terms were equal epochs. In two minutes the first one sees three times "
                    "as many images as the second, and it may catch up."
                ),
            ),
            Choice(
                N_("The first will be better: it is faster."),
                N_(
                    "Faster is not better by itself. More epochs help a network that still "
                    "learns, and do little for one that has stopped."
                ),
            ),
            Choice(
                N_("Not enough: compare them with the same minutes."),
                N_(
                    "A budget in minutes rewards speed and quality together. A trial that is to "
                    "say something about it needs the same minutes for both."
                ),
                right=True,
            ),
        ),
    ),
)
