"""Exercise P.2: Ids out of colours."""

import numpy as np

from segcourse.exercises.judging.exercise import Case, Exercise, exact
from segcourse.texts import N_


def _mask(rng, colours, others, shape):
    """A mask of these colours, each of them in it where there is room."""
    table = np.array([*colours, *others], "uint8")
    dealt = rng.integers(0, len(table), shape[0] * shape[1])
    dealt[: len(table)] = np.arange(len(table))[: len(dealt)]
    return table[rng.permutation(dealt)].reshape(*shape, 3)


def _alike(rng):
    """Four colours that share bands and sums, and others that share them too."""
    low, high = int(rng.integers(10, 60)), int(rng.integers(150, 240))
    colours = [(high, low, low), (low, high, low), (low, low, low), (high, high, low)]
    near = [(high, low, low + 1), (high, low, low - 1), (low, high + 1, low), (low, high - 1, low)]
    near += [(low - 1, low, low), (low + 1, low, low)]
    others = [(low, low, high), (high, low, high), *near]
    return [colours[i] for i in rng.permutation(4)], others


def _cases(rng):
    height, width = (int(n) for n in rng.permutation([3, 5]))
    colours, others = _alike(rng)
    first = tuple(int(n) for n in rng.integers(1, 255, 3))
    return [
        Case(_mask(rng, colours, others, (height, width + 1)), colours),
        Case(_mask(rng, colours, [], (height, width)), colours),
        Case(_mask(rng, colours[1:3], [(0, 0, 0), (255, 255, 255)], (2, 4)), colours),
        Case(_mask(rng, [], others, (2, 4)), colours),
        Case(_mask(rng, [first], [first[::-1]], (1, 3)), [first]),
        Case(_mask(rng, [(0, 0, 0)], [], (3, 1)), [(0, 0, 0), (255, 255, 255)]),
    ]


def _any(rng):
    height, width = (int(n) for n in rng.integers(1, 7, 2))
    number = int(rng.choice([1, 2, 3, int(rng.integers(4, 20)), 255]))
    bands = rng.choice([0, 1, 127, 128, 255, *rng.integers(0, 256, 4)], (4 * number + 8, 3))
    if rng.random() < 0.3 or number == 255:
        bands = rng.integers(0, 256, (number + 8, 3))
    every = list(dict.fromkeys(tuple(int(n) for n in one) for one in bands))
    colours, others = every[:number], every[number : number + 4]
    shown = [colours[i] for i in rng.permutation(len(colours))[: rng.integers(1, 8)]]
    others = others if rng.random() < 0.6 else []
    return Case(_mask(rng, shown, others, (height, width)), colours)


colours_to_ids = Exercise(
    id="P.2",
    title=N_("Ids out of colours"),
    function="colours_to_ids",
    hints=(
        N_("Begin with a map in which every pixel is void. Then go through the colours."),
        N_(
            "mask == colour compares band by band and has the shape [height, width, 3]. A pixel "
            "has the colour if all three bands agree."
        ),
        N_("ids[(mask == colour).all(axis=-1)] = number, in a loop over enumerate(colours)."),
    ),
    cases=_cases,
    space=_any,
    compare=exact(),
    points=2,
)


@colours_to_ids.reference
def colours_to_ids(mask, colours):
    """Turn a mask in colours into a label map.

    Args:
        mask: uint8 array [height, width, 3]: red, green, blue of every pixel.
        colours: list of (red, green, blue), at most 255, all different. The first one is
            the colour of class 0, the next one of class 1, and so on.

    Returns:
        Array [height, width] of whole numbers: the class of each pixel; 255 (void) where
        the colour is not in the list.

    Example:

    >>> mask = np.array([[[0, 0, 0], [255, 0, 0], [255, 255, 0]]], "uint8")
    >>> colours_to_ids(mask, [(0, 0, 0), (255, 0, 0)])
    array([[0, 1, 255]])

    Black is class 0, red is class 1; yellow is not in the list.
    """
    ids = np.full(mask.shape[:2], 255, "uint8")
    for number, colour in enumerate(colours):
        ids[(mask == colour).all(axis=-1)] = number
    return ids


@colours_to_ids.mistake(
    "any band in place of all",
    "A pixel got a class although only one of its three bands agrees. Yellow is not red: all three "
    "bands have to agree, .all(axis=-1).",
)
def colours_to_ids(mask, colours):
    ids = np.full(mask.shape[:2], 255, "uint8")
    for number, colour in enumerate(colours):
        ids[(mask == colour).any(axis=-1)] = number
    return ids


