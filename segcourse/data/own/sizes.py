"""Pictures of mixed sizes brought to one, with their label maps."""

import numpy as np

from segcourse.data.files.pictures import resize_image, resize_labels
from segcourse.data.split import VOID

#: How, and in words for a data set's source.
WAYS = {
    "resize": "stretched to {0}×{1}",
    "crop": "the middle {0}×{1}, not scaled, smaller ones filled up with black and void",
    "pad": "scaled whole into {0}×{1}, the rest black and void",
}


def check_fit(fit):
    """`fit`, or a ValueError with the ways there are."""
    if not isinstance(fit, str) or fit not in WAYS:
        raise ValueError(f"`fit` must be one of {', '.join(WAYS)}. Received: fit={fit!r}")
    return fit


def fitted(image, labels, size, fit="resize"):
    """A picture and its label map at one size.

    Args:
        image: uint8 [h, w, channels].
        labels: uint8 [h, w].
        size: (height, width), or None for no change.
        fit: `"resize"` stretches both; `"crop"` takes the middle unscaled and fills up what is
            smaller; `"pad"` scales the whole picture into the size and fills up the rest. What is
            filled up is black, and void in the labels.

    Example:

    >>> import numpy as np
    >>> from segcourse.data.own.sizes import fitted
    >>> image, labels = np.ones((2, 4, 3), "uint8"), np.ones((2, 4), "uint8")
    >>> fitted(image, labels, (2, 2), "pad")[1].tolist()
    [[1, 1], [255, 255]]
    """
    if size is None or image.shape[:2] == tuple(size):
        return image, labels
    if fit == "resize":
        return resize_image(image, size), resize_labels(labels, size)
    if fit == "pad":
        inner = _inside(labels.shape, size)
        image, labels = resize_image(image, inner), resize_labels(labels, inner)
    return _middle(image, size, 0), _middle(labels, size, VOID)


def _inside(shape, size):
    """The largest size of a picture's proportions that lies in `size`."""
    scale = min(size[0] / shape[0], size[1] / shape[1])
    return tuple(
        min(most, max(1, round(side * scale))) for side, most in zip(shape, size, strict=True)
    )


def _middle(array, size, filling):
    """The middle of an array at `size`, filled up where it is smaller."""
    result = np.full((*size, *array.shape[2:]), filling, array.dtype)
    source, target = [], []
    for have, want in zip(array.shape, size, strict=False):
        kept = min(have, want)
        source.append(slice((have - kept) // 2, (have - kept) // 2 + kept))
        target.append(slice((want - kept) // 2, (want - kept) // 2 + kept))
    result[tuple(target)] = array[tuple(source)]
    return result
