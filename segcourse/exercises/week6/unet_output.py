"""Exercise 6.1: Output size of U-Net."""

import numpy as np

from segcourse.exercises.judging.exercise import Exercise, exact
from segcourse.texts import N_


def _cases(rng):
    # An input that tiles comes from below: any even side at the bottom, doubled, plus 4 each time.
    def tiling(depth, bottom):
        for _ in range(depth):
            bottom = 2 * bottom + 4
        return bottom + 4

    first, second = (int(n) for n in 2 * rng.permutation(np.arange(10, 16))[:2])
    return [
        (572, 4),
        (tiling(2, first), 2),
        (tiling(3, second), 3),
        # Sides that meet an odd map at the first, the second and the third pooling.
        (tiling(3, second) + 1, 3),
        (tiling(3, second) + 2, 3),
        (tiling(3, second) + 4, 3),
        # It tiles, and nothing is left at the end: 20, 16, 8, 4, 2, -2, …
        (tiling(2, 2), 2),
        (128, 3),
    ]


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
        depth: int, number of pooling layers.

    Returns:
        int, side of the output; 0 if a pooling layer meets an odd side, or if nothing
        is left at the end.

    Example: unet_output(28, 1) is 12.
        28 - 4 = 24, halved 12; 12 - 4 = 8; doubled 16, 16 - 4 = 12.
        unet_output(27, 1) is 0: 27 - 4 = 23 is odd.
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
    "odd sides rounded down",
    "You rounded an odd side down. The pooling would drop a row, and the picture would no longer "
    "fit the skip by the same crop on both sides: such an input does not tile, return 0.",
)
def unet_output(size, depth):
    for _ in range(depth):
        size = (size - 4) // 2
    size = size - 4
    for _ in range(depth):
        size = 2 * size - 4
    return max(size, 0)


@unet_output.mistake(
    "odd sides rounded up",
    "You rounded an odd side up. Keras pools only complete 2×2 windows, and here an odd side "
    "means that the input does not tile: return 0.",
)
def unet_output(size, depth):
    for _ in range(depth):
        size = -(-(size - 4) // 2)
    size = size - 4
    for _ in range(depth):
        size = 2 * size - 4
    return max(size, 0)


@unet_output.mistake(
    "divisible by 2 ** depth",
    "You asked whether the input can be halved `depth` times. That is the rule of the padded "
    "form. Here 4 pixels go before each halving, so look at the side at each pooling layer: 572 "
    "is no multiple of 16, and 572 tiles.",
)
def unet_output(size, depth):
    if size % 2**depth:
        return 0
    for _ in range(depth):
        size = (size - 4) // 2
    size = size - 4
    for _ in range(depth):
        size = 2 * size - 4
    return max(size, 0)


@unet_output.mistake(
    "only the input looked at",
    "You looked only whether the input is even. Every pooling layer must meet an even side: look "
    "again at each level.",
)
def unet_output(size, depth):
    if size % 2:
        return 0
    for _ in range(depth):
        size = (size - 4) // 2
    size = size - 4
    for _ in range(depth):
        size = 2 * size - 4
    return max(size, 0)


@unet_output.mistake(
    "looked after the pooling",
    "You looked whether the side is even after it was halved. The pooling layer needs an even "
    "side before: look first, then halve.",
)
def unet_output(size, depth):
    for _ in range(depth):
        size = (size - 4) // 2
        if size % 2:
            return 0
    size = size - 4
    for _ in range(depth):
        size = 2 * size - 4
    return max(size, 0)


@unet_output.mistake(
    "convolutions before the enlargement",
    "On the way up you took 4 pixels away and then doubled. The up-convolution comes first: "
    "2 * size - 4.",
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
    "padded network",
    "You gave back the input's side. That holds for the padded form; here every 3×3 convolution "
    "loses one pixel on each side.",
)
def unet_output(size, depth):
    return 0 if size % 2**depth else size


@unet_output.mistake(
    "below zero",
    "For a small input you returned a side below zero. A map cannot be smaller than empty: "
    "return 0 then.",
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


@unet_output.mistake(
    "None in place of 0",
    "You returned None for an input that does not tile. The text asks for 0 then.",
)
def unet_output(size, depth):
    for _ in range(depth):
        size = size - 4
        if size % 2:
            return None
        size = size // 2
    size = size - 4
    for _ in range(depth):
        size = 2 * size - 4
    return max(size, 0)


@unet_output.also_right
def unet_output(size, depth):
    # Each level takes 4 pixels of its own grid on each way, the bottom 4 more.
    lost = 4 * 2**depth + 8 * (2**depth - 1)
    tiles = (size - 4 * (2**depth - 1)) % 2**depth == 0
    side = size
    for _ in range(depth):
        tiles = tiles and side % 2 == 0
        side = (side - 4) // 2
    return max(size - lost, 0) if tiles else 0


@unet_output.also_right
def unet_output(size, depth):
    def level(side, below):
        side -= 4
        if below == 0 or side % 2:
            return side if below == 0 else -(10**9)
        return 2 * level(side // 2, below - 1) - 4

    return max(level(size, depth), 0)
