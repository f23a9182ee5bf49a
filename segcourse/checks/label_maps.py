"""The door for label maps: integers, each a class id or void."""

from segcourse.checks.arrays import as_array


def label_maps(whose, value, pictures=None, hint=""):
    """Return label maps as an array of integers.

    Example:

    >>> label_maps("`labels`", [[[True, False]]]).tolist()
    [[[1, 0]]]

    Args:
        whose: what they are called in errors, such as "`labels`".
        value: integer or bool array.
        pictures: shape `[n, height, width, channels]` of the pictures they belong to, or None.
        hint: a sentence for an error about floats.

    Returns:
        NumPy array of integers; bool becomes uint8.

    Raises:
        ValueError: for maps of different sizes, masked arrays, floats, and another size than that
            of the pictures.
    """
    labels = as_array(whose, value)
    if labels.dtype.kind not in "iub":
        raise ValueError(f"{whose} must be integer class ids.{hint} Received: dtype={labels.dtype}")
    if labels.dtype == bool:
        labels = labels.astype("uint8")
    if pictures is not None and labels.shape != tuple(pictures[:3]):
        raise ValueError(
            f"{whose} must be [n, height, width] as the images, {tuple(pictures[:3])}. "
            f"Received: shape={labels.shape}"
        )
    return labels


def check_bytes(whose, labels, void=255):
    """Raise a ValueError unless all labels are in 0..255, as the input pipeline has them."""
    low, high = int(labels.min()), int(labels.max())
    if low < 0 or high > 255:
        raise ValueError(
            f"{whose} must be class ids or {void} for void. Received: from {low} to {high}"
        )


def wrong_ids(ids, num_classes, void):
    """Those of `ids`, an array, that are neither a class id nor void."""
    return ids[((ids < 0) | (ids >= num_classes)) & (ids != void)]


def some(values, most=8):
    """The first few values, for an error message.

    Example:

    >>> some([3, 5, 8], most=2)
    '3, 5 and 1 more'
    """
    shown = ", ".join(str(int(value)) for value in values[:most])
    return shown + (f" and {len(values) - most} more" if len(values) > most else "")
