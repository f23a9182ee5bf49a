"""Dense output from a coarse network, without changing the network."""

import keras

from segcourse.checks.sizes import positive_integer


def shift_and_stitch(fn, images, stride):
    """Run a network of stride `stride` on every shift of the images and interlace its outputs.

    For each `(dy, dx)` in `0 … stride - 1` the picture is moved `dy` up and `dx` left; zeros come
    in at the bottom and the right, so the size stays. Output cell `(i, j)` of that run then looks
    at the place `(stride * i + dy, stride * j + dx)` and is put there in the result.

    A network without padding gives, to the last digit, what its "à trous" form gives on the picture
    with `stride - 1` zeros added at the bottom and the right: every stride set to 1, every
    later kernel dilated instead. With padding inside the network the two agree wherever the
    receptive field does not touch the border. The price is `stride ** 2` runs.

    Args:
        fn: a model, or any function, from `(batch, height, width, channels)` to
            `(batch, rows, columns, classes)`.
        images: float array or tensor, `(batch, height, width, channels)`.
        stride: the network's stride, a positive integer.

    Returns: a tensor `(batch, rows * stride, columns * stride, classes)`.

    Raises:
        ValueError: if `stride` is not a positive integer or `images` has not four axes.

    Example:
        >>> import numpy as np
        >>> from segcourse.layers import shift_and_stitch
        >>> images = np.arange(4.0).reshape(1, 1, 4, 1)
        >>> every_second = lambda x: x[:, ::2, ::2]
        >>> np.array(shift_and_stitch(every_second, images, 2))[0, 0, :, 0].tolist()
        [0.0, 1.0, 2.0, 3.0]

    Reference: Sermanet et al., "OverFeat" (2014), section 3.3; Long, Shelhamer, Darrell (2015),
    section 3.2. Week 4.
    """
    images = keras.ops.convert_to_tensor(images)
    stride = positive_integer("stride", stride)
    if len(images.shape) != 4:
        raise ValueError(
            "`images` must have the shape (batch, height, width, channels). "
            f"Received: shape={tuple(images.shape)}"
        )
    height, width = images.shape[1:3]
    margin = (0, stride - 1)
    padded = keras.ops.pad(images, ((0, 0), margin, margin, (0, 0)))
    outputs = keras.ops.stack(
        [
            fn(padded[:, dy : dy + height, dx : dx + width, :])
            for dy in range(stride)
            for dx in range(stride)
        ]
    )
    return _interlace(outputs, stride)


def _interlace(outputs, stride):
    """Weave `(stride * stride, batch, rows, columns, classes)` into one map per example."""
    _, batch, rows, columns, classes = outputs.shape
    grid = keras.ops.reshape(outputs, (stride, stride, batch, rows, columns, classes))
    woven = keras.ops.transpose(grid, (2, 3, 0, 4, 1, 5))
    return keras.ops.reshape(woven, (batch, rows * stride, columns * stride, classes))
