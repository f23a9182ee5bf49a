"""Exercise P.1: Ids out of black and white."""

import numpy as np

from segcourse.exercises.judging.exercise import Case, Exercise, exact
from segcourse.texts import N_

#: Greys that say neither leaf nor ground, next to the two that do and in the middle.
_BETWEEN = (1, 2, 64, 127, 128, 129, 192, 253, 254)


def _mask(rng, values, shape):
    """A mask of these values, each of them in it where there is room."""
    dealt = rng.choice(np.array(values, "uint8"), shape[0] * shape[1])
    dealt[: len(values)] = values[: len(dealt)]
    return rng.permutation(dealt).reshape(shape)


def _cases(rng):
    height, width = (int(n) for n in rng.permutation([3, 5]))
    return [
        _mask(rng, [0, 128, 255], (height, width)),
        _mask(rng, [0, 255, *_BETWEEN], (height + 1, width)),
        _mask(rng, [0, 255], (2, 3)),
        _mask(rng, [128, 255], (2, 2)),
        _mask(rng, [0], (1, 2)),
        _mask(rng, [255], (2, 1)),
    ]


def _any(rng):
    shape = tuple(int(n) for n in rng.integers(1, 8, 2))
    pool = [0, 255, *rng.choice(_BETWEEN, 2), int(rng.integers(1, 255))]
    values = [int(n) for n in rng.permutation(pool)[: rng.integers(1, len(pool) + 1)]]
    return Case(_mask(rng, values, shape))


mask_to_ids = Exercise(
    id="P.1",
    title=N_("Ids out of black and white"),
    function="mask_to_ids",
    hints=(
        N_("Look at `mask`, and write into a second array. What do most values become?"),
        N_(
            "Begin with a map in which every pixel is void: np.full(mask.shape, 255, 'uint8'). Two "
            "values of the mask are certain."
        ),
        N_("ids[mask == 0] = 0 and ids[mask == 255] = 1, after ids = np.full(...)."),
    ),
    cases=lambda rng: [Case(mask) for mask in _cases(rng)],
    space=_any,
    compare=exact(),
    points=1,
)


@mask_to_ids.reference
def mask_to_ids(mask):
    """Turn a mask in black and white into a label map.

    Args:
        mask: uint8 array [height, width]. 0 is ground, 255 is leaf. With any other value
            nobody is sure: 128 was drawn so, others come from blurred edges.

    Returns:
        Array [height, width] of whole numbers: 0 for ground, 1 for leaf, 255 (void)
        where nobody is sure.

    Example:

    >>> mask_to_ids(np.array([[0, 0, 128, 255], [0, 128, 255, 254]], "uint8"))
    array([[0, 0, 255, 1], [0, 255, 1, 255]])
    """
    ids = np.full(mask.shape, 255, "uint8")
    ids[mask == 0] = 0
    ids[mask == 255] = 1
    return ids


@mask_to_ids.mistake(
    "unsure becomes ground",
    "Your unsure pixels are 0, so they count as ground. They are neither: write 255, void.",
)
def mask_to_ids(mask):
    return mask // 255


@mask_to_ids.mistake(
    "unsure becomes leaf",
    "Your unsure pixels are 1, so they count as leaf. Did you take all that is above 0? Or did you "
    "write 255 for void first, and then turn every 255 into 1? Look at `mask`, write into a second "
    "array.",
)
def mask_to_ids(mask):
    return (mask > 0).astype("uint8")


@mask_to_ids.mistake(
    "cut in the middle",
    "You cut between black and white, so every pixel is ground or leaf. Here only 0 and 255 are "
    "certain: all values between are void, 255.",
)
def mask_to_ids(mask):
    return (mask > 127).astype("uint8")


@mask_to_ids.mistake(
    "cut in the middle, 128 is void",
    "128 is void, and you cut the other greys in the middle. They come from blurred edges, and "
    "nobody is sure of them either: only 0 and 255 are certain.",
)
def mask_to_ids(mask):
    return np.where(mask == 128, 255, mask > 128)


@mask_to_ids.mistake(
    "only 128 is void, others are ground",
    "You made 128 void, and the other greys became ground. All values between 0 and 255 are "
    "unsure: begin with a map full of 255.",
)
def mask_to_ids(mask):
    return np.where(mask == 255, 1, np.where(mask == 128, 255, 0))


@mask_to_ids.mistake(
    "only 128 is void, others are leaf",
    "You made 128 void, and the other greys became leaf. All values between 0 and 255 are unsure: "
    "begin with a map full of 255.",
)
def mask_to_ids(mask):
    return np.where(mask == 0, 0, np.where(mask == 128, 255, 1))