@colours_to_ids.mistake(
    "red alone compared",
    "You compared the first band alone. Two colours can have the same red: compare all three "
    "bands.",
)
def colours_to_ids(mask, colours):
    ids = np.full(mask.shape[:2], 255, "uint8")
    for number, colour in enumerate(colours):
        ids[mask[..., 0] == colour[0]] = number
    return ids


@colours_to_ids.mistake(
    "red and green compared",
    "You compared red and green, and not blue. All three bands have to agree.",
)
def colours_to_ids(mask, colours):
    ids = np.full(mask.shape[:2], 255, "uint8")
    for number, (red, green, _blue) in enumerate(colours):
        ids[(mask[..., 0] == red) & (mask[..., 1] == green)] = number
    return ids


@colours_to_ids.mistake(
    "sums compared",
    "You compared the sum of the bands, or their mean. Red and green of the same brightness have "
    "the same sum: compare band by band.",
)
def colours_to_ids(mask, colours):
    ids = np.full(mask.shape[:2], 255, "uint8")
    for number, colour in enumerate(colours):
        ids[mask.sum(axis=-1) == sum(colour)] = number
    return ids


@colours_to_ids.mistake(
    "unknown colours are class 0",
    "Pixels of an unknown colour are 0 in your map, and 0 is a class. Begin with a map full of "
    "255. (argmax gives 0, too, where nothing agrees.)",
)
def colours_to_ids(mask, colours):
    ids = np.zeros(mask.shape[:2], "uint8")
    for number, colour in enumerate(colours):
        ids[(mask == colour).all(axis=-1)] = number
    return ids


@colours_to_ids.mistake(
    "unknown colours are the last class",
    "Pixels of an unknown colour got the last class. Only pixels that have its colour belong to "
    "it; the others are void, 255.",
)
def colours_to_ids(mask, colours):
    ids = np.full(mask.shape[:2], len(colours) - 1, "uint8")
    for number, colour in enumerate(colours):
        ids[(mask == colour).all(axis=-1)] = number
    return ids


@colours_to_ids.mistake(
    "unknown colours are one class more",
    "You gave unknown colours an id of their own, len(colours). The network would learn it as a "
    "class. Void is 255.",
)
def colours_to_ids(mask, colours):
    ids = np.full(mask.shape[:2], len(colours))
    for number, colour in enumerate(colours):
        ids[(mask == colour).all(axis=-1)] = number
    return ids


@colours_to_ids.mistake(
    "-1 for void",
    "You wrote -1 for void. In this course void is 255, which fits into uint8.",
)
def colours_to_ids(mask, colours):
    ids = np.full(mask.shape[:2], -1)
    for number, colour in enumerate(colours):
        ids[(mask == colour).all(axis=-1)] = number
    return ids


@colours_to_ids.mistake(
    "nearest colour",
    "You took the nearest colour, so that every pixel has a class. A colour that is not in the "
    "list says nothing: it is void, 255.",
)
def colours_to_ids(mask, colours):
    gap = mask[:, :, None].astype(int) - np.array(colours)
    return (gap**2).sum(axis=-1).argmin(axis=-1)


@colours_to_ids.mistake(
    "ids from 1",
    "Your ids start at 1. The first colour of the list is class 0.",
)
def colours_to_ids(mask, colours):
    ids = np.full(mask.shape[:2], 255)
    for number, colour in enumerate(colours, start=1):
        ids[(mask == colour).all(axis=-1)] = number
    return ids


@colours_to_ids.mistake(
    "ids from 1, unknown colours 0",
    "Your ids start at 1, and unknown colours are 0. The first colour of the list is class 0, and "
    "void is 255.",
)
def colours_to_ids(mask, colours):
    ids = np.zeros(mask.shape[:2], int)
    for number, colour in enumerate(colours, start=1):
        ids[(mask == colour).all(axis=-1)] = number
    return ids


@colours_to_ids.mistake(
    "blue, green, red",
    "You read the bands as blue, green, red. Here red comes first, in the mask and in the list.",
)
def colours_to_ids(mask, colours):
    ids = np.full(mask.shape[:2], 255, "uint8")
    for number, colour in enumerate(colours):
        ids[(mask[..., ::-1] == colour).all(axis=-1)] = number
    return ids


