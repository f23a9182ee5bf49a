"""Exercise 1.7: Repeated work."""

import numpy as np

from segcourse.exercises.judging.exercise import Case, Exercise, exact
from segcourse.exercises.week1._repeated_work_mistakes import add_mistakes
from segcourse.texts import N_


def _cases(rng):
    sizes = rng.choice(np.arange(10, 40), 3, replace=False)
    patches = 2 * rng.choice(np.arange(2, 6), 3, replace=False) + 1
    patches[0], sizes[0] = 17, rng.integers(18, 24)  # some pixels are read more than 255 times
    cases = [Case(int(s), int(p)) for s, p in zip(sizes, patches, strict=True)]
    # Nothing is repeated; a patch larger than the image; an image of one pixel.
    return [*cases, Case(int(sizes[0]), 1), Case(3, 7), Case(1, 5)]


def _space(rng):
    return Case(int(rng.integers(1, 20)), int(2 * rng.integers(0, 7) + 1))


repeated_work = Exercise(
    id="1.7",
    title=N_("Repeated work"),
    function="repeated_work",
    hints=(
        N_(
            "How many pixels does the classifier get for one patch? And how many patches are there?"
        ),
        N_(
            "The border adds patch // 2 pixels on each of the four sides. How large is the image "
            "with its border?"
        ),
        N_(
            "The image with its border has size + patch - 1 pixels a side. Each of these pixels is "
            "read once for the first time; all other reads are repeated."
        ),
    ),
    cases=_cases,
    space=_space,
    compare=exact(
        parts=(
            N_("the number of passes"),
            N_("the number of reads"),
            N_("the number of repeated reads"),
        )
    ),
    points=2,
)


@repeated_work.reference
def repeated_work(size, patch):
    """Count the work of a sliding window that classifies every pixel.

    Around each pixel of a square image, a square patch is cut out and classified. The
    image first gets a border of patch // 2 pixels on each side, so that the patch of
    every pixel is complete. A colour pixel counts as one pixel.

    Args:
        size: int, side of the image in pixels (without the border).
        patch: odd int, side of a patch in pixels. It can be larger than the image.

    Returns:
        (passes, reads, repeated), three ints: how many patches go through the network,
        how many pixels are read in all of them together, and how many of these reads
        get a pixel (of the image with its border) that was read before.

    Example:

    >>> repeated_work(2, 3)
    (4, 36, 20)

    2 * 2 = 4 passes, each reads 3 * 3 = 9 pixels: 36 reads. The image with its border
    has 4 * 4 = 16 pixels, so 36 - 16 = 20 reads are repeated.
    """
    passes = size**2
    reads = passes * patch**2
    return passes, reads, reads - (size + patch - 1) ** 2


@repeated_work.mistake(
    "only where the patch fits",
    "You counted the patches that fit into the image without a border. With the border every pixel "
    "has its patch, so there are size * size passes.",
)
def repeated_work(size, patch):
    passes = (size - patch + 1) ** 2
    reads = passes * patch**2
    return passes, reads, reads - size**2