@mask_to_ids.mistake(
    "only 128 is void, others are kept",
    "You changed 128 and 255, and the other greys are still there: a network would take 254 for "
    "the id of a class. Every value but 0 and 255 becomes void.",
)
def mask_to_ids(mask):
    return np.where(mask == 255, 1, np.where(mask == 128, 255, mask))


@mask_to_ids.mistake(
    "only 255 is changed",
    "The leaf is 1, but the unsure pixels have kept their values: a network would take 128 for the "
    "id of a class. They become void, 255.",
)
def mask_to_ids(mask):
    return np.where(mask == 255, 1, mask)


@mask_to_ids.mistake(
    "leaf is 255 too",
    "Your leaf is 255, and 255 is void in a label map: the network would never learn a leaf. Write "
    "1 where the mask is 255.",
)
def mask_to_ids(mask):
    return np.where(mask == 0, 0, 255)


@mask_to_ids.mistake(
    "nothing changed",
    "You returned the values of the mask as they are. In a label map leaf is 1, and 255 is void.",
)
def mask_to_ids(mask):
    return mask.copy()


@mask_to_ids.mistake(
    "divided by 255",
    "You divided by 255, which gives floats between 0 and 1. Ids are whole numbers: 0, 1, and 255 "
    "for void.",
)
def mask_to_ids(mask):
    return mask / 255


@mask_to_ids.mistake(
    "a third class",
    "You gave the unsure pixels an id of their own, 2. The network would learn it as a class. Void "
    "is 255: such pixels do not count.",
)
def mask_to_ids(mask):
    return np.where(mask == 0, 0, np.where(mask == 255, 1, 2))


@mask_to_ids.mistake(
    "an id for each grey, in their order",
    "You numbered the values that occur in this mask. Then an id means something else in every "
    "mask. Say what each value means: 0 is ground, 255 is leaf, all others are void.",
)
def mask_to_ids(mask):
    return np.unique(mask, return_inverse=True)[1].reshape(mask.shape)


@mask_to_ids.mistake(
    "leaf and void exchanged",
    "Your leaf is 255 and your unsure pixels are 1. It is the other way round: 1 is leaf, 255 is "
    "void.",
)
def mask_to_ids(mask):
    return np.where(mask == 0, 0, np.where(mask == 255, 255, 1))


@mask_to_ids.mistake(
    "ground and leaf exchanged",
    "Your ground is 1 and your leaf is 0. Black, 0, is ground and stays 0.",
)
def mask_to_ids(mask):
    return np.where(mask == 0, 1, np.where(mask == 255, 0, 255))


@mask_to_ids.mistake(
    "ids from 1",
    "Your ids start at 1. In this course they start at 0: ground is 0, leaf is 1.",
)
def mask_to_ids(mask):
    return np.where(mask == 0, 1, np.where(mask == 255, 2, 255))


@mask_to_ids.mistake(
    "-1 for void",
    "You wrote -1 for void. In this course void is 255, which fits into uint8.",
)
def mask_to_ids(mask):
    return np.where(mask == 0, 0, np.where(mask == 255, 1, -1))


@mask_to_ids.mistake(
    "ground is void too",
    "Your ground is 255, so the network would learn nothing but leaf. Ground is a class: 0.",
)
def mask_to_ids(mask):
    return np.where(mask == 255, 1, 255)


@mask_to_ids.mistake(
    "True and False",
    "You returned True and False. Three things have to be told apart: 0, 1, and 255 for void.",
)
def mask_to_ids(mask):
    return mask == 255


@mask_to_ids.mistake(
    "height and width exchanged",
    "You read width and height in the wrong order. It is height, width = mask.shape: the rows come "
    "first, as in mask[y, x].",
)
def mask_to_ids(mask):
    width, height = mask.shape
    ids = np.full((height, width), 255, "uint8")
    for y in range(height):
        for x in range(width):
            if mask[y, x] in (0, 255):
                ids[y, x] = mask[y, x] // 255
    return ids


@mask_to_ids.also_right
def mask_to_ids(mask):
    return np.where(mask == 0, 0, np.where(mask == 255, 1, 255))


@mask_to_ids.also_right
def mask_to_ids(mask):
    meaning = np.full(256, 255)
    meaning[[0, 255]] = 0, 1
    return meaning[mask]


@mask_to_ids.also_right
def mask_to_ids(mask):
    ids = mask.copy()
    ids[(mask > 0) & (mask < 255)] = 255
    ids[mask == 255] = 1
    return ids


@mask_to_ids.also_right
def mask_to_ids(mask):
    ids = mask.copy()
    for y, row in enumerate(mask):
        for x, value in enumerate(row):
            if value == 255:
                ids[y, x] = 1
            elif value != 0:
                ids[y, x] = 255
    return ids
