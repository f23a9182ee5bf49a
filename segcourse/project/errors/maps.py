"""The door of the error analysis: true label maps and predicted ones, of one shape."""

from segcourse.checks.label_maps import check_bytes, label_maps


def both_maps(labels, predictions):
    """Return labels and predictions as arrays of integers `[n, height, width]`.

    Raises:
        ValueError: for what holds no integers from 0 to 255, has no three axes or no pixel, and for
            two shapes.
    """
    maps = []
    for name, value in (("labels", labels), ("predictions", predictions)):
        array = label_maps(f"`{name}`", value)
        if array.ndim != 3 or not array.size:
            raise ValueError(
                f"`{name}` must be [n, height, width], of at least one pixel. "
                f"Received: shape={array.shape}"
            )
        check_bytes(f"`{name}`", array)
        maps.append(array)
    if maps[0].shape != maps[1].shape:
        raise ValueError(
            "`predictions` must have the shape of `labels`. Received: "
            f"predictions.shape={maps[1].shape}, labels.shape={maps[0].shape}"
        )
    return maps
