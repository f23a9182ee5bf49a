"""Class colours: twelve that stay apart for colour-blind readers, and shades of them, hatched."""

import numpy as np

VOID = 255
VOID_COLOR = (140, 140, 140)

# Okabe and Ito's eight colours, extended to twelve and moved apart until the closest pair is 25
# CIELAB units away in normal sight and in simulated protan-, deuteran- and tritanopia. The order
# is the one in which classes without a colour of their own take them.
POOL = {
    "orange": (228, 133, 2),
    "sky": (86, 175, 255),
    "green": (12, 105, 76),
    "yellow": (255, 228, 46),
    "blue": (0, 58, 241),
    "vermillion": (191, 48, 10),
    "pink": (248, 163, 207),
    "brown": (80, 13, 1),
    "purple": (152, 44, 148),
    "grass": (121, 173, 97),
    "cream": (220, 246, 206),
    "navy": (18, 7, 66),
}
# How a class is hatched whose colour was taken so many times before.
HATCHES = (
    "", "///", "...", "\\\\\\", "xxx", "---", "|||", "ooo", "+++", "**", "OO",
    "//..", "\\\\..", "--..", "||..", "//oo", "\\\\oo", "--oo", "||oo", "//**", "\\\\**", "++..",
)  # fmt: skip
MAX_CLASSES = 256

# Classes whose colour a reader expects.
NATURAL = {
    "sky": "sky",
    "grass": "grass",
    "tree": "green",
    "cat": "orange",
    "dog": "purple",
    "background": "cream",
    "building": "orange",
    "pole": "cream",
    "road": "purple",
    "pavement": "pink",
    "signsymbol": "yellow",
    "fence": "brown",
    "car": "blue",
    "pedestrian": "vermillion",
    "bicyclist": "navy",
}


def check_classes(classes):
    """The class names as a tuple of strings, or a ValueError that says what is wrong."""
    if isinstance(classes, str) or not all(isinstance(name, str) for name in classes):
        raise ValueError(f"`classes` must be a sequence of names. Received: classes={classes!r}")
    names = tuple(classes)
    if not 1 <= len(names) <= MAX_CLASSES:
        raise ValueError(
            f"`classes` must hold 1 to {MAX_CLASSES} names, as many ids as a byte holds. "
            f"Received: {len(names)} names"
        )
    if len(set(names)) != len(names):
        raise ValueError(f"`classes` must not name a class twice. Received: classes={names}")
    return names


def colors(classes):
    """One colour for each class, by position.

    Sky is blue, grass green, a cat orange; a class without a colour of its own takes the next
    free one. The same names in the same order always give the same colours. Beyond twelve classes
    the colours come again in other shades: there it is the hatch, and the outline, by which
    classes are told apart. See `hatches`.

    Args:
        classes: sequence of at most 256 different class names.

    Returns:
        uint8 array [number of classes, 3], red, green and blue from 0 to 255.

    Raises:
        ValueError: more than 256 classes, none, or a name given twice.

    Example:

    >>> colors(("sky", "cat")).tolist()
    [[86, 175, 255], [228, 133, 2]]

    Reference: M. Okabe and K. Ito, Color Universal Design, 2008; the simulation it is held against
    is G. Machado et al., A Physiologically-based Model for Simulation of Color Vision Deficiency,
    2009, Table 1.
    """
    looks = _looks(check_classes(classes))
    return np.array([_shade(POOL[name], turn) for name, turn in looks], dtype="uint8")


def hatches(classes):
    """One pattern of Matplotlib for each class, by position: of the first twelve colours none.

    Example:

    >>> hatches([f"class {number}" for number in range(14)])[10:]
    ('', '', '///', '///')
    """
    return tuple(HATCHES[turn] for _, turn in _looks(check_classes(classes)))


def _looks(names):
    """For each class the name of its colour, and how often that was taken before."""
    free, turn = list(POOL), 0
    chosen = {}
    for name in names:
        wish = NATURAL.get(name.lower())
        if wish in free:
            chosen[name] = wish, 0
            free.remove(wish)
    for name in names:
        if name not in chosen:
            if not free:
                free, turn = list(POOL), turn + 1
            chosen[name] = free.pop(0), turn
    return [chosen[name] for name in names]


def _shade(color, turn):
    """The colour of a class whose colour was taken so often: a shade nearer to white or black."""
    goal = 255 if turn % 2 else 0
    share = 0.25 * (turn > 0) + 0.02 * turn
    return [round((1 - share) * part + share * goal) for part in color]