@repeated_work.mistake(
    "patches side by side",
    "You counted patches that do not overlap. The window moves by one pixel: every pixel is the "
    "centre of a patch.",
)
def repeated_work(size, patch):
    passes = (size // patch) ** 2
    return passes, passes * patch**2, 0


@repeated_work.mistake(
    "one row of passes",
    "You counted the passes of one row. The window also moves down: size * size passes.",
)
def repeated_work(size, patch):
    passes = size
    reads = passes * patch**2
    return passes, reads, reads - (size + patch - 1) ** 2


@repeated_work.mistake(
    "patch not squared",
    "You read `patch` pixels in each pass. A patch has patch * patch pixels.",
)
def repeated_work(size, patch):
    passes = size**2
    reads = passes * patch
    return passes, reads, reads - (size + patch - 1) ** 2


@repeated_work.mistake(
    "border forgotten",
    "You took size * size different pixels. The patches also read the border: the image with its "
    "border has size + patch - 1 pixels a side.",
)
def repeated_work(size, patch):
    passes = size**2
    reads = passes * patch**2
    return passes, reads, reads - size**2


@repeated_work.mistake(
    "border on one side",
    "You added patch // 2 once. The border is on both sides, so each side of the image grows by 2 "
    "* (patch // 2) = patch - 1.",
)
def repeated_work(size, patch):
    passes = size**2
    reads = passes * patch**2
    return passes, reads, reads - (size + patch // 2) ** 2


@repeated_work.mistake(
    "border one pixel too wide",
    "You made the image `patch` pixels larger. The border is patch // 2 on each side, together "
    "patch - 1.",
)
def repeated_work(size, patch):
    passes = size**2
    reads = passes * patch**2
    return passes, reads, reads - (size + patch) ** 2


@repeated_work.mistake(
    "all but the first pass",
    "You subtracted the pixels of one patch only. Other passes read pixels for the first time, "
    "too: subtract the number of different pixels, (size + patch - 1) ** 2.",
)
def repeated_work(size, patch):
    passes = size**2
    reads = passes * patch**2
    return passes, reads, reads - patch**2


@repeated_work.mistake(
    "different pixels in place of repeated reads",
    "Your third number is how many different pixels there are. Repeated reads are all reads minus "
    "these.",
)
def repeated_work(size, patch):
    passes = size**2
    return passes, passes * patch**2, (size + patch - 1) ** 2


@repeated_work.mistake(
    "a ratio",
    "Your third number is a ratio. A count is asked for: the reads minus the different pixels.",
)
def repeated_work(size, patch):
    passes = size**2
    reads = passes * patch**2
    return passes, reads, reads / (size + patch - 1) ** 2


@repeated_work.mistake(
    "overlap of neighbours only",
    "You counted what a patch shares with its neighbour in the same row. It also shares pixels "
    "with the rows above: count the different pixels and subtract them from all reads.",
)
def repeated_work(size, patch):
    passes = size**2
    return passes, passes * patch**2, passes * patch * (patch - 1)


@repeated_work.mistake(
    "border `patch` wide",
    "You made the border `patch` pixels wide on each side. It is patch // 2 pixels wide: the image "
    "with its border has size + patch - 1 pixels a side.",
)
def repeated_work(size, patch):
    passes = size**2
    reads = passes * patch**2
    return passes, reads, reads - (size + 2 * patch) ** 2


@repeated_work.mistake(
    "half a pixel of border",
    "patch / 2 is no whole number. The border is patch // 2 pixels wide, so the image with its "
    "border has size + 2 * (patch // 2) pixels a side.",
)
def repeated_work(size, patch):
    passes = size**2
    reads = passes * patch**2
    return passes, reads, reads - (size + 2 * (patch / 2)) ** 2


@repeated_work.mistake(
    "patches of the image with its border",
    "You counted a patch for every pixel of the border, too. Only the pixels of the image get a "
    "class: size * size passes.",
)
def repeated_work(size, patch):
    passes = (size + patch - 1) ** 2
    reads = passes * patch**2
    return passes, reads, reads - passes


@repeated_work.mistake(
    "patches of the image with its border, whole patches",
    "You counted a patch for every pixel of the border, too. The border is there so that each "
    "pixel of the image has a whole patch: size * size passes.",
)
def repeated_work(size, patch):
    passes = (size + patch - 1) ** 2
    reads = passes * patch**2
    return passes, reads, reads - (size + 2 * (patch - 1)) ** 2


@repeated_work.mistake(
    "reads of one pass",
    "Your second number is for one pass. The reads of all passes together are asked for: passes * "
    "patch * patch.",
)
def repeated_work(size, patch):
    passes = size**2
    reads = patch**2
    return passes, reads, passes * reads - (size + patch - 1) ** 2


@repeated_work.mistake(
    "reads of one pass, minus the different pixels",
    "You took the reads of one pass for all reads, and so the repeated ones come out negative. All "
    "passes together read passes * patch * patch pixels.",
)
def repeated_work(size, patch):
    passes = size**2
    reads = patch**2
    return passes, reads, reads - (size + patch - 1) ** 2


@repeated_work.also_right
def repeated_work(size, patch):
    side = size + 2 * (patch // 2)
    times = np.zeros((side, side), int)
    for y in range(size):
        for x in range(size):
            times[y : y + patch, x : x + patch] += 1
    return size * size, times.sum(), (times - 1).sum()


@repeated_work.also_right
def repeated_work(size, patch):
    seen, reads = np.zeros((size + patch, size + patch), bool), 0
    for y in range(size):
        for x in range(size):
            reads += patch * patch
            seen[y : y + patch, x : x + patch] = True
    return [size * size, reads, reads - seen.sum()]


add_mistakes(repeated_work)
