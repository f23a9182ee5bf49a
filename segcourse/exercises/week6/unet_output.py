"""Exercise 6.1: Output size of U-Net."""

from segcourse.exercises.judging.exercise import Case, Exercise, exact
from segcourse.exercises.week6 import _unet_output
from segcourse.texts import N_


def _tiling(bottom, depth):
    """The side that the poolings halve to `bottom` without meeting an odd side."""
    for _ in range(depth):
        bottom = 2 * bottom + 4
    return bottom


def _cases(rng):
    first, second, third = (int(n) for n in 14 + rng.permutation(9)[:3])
    return [
        # Odd before the only pooling, even after it.
        (29, 1),
        (572, 4),
        # The bottom may be odd: no pooling meets it.
        (_tiling(2 * (first // 2) + 1, 2), 2),
        (_tiling(2 * (second // 2), 3), 3),
        # Sides that meet an odd map at the first, the second and the third pooling.
        (_tiling(second, 3) + 1, 3),
        (_tiling(second, 3) + 2, 3),
        (_tiling(second, 3) + 4, 3),
        (572 + 8, 4),
        (_tiling(2 * third + 1, 3), 3),
        (_tiling(third, 5), 5),
        # They tile, and nothing is left at the end: 20, 16, 8, 4, 2, -2, …
        (20, 2),
        (_tiling(4, 1), 1),
        (14, 1),  # only the last two convolutions leave nothing
        (128, 3),
    ]


def _space(rng):
    """A side that tiles, one near it, or any; from too small to beyond the paper's."""
    depth = int(rng.integers(1, 7))
    if rng.random() < 0.3:
        return Case(int(rng.integers(1, 700)), depth)
    side = _tiling(int(rng.integers(1, 40)), depth)
    return Case(side + int(rng.choice([0, 0, 0, 2 ** rng.integers(0, depth)])), depth)


unet_output = Exercise(
    id="6.1",
    title=N_("Output size of U-Net"),
    function="unet_output",
    hints=(
        N_(
            "Follow the side down by hand for depth 1: two convolutions, one pooling, two "
            "convolutions. Then up: one enlargement, two convolutions. How many pixels does each "
            "3×3 convolution without padding take away?"
        ),
        N_(
            "Two 3×3 convolutions take away 4 pixels a side. Down: size - 4, then look whether it "
            "is even, then size // 2. Between the two paths: size - 4. Up: 2 * size - 4."
        ),
        N_(
            "Return 0 as soon as a pooling layer would meet an odd side, and at the end return "
            "max(size, 0), so that an empty map is 0 too."
        ),
    ),
    cases=_cases,
    space=_space,
    compare=exact(),
    points=2,
)


@unet_output.reference
def unet_output(size, depth):
    """Give the side of the output of the unpadded U-Net.

    Down, `depth` times: two 3×3 convolutions without padding, then 2×2 max pooling.
    At the bottom: two 3×3 convolutions without padding.
    Up, `depth` times: an up-convolution that doubles the side, then two 3×3
    convolutions without padding.

    Args:
        size: int, side of the input in pixels.
        depth: int, number of pooling layers, at least 1.

    Returns:
        int, side of the output; 0 if a pooling layer meets an odd side, or if nothing
        is left at the end.

    Example:

    >>> unet_output(28, 1)
    12
    >>> unet_output(27, 1)
    0

    28 - 4 = 24, halved 12; 12 - 4 = 8; doubled 16, 16 - 4 = 12. And 27 - 4 = 23 is odd.
    """
    for _ in range(depth):
        size = size - 4
        if size % 2:
            return 0
        size = size // 2
    size = size - 4
    for _ in range(depth):
        size = 2 * size - 4
    return max(size, 0)


@unet_output.mistake(
    "one convolution forgotten",
    "You took 2 pixels away at each level. That is one 3×3 convolution; every level of U-Net has "
    "two, so 4 pixels go.",
)
def unet_output(size, depth):
    for _ in range(depth):
        size = size - 2
        if size % 2:
            return 0
        size = size // 2
    size = size - 2
    for _ in range(depth):
        size = 2 * size - 2
    return max(size, 0)


@unet_output.mistake(
    "bottom forgotten",
    "You left out the two convolutions at the bottom, between the way down and the way up.",
)
def unet_output(size, depth):
    for _ in range(depth):
        size = size - 4
        if size % 2:
            return 0
        size = size // 2
    for _ in range(depth):
        size = 2 * size - 4
    return max(size, 0)


@unet_output.mistake(
    "one convolution at the bottom",
    "You took 2 pixels away at the bottom. There are two convolutions there as well: 4 pixels.",
)
def unet_output(size, depth):
    for _ in range(depth):
        size = size - 4
        if size % 2:
            return 0
        size = size // 2
    size = size - 2
    for _ in range(depth):
        size = 2 * size - 4
    return max(size, 0)


@unet_output.mistake(
    "one convolution on the way up",
    "On the way up you took 2 pixels away at each level. Two convolutions follow each "
    "up-convolution: 4 pixels.",
)
def unet_output(size, depth):
    for _ in range(depth):
        size = size - 4
        if size % 2:
            return 0
        size = size // 2
    size = size - 4
    for _ in range(depth):
        size = 2 * size - 2
    return max(size, 0)


@unet_output.mistake(
    "no convolutions on the way up",
    "On the way up you only doubled the side. Each level there has two 3×3 convolutions as well.",
)
def unet_output(size, depth):
    for _ in range(depth):
        size = size - 4
        if size % 2:
            return 0
        size = size // 2
    size = size - 4
    for _ in range(depth):
        size = 2 * size
    return max(size, 0)


@unet_output.mistake(
    "convolutions before the enlargement",
    "On the way up you took 4 pixels away and then doubled. The up-convolution comes first: 2 * "
    "size - 4.",
)
def unet_output(size, depth):
    for _ in range(depth):
        size = size - 4
        if size % 2:
            return 0
        size = size // 2
    size = size - 4
    for _ in range(depth):
        size = 2 * (size - 4)
    return max(size, 0)


@unet_output.mistake(
    "pooling before the convolutions",
    "On the way down you halved first and then took 4 pixels away. The two convolutions come "
    "before the pooling.",
)
def unet_output(size, depth):
    for _ in range(depth):
        if size % 2:
            return 0
        size = size // 2 - 4
    size = size - 4
    for _ in range(depth):
        size = 2 * size - 4
    return max(size, 0)


@unet_output.mistake(
    "up-convolution takes a pixel",
    "You took one pixel away for the 2×2 up-convolution. Its stride is 2, so its windows do not "
    "overlap, and the side becomes exactly twice as large.",
)
def unet_output(size, depth):
    for _ in range(depth):
        size = size - 4
        if size % 2:
            return 0
        size = size // 2
    size = size - 4
    for _ in range(depth):
        size = 2 * size - 1 - 4
    return max(size, 0)


@unet_output.mistake(
    "one level too many",
    "You counted the bottom as one more pooling. `depth` is the number of pooling layers; the "
    "bottom has two convolutions and no pooling.",
)
def unet_output(size, depth):
    for _ in range(depth + 1):
        size = size - 4
        if size % 2:
            return 0
        size = size // 2
    for _ in range(depth + 1):
        size = 2 * size - 4
    return max(size, 0)


@unet_output.mistake(
    "one level too few",
    "You went down and up one level too few. `depth` is the number of pooling layers.",
)
def unet_output(size, depth):
    for _ in range(depth - 1):
        size = size - 4
        if size % 2:
            return 0
        size = size // 2
    size = size - 4
    for _ in range(depth - 1):
        size = 2 * size - 4
    return max(size, 0)


@unet_output.mistake(
    "return inside the loop",
    "Your `return` stands inside the last loop, so you went up one level only. Move it to the "
    "left, below the loop.",
)
def unet_output(size, depth):
    for _ in range(depth):
        size = size - 4
        if size % 2:
            return 0
        size = size // 2
    size = size - 4
    for _ in range(depth):
        size = 2 * size - 4
        return max(size, 0)


@unet_output.mistake(
    "184 pixels at every depth",
    "You took 184 pixels away. That is right for the network of the paper, with 4 poolings and an "
    "input that tiles. For other depths follow the side from level to level.",
)
def unet_output(size, depth):
    return size - 184


@unet_output.mistake(
    "184 pixels at every depth, never below 0",
    "You took 184 pixels away, and returned 0 below that. 184 holds for 4 poolings: follow the "
    "side from level to level, and look whether it is even before each halving.",
)
def unet_output(size, depth):
    return max(size - 184, 0)


@unet_output.mistake(
    "184 pixels where it tiles",
    "You found out which inputs tile, and then took 184 pixels away. That many are lost with 4 "
    "poolings: follow the side on the way up too.",
)
def unet_output(size, depth):
    side = size
    for _ in range(depth):
        side = side - 4
        if side % 2:
            return 0
        side = side // 2
    return max(size - 184, 0)


@unet_output.mistake(
    "depth typed in",
    "You went down and up 4 times, as in the paper. The number of levels is the argument `depth`.",
)
def unet_output(size, depth):
    for _ in range(4):
        size = size - 4
        if size % 2:
            return 0
        size = size // 2
    size = size - 4
    for _ in range(4):
        size = 2 * size - 4
    return max(size, 0)


@unet_output.mistake(
    "padded network",
    "You gave back the input's side. That holds for the padded form; here every 3×3 convolution "
    "loses one pixel on each side.",
)
def unet_output(size, depth):
    return 0 if size % 2**depth else size


@unet_output.mistake(
    "below zero",
    "For a small input you returned a side below zero. A map cannot be smaller than empty: return "
    "0 then.",
)
def unet_output(size, depth):
    for _ in range(depth):
        size = size - 4
        if size % 2:
            return 0
        size = size // 2
    size = size - 4
    for _ in range(depth):
        size = 2 * size - 4
    return size


@unet_output.mistake(
    "float in place of int",
    "The value is right, but its type is float. A side counts pixels: halve with `//`.",
)
def unet_output(size, depth):
    for _ in range(depth):
        size = size - 4
        if size % 2:
            return 0
        size = size / 2
    size = size - 4
    for _ in range(depth):
        size = 2 * size - 4
    return max(size, 0)


@unet_output.also_right
def unet_output(size, depth):
    # Each level takes 4 pixels of its own grid on each way, the bottom 4 more.
    if (size + 4) % 2**depth != 0:
        return 0
    return max(size - 12 * 2**depth + 8, 0)


@unet_output.also_right
def unet_output(size, depth):
    def level(side, below):
        side -= 4
        if below == 0 or side % 2:
            return side if below == 0 else -(10**9)
        return 2 * level(side // 2, below - 1) - 4

    return max(level(size, depth), 0)


@unet_output.also_right
def unet_output(size, depth):
    for level in range(2 * depth + 1):
        size -= 4
        if size <= 0 or (level < depth and size % 2 == 1):
            return 0
        size = size // 2 if level < depth else size if level == 2 * depth else 2 * size
    return size


_unet_output.register(unet_output)
