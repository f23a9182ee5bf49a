"""Checks of what is handed to a layer, and the words for its paddings."""

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


def check_maps(name, values, roles, least=None):
    """Return the maps, or their shapes, that a layer of several inputs is called with.

    Args:
        name: of the argument.
        values: list of tensors, or of shapes, `(batch, height, width, channels)`.
        roles: what each of them is.
        least: how many there must be; all by default.

    Raises:
        ValueError: for one tensor in place of several, another number, or another number of axes.
    """
    least = len(roles) if least is None else least
    shapes = ()
    if isinstance(values, list | tuple) and not all(isinstance(n, int | None) for n in values):
        shapes = [tuple(getattr(one, "shape", one)) for one in values]
    if not least <= len(shapes) <= len(roles):
        received = f"{len(shapes)} of them" if shapes else "one tensor"
        raise ValueError(
            f"`{name}` must be a list of {' and '.join(roles[:least])}"
            f"{''.join(f', and perhaps {role}' for role in roles[least:])}. Received: {received}"
        )
    for role, shape in zip(roles, shapes, strict=False):
        if len(shape) != 4:
            raise ValueError(
                f"`{name}` must be maps (batch, height, width, channels). "
                f"Received: shape={shape} for {role}"
            )
    return values
