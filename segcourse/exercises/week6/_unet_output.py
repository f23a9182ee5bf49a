"""Wrong answers to exercise 6.1 about the inputs that do not tile."""


def register(unet_output):
    """Adds them to the exercise."""

    @unet_output.mistake(
        "odd sides rounded down",
        "You rounded an odd side down. The pooling would drop a row, and the map would no "
        "longer fit the skip by the same crop on both sides: return 0 for such "
        "an input.",
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
        "You asked whether the input can be halved `depth` times. That would do if the "
        "convolutions kept the size. Here 4 pixels go before each halving, so look at the side at "
        "each pooling layer: 572 is no multiple of 16, and 572 tiles.",
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
        "You looked only whether the input is even. Every pooling layer must meet an even side: "
        "look again at each level.",
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
        "You checked whether the side is even after it was halved. The pooling layer needs an even "
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
        "bottom looked at",
        "You asked for an even side at the bottom too. No pooling follows there, so an odd side is "
        "fine: look only before each halving.",
    )
    def unet_output(size, depth):
        for _ in range(depth):
            size = size - 4
            if size % 2:
                return 0
            size = size // 2
        size = size - 4
        if size % 2:
            return 0
        for _ in range(depth):
            size = 2 * size - 4
        return max(size, 0)

    @unet_output.mistake(
        "0 for even sides",
        "You returned 0 where the side is even. An even side can be halved; an odd one does not "
        "tile: `if size % 2 != 0: return 0`.",
    )
    def unet_output(size, depth):
        for _ in range(depth):
            size = size - 4
            if size % 2 == 0:
                return 0
            size = size // 2
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

    @unet_output.mistake(
        "ValueError",
        "You raised an error for an input that does not tile. The text asks for 0 then: `return "
        "0`.",
    )
    def unet_output(size, depth):
        for _ in range(depth):
            size = size - 4
            if size % 2:
                raise ValueError
            size = size // 2
        size = size - 4
        for _ in range(depth):
            size = 2 * size - 4
        return max(size, 0)

    @unet_output.mistake(
        "assert",
        "Your `assert` stops with an error where a side is odd. The text asks for 0 then: "
        "`if size % 2: return 0`.",
    )
    def unet_output(size, depth):
        for _ in range(depth):
            size = size - 4
            assert size % 2 == 0
            size = size // 2
        size = size - 4
        for _ in range(depth):
            size = 2 * size - 4
        return max(size, 0)

    @unet_output.mistake(
        "-1 in place of 0",
        "You returned -1 for an input that does not tile. The text asks for 0 then.",
    )
    def unet_output(size, depth):
        for _ in range(depth):
            size = size - 4
            if size % 2:
                return -1
            size = size // 2
        size = size - 4
        for _ in range(depth):
            size = 2 * size - 4
        return max(size, 0)

    @unet_output.mistake(
        "break",
        "`break` only leaves the loop, and the side goes on to the way up. Use `return 0`: it ends "
        "the function.",
    )
    def unet_output(size, depth):
        for _ in range(depth):
            size = size - 4
            if size % 2:
                break
            size = size // 2
        size = size - 4
        for _ in range(depth):
            size = 2 * size - 4
        return max(size, 0)
