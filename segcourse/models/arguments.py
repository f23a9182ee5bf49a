"""Checks of what is handed to a function, for the rooms from here on up."""

import numbers

import keras


def integer(name, value):
    """Return `value` as a Python integer; raise a ValueError for everything that is none."""
    if not _is_integer(value):
        raise ValueError(f"`{name}` must be an integer. Received: {name}={value!r}")
    return int(value)


def positive_integer(name, value):
    """Return `value` as a Python integer of at least 1, or raise a ValueError."""
    if not _is_integer(value) or value < 1:
        raise ValueError(f"`{name}` must be a positive integer. Received: {name}={value!r}")
    return int(value)


def image_shape(name, value):
    """Return `value` as (height, width, channels), the first two None where open."""
    shape = tuple(value) if isinstance(value, list | tuple) else ()
    sizes = [size for size in shape[:2] if size is not None] + list(shape[2:])
    if len(shape) != 3 or not all(_is_integer(size) and size >= 1 for size in sizes):
        raise ValueError(
            f"`{name}` must be (height, width, channels), positive integers, None for an open "
            f"height or width. Received: {name}={value!r}"
        )
    return tuple(None if size is None else int(size) for size in shape)


def classifier_shape(input_shape, include_top, size):
    """Return the shape of a classifier's images: its own size by default, open without the top."""
    if input_shape is None:
        input_shape = (size, size, 3) if include_top else (None, None, 3)
    input_shape = image_shape("input_shape", input_shape)
    if include_top and None in input_shape:
        raise ValueError(
            "`input_shape` must be known with `include_top=True`, since dense layers take one size "
            f"only. Received: input_shape={input_shape}"
        )
    return input_shape


def choice(name, value, choices):
    """Return `value`, which must be one of `choices` and of their type; ValueError otherwise."""
    # Only then is it compared: a list cannot be looked up, and 8.0 and True equal integers.
    whole = _is_integer(value)
    if (whole or isinstance(value, str)) and value in choices:
        return int(value) if whole else value
    words = [f'"{one}"' if isinstance(one, str) else str(one) for one in choices]
    raise ValueError(
        f"`{name}` must be {', '.join(words[:-1])} or {words[-1]}. Received: {name}={value!r}"
    )


def keras_model(name, value):
    """Return `value`, which must be a `keras.Model`; raise a ValueError otherwise."""
    if not isinstance(value, keras.Model):
        raise ValueError(f"`{name}` must be a keras.Model. Received: {name}={value!r}")
    return value


def _is_integer(value):
    return isinstance(value, numbers.Integral) and not isinstance(value, bool)
