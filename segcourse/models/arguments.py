"""Checks of models and of the shapes they take, for the rooms from here on up."""

import keras

from segcourse.checks.sizes import is_integer


def image_shape(name, value):
    """Return `value` as (height, width, channels), the first two None where open."""
    shape = tuple(value) if isinstance(value, list | tuple) else ()
    sizes = [size for size in shape[:2] if size is not None] + list(shape[2:])
    if len(shape) != 3 or not all(is_integer(size) and size >= 1 for size in sizes):
        raise ValueError(
            f"`{name}` must be (height, width, channels), positive integers, None for an open "
            f"height or width. Received: {name}={value!r}"
        )
    if keras.config.image_data_format() != "channels_last":
        raise ValueError(
            "The networks of the course have the channels last: call "
            'keras.config.set_image_data_format("channels_last") first, or correct keras.json in '
            'the folder .keras. Received: image_data_format() = "channels_first"'
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


def keras_model(name, value, runs=False):
    """Return `value`, which must be a `keras.Model`; raise a ValueError otherwise.

    With `runs` its weights must have values, too: see `without_weights`.
    """
    if not isinstance(value, keras.Model):
        raise ValueError(f"`{name}` must be a keras.Model. Received: {name}={value!r}")
    if runs and any(getattr(one, "_value", one) is None for one in value.variables):
        raise ValueError(
            f"`{name}` must have weights to be run: build it outside of `without_weights()`. "
            f"Received: {name}={value!r}, whose weights have shapes and no values"
        )
    return value
