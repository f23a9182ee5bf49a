"""Hints for the project, one by one, and the reference project as text."""

import inspect

from segcourse.checks.sizes import is_integer
from segcourse.texts import N_, _, ngettext

HINTS = (
    N_(
        "Begin with a baseline that already scores: models.fcn from week 4 with few epochs, "
        "through work.try_out. Every later idea is held against its line in the log."
    ),
    N_(
        "Count the steps. What a network sees in the budget is steps times batch size: print "
        "run.history.images_per_second. On two cores a small network that sees every image often "
        "beats a large one that sees it twice."
    ),
    N_(
        "Look at the errors before the next change: project.by_size and project.near_borders. "
        "Thin legs and tails are lost where the resolution is lost; week 6's U-Net brings it back "
        "by concatenating."
    ),
    N_(
        "Change one thing at a time, in trials that are shorter than the budget: the learning rate "
        "first (3e-3 and 1e-2 with AdamW), with the schedule cosine, which ends at 0 together with "
        "the budget; then batch normalisation, the width, the batch size."
    ),
    N_(
        "Augmentation helps when images are seen many times: data.augment(flip=True), with a crop "
        "and a change of scale. A crop makes a step shorter as well. Look at batches before you "
        "train on them."
    ),
    N_(
        "Rare classes are lost in the mean over the pixels, and the mean IoU counts each class the "
        "same: try training.PixelwiseLogisticLoss() + training.DiceLoss(), or class_weights. And "
        "an average of the weights, Recipe(ema=0.99), smooths the end."
    ),
    N_(
        "Do not begin from nothing. Week 5's small_vgg(include_top=False, weights='objects') is "
        "the half of a U-Net that goes down: read its maps before each pooling with get_layer, "
        "and build the half that goes up on them, narrow, with one convolution a level."
    ),
)
_given = {"hints": 0}


def hint(number=None):
    """Print the first hint for the project, and the next one on every further call.

    Example:

    >>> hint(1)  # doctest: +ELLIPSIS
    Hint 1 of ...

    Args:
        number: which hint to show, from 1 on; by default the next one.

    Raises:
        ValueError: there is no such hint.
    """
    total = len(HINTS)
    if number is None:
        number = min(_given["hints"], total) + 1
        _given["hints"] = number
    elif not is_integer(number) or not 1 <= number <= total:
        text = _("`number` must be one of 1 to {total}. Received: number={number}")
        raise ValueError(text.format(total=total, number=repr(number)))
    if number > total:
        text = _("That was the last of {total} hints. The reference: project.solution()")
        print(text.format(total=total))
        return
    text = _("Hint {number} of {total}: {hint}")
    print(text.format(number=number, total=total, hint=_(HINTS[number - 1])))


def solution(anyway=False):
    """Print the source of the reference project, once all hints were given.

    Example:

    >>> solution(anyway=True)  # doctest: +ELLIPSIS
    \"\"\"...

    Args:
        anyway: True shows it before that, too.

    Raises:
        ValueError: for what is neither True nor False.
    """
    if not isinstance(anyway, bool):
        raise ValueError(f"`anyway` must be True or False. Received: anyway={anyway!r}")
    left = len(HINTS) - min(_given["hints"], len(HINTS))
    if left and not anyway:
        text = ngettext(
            "There is {count} hint left: project.hint(). project.solution(anyway=True) shows the "
            "reference all the same.",
            "There are {count} hints left: project.hint(). project.solution(anyway=True) shows the "
            "reference all the same.",
            left,
        )
        print(text.format(count=left))
        return
    from segcourse.project import reference

    print(inspect.getsource(reference).rstrip())
