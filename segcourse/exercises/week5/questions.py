"""What a reader of week 5 is asked before a cell is run."""

from segcourse.exercises.asking.question import Choice, Question
from segcourse.texts import N_

QUESTIONS = (
    Question(
        "5.a",
        N_("The same batch in prediction"),
        N_(
            "In training, batch normalisation turns the values 2, 4 and 6 into about -1.2, 0 and "
            "1.2. What does it give for them in prediction, after this one step of training?"
        ),
        (
            Choice(
                N_("The same three numbers."),
                N_(
                    "This would be so if prediction used the mean and variance of the batch. It "
                    "uses the moving ones, and after one step they are far from those of the "
                    "batch."
                ),
            ),
            Choice(
                N_("2, 4 and 6: it does nothing in prediction."),
                N_(
                    "Dropout does nothing in prediction. Batch normalisation still subtracts a "
                    "mean and divides: the moving ones, which one step has already changed."
                ),
            ),
            Choice(
                N_("Three positive numbers, somewhat smaller than 2, 4 and 6."),
                N_(
                    "The moving mean is only 0.4 and the moving variance little more than 1. So a "
                    "little is subtracted, and the mean does not become 0."
                ),
                right=True,
            ),
        ),
    ),
    Question(
        "5.b",
        N_("A mistake in the input"),
        N_(
            "A trained network expects red, green, blue with values from 0 to 1. Which mistake "
            "costs it most?"
        ),
        (
            Choice(
                N_("Red and blue are exchanged."),
                N_(
                    "The image looks strange, but its edges and shapes, light and dark, stay. The "
                    "objects of our task have many colours, so the network knows them by shape."
                ),
            ),
            Choice(
                N_("The values are divided by 255 once too often."),
                N_(
                    "The image becomes nearly black, and all images become nearly the same. The "
                    "stored means and variances of batch normalisation do not fit it at all."
                ),
                right=True,
            ),
            Choice(
                N_("None: batch normalisation corrects the values."),
                N_(
                    "In training it would, because it then uses the mean and variance of the "
                    "batch. In prediction it uses stored ones, and these belong to values from 0 "
                    "to 1."
                ),
            ),
        ),
    ),
    Question(
        "5.c",
        N_("Which network knows its training images best?"),
        N_(
            "Four networks were trained for 160 steps on the same 32 images. Now each is scored on "
            "these 32 images. Which one is best there?"
        ),
        (
            Choice(
                N_("Fine-tuned."),
                N_(
                    "It starts from good features and may then adapt them. So it also learns the "
                    "training images faster: pretraining helps here, too, and not only on new "
                    "images."
                ),
                right=True,
            ),
            Choice(
                N_("From scratch: nothing holds it to another task."),
                N_(
                    "It is free from the first step on, but 160 steps are few for random weights. "
                    "It would need more of them to know even its own training images."
                ),
            ),
            Choice(
                N_("Frozen: its backbone has seen the most images."),
                N_(
                    "Those images were of another task. Its features stay as they are, so it "
                    "cannot adapt them even to the 32 images it is trained on."
                ),
            ),
        ),
    ),
    Question(
        "5.d",
        N_("From drawings to photographs"),
        N_(
            "The backbone was pretrained on drawings of ten kinds of objects. It is fine-tuned "
            "with 32 photographs of streets. How does it compare with training from scratch?"
        ),
        (
            Choice(
                N_("Better: edges and corners are the same everywhere."),
                N_(
                    "The very first layers may fit. But a network also needs the layers above "
                    "them, and those were made for smooth drawings. Whether the start helps "
                    "has to be measured."
                ),
            ),
            Choice(
                N_("The same: fine-tuning forgets the first task."),
                N_(
                    "The learning rate of fine-tuning is small, so that little is forgotten. That "
                    "is good if the first task is near to the second, and bad if it is far."
                ),
            ),
            Choice(
                N_("Worse on average."),
                N_(
                    "Smooth drawings of animals and houses are far from photographs of streets. "
                    "Here such a start is worse than random weights with a larger learning rate."
                ),
                right=True,
            ),
        ),
    ),
)
