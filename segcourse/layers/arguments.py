"""The paddings of a layer that changes the size of a map."""

from segcourse.checks.sizes import pair_of_integers


def paddings(value, kernel_size, names=()):
    """Return `value` as one of `names`, or as two integers of at least 0, along height and width.

    `"half"` is `kernel_size // 2`, `"full"` is `kernel_size - 1`.
    """
    if isinstance(value, str):
        if value in names:
            return value
        sides = {"half": [k // 2 for k in kernel_size], "full": [k - 1 for k in kernel_size]}
        if value in sides:
            return tuple(sides[value])
    pair = pair_of_integers(value)
    if pair is None or min(pair) < 0:
        words = ", ".join(f'"{name}"' for name in (*names, "half", "full"))
        raise ValueError(
            f"`padding` must be {words}, an integer of at least 0, or a pair (height, width) of "
            f"them. Received: padding={value!r}"
        )
    return pair
