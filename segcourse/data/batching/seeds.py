"""Seeds: whole numbers from 0 on, as numpy's generators take them."""

import operator


def check_seed(value, argument="seed"):
    """`value` as an int; a ValueError names the argument where it is none, or is negative."""
    try:
        number = operator.index(value)
    except TypeError:
        number = -1
    if number < 0:
        raise ValueError(
            f"`{argument}` must be an integer from 0 on. Received: {argument}={value!r}"
        )
    return number
