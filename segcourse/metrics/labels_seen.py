"""Whether labels hold enough classes for a score, or a training, to mean anything."""

import numpy as np


def labels_seen(labels, void):
    """The ids that occur in label maps `[n, ...]`; it stops looking once two classes are found.

    Example:

    >>> labels_seen(np.array([[0, 255], [0, 0]]), void=255)
    [0, 255]
    """
    seen = set()
    for one in labels:
        seen.update(np.unique(one).tolist())
        if len(seen - {void}) > 1:
            break
    return sorted(seen)


def too_few_classes(seen, void):
    """What there is in labels in which only the ids `seen` occur, if it is too little; else None.

    A network that always answers the one class there is has a mean IoU of 1 on them.

    Example:

    >>> print(too_few_classes([0, 255], void=255))
    only 0 and 255, where 255 is void. A mask of black and white? Then make white class 1: \
(labels > 0).astype("uint8")
    >>> too_few_classes([0, 1, 255], void=255)
    """
    classes = [int(id) for id in seen if id != void]
    if len(classes) > 1:
        return None
    if not classes:
        return f"only void ({int(void)}), so that no pixel counts"
    if len(classes) == len(seen):
        return f"only class {classes[0]}: who always answers it is always right"
    lower, upper = sorted((classes[0], int(void)))
    received = f"only {lower} and {upper}, where {int(void)} is void"
    if (lower, upper, void) == (0, 255, 255):
        return (
            f"{received}. A mask of black and white? Then make white class 1: "
            '(labels > 0).astype("uint8")'
        )
    return f"{received}. If {int(void)} is a class too, void must be another id"