@colours_to_ids.mistake(
    "three bands kept",
    "Your result still has three bands. An id is one number for a pixel: the result has the shape "
    "mask.shape[:2], and .all(axis=-1) makes one answer of three.",
)
def colours_to_ids(mask, colours):
    ids = np.full(mask.shape, 255, "uint8")
    for number, colour in enumerate(colours):
        ids[(mask == colour).all(axis=-1)] = number
    return ids


@colours_to_ids.mistake(
    "bands counted one by one",
    "mask == colour has three answers for a pixel, and your map has one place for it. Make one "
    "answer of three: .all(axis=-1).",
)
def colours_to_ids(mask, colours):
    ids = np.full(mask.shape[:2], 255, "uint8")
    for number, colour in enumerate(colours):
        ids[mask == colour] = number
    return ids


@colours_to_ids.mistake(
    "all pixels in one",
    "all() without an axis asks whether the whole mask has this colour. Ask each pixel: "
    ".all(axis=-1).",
)
def colours_to_ids(mask, colours):
    ids = np.full(mask.shape[:2], 255, "uint8")
    for number, colour in enumerate(colours):
        ids[(mask == colour).all()] = number
    return ids


@colours_to_ids.mistake(
    "returned after the first colour",
    "Only the first colour has its class. If your `return` stands inside the loop, put it after "
    "the loop.",
)
def colours_to_ids(mask, colours):
    ids = np.full(mask.shape[:2], 255, "uint8")
    for number, colour in enumerate(colours):
        ids[(mask == colour).all(axis=-1)] = number
        return ids


@colours_to_ids.mistake(
    "new map for every colour",
    "Only the last colour has its class: you make a new map inside the loop. Make it once, before "
    "the loop.",
)
def colours_to_ids(mask, colours):
    for number, colour in enumerate(colours):
        ids = np.full(mask.shape[:2], 255, "uint8")
        ids[(mask == colour).all(axis=-1)] = number
    return ids


@colours_to_ids.mistake(
    "numbered in the order of the mask",
    "You numbered the colours that occur in this mask. Then an id means something else in every "
    "mask. Their order in `colours` counts.",
)
def colours_to_ids(mask, colours):
    _, numbers = np.unique(mask.reshape(-1, 3), axis=0, return_inverse=True)
    return numbers.reshape(mask.shape[:2])


@colours_to_ids.mistake(
    "an array looked for in a list",
    "A pixel of `mask` is an array, and Python cannot look for an array in a list. Make a tuple of "
    "it: tuple(mask[y, x]).",
)
def colours_to_ids(mask, colours):
    ids = np.full(mask.shape[:2], 255, "uint8")
    for y in range(mask.shape[0]):
        for x in range(mask.shape[1]):
            if mask[y, x] in colours:
                ids[y, x] = colours.index(mask[y, x])
    return ids


@colours_to_ids.mistake(
    "unknown colours not caught",
    "colours.index(...) is an error where the colour is not in the list. Such a pixel is void: ask "
    "first, with `in`, or take a dict: numbers.get(colour, 255).",
)
def colours_to_ids(mask, colours):
    return np.array([[colours.index(tuple(pixel)) for pixel in row] for row in mask.tolist()])


@colours_to_ids.mistake(
    "height and width exchanged",
    "You read width and height in the wrong order. It is height, width = mask.shape[:2]: the rows "
    "come first, as in mask[y, x].",
)
def colours_to_ids(mask, colours):
    width, height = mask.shape[:2]
    numbers = {tuple(colour): number for number, colour in enumerate(colours)}
    ids = np.full((height, width), 255, "uint8")
    for y in range(height):
        for x in range(width):
            ids[y, x] = numbers.get(tuple(mask[y, x].tolist()), 255)
    return ids


@colours_to_ids.also_right
def colours_to_ids(mask, colours):
    numbers = {tuple(colour): number for number, colour in enumerate(colours)}
    return np.array([[numbers.get(tuple(pixel), 255) for pixel in row] for row in mask.tolist()])


@colours_to_ids.also_right
def colours_to_ids(mask, colours):
    same = (mask[:, :, None] == np.array(colours)).all(axis=-1)
    return np.where(same.any(axis=-1), same.argmax(axis=-1), 255)


@colours_to_ids.also_right
def colours_to_ids(mask, colours):
    ids = np.full(mask.shape[:2], 255, "uint8")
    for number, (red, green, blue) in enumerate(colours):
        there = (mask[..., 0] == red) & (mask[..., 1] == green) & (mask[..., 2] == blue)
        ids[there] = number
    return ids
