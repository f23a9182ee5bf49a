"""The weight map of U-Net: classes balanced, and the narrow gaps between objects made to count."""

import math
import numbers

import numpy as np
from scipy import ndimage

from segcourse.data.split import VOID

# Beyond this share of `w0` a gap adds less than float32 shows beside a weight of 1.
_NOTHING = 1e-9


def separation_weights(instances, w0=10.0, sigma=5.0, class_weights=None, void=VOID):
    """Compute `w = w_c + w0 · exp(-(d1 + d2)² / (2 sigma²))` for every pixel.

    `w_c` balances the classes foreground and background. The second part counts on the background
    only: `d1` and `d2` are the distances to the nearest pixel of the nearest and of the second
    nearest object, so it is high in narrow gaps. With one object it is 0.

    Args:
        instances: integer map [height, width], 0 the background and every object an id of its
            own. A map of 0 and 1 alone, such as a label map, is taken for a mask: its objects are
            its regions, connected over pixel edges.
        w0: what a gap of no width would add.
        sigma: in pixels, how wide a gap may be and still count.
        class_weights: `w_c` as (background, foreground), or None: the number of pixels, divided
            by 2 and by those of the class. Both classes then weigh the same, and the mean is 1.
        void: id of pixels that are neither; they get weight 0. None if there are none.

    Returns:
        float32 [height, width].

    Raises:
        ValueError: if the map is not two-dimensional, not integer (NaN included), has a negative
            id or no foreground, or if a number is out of range.

    Example:

    >>> import numpy as np
    >>> from segcourse.data import separation_weights
    >>> weights = separation_weights(np.array([[1, 1, 0, 2, 2]]), class_weights=(1, 1))
    >>> [round(float(weight), 2) for weight in weights[0]]  # 1 + 10 exp(-(1 + 1)² / 50)
    [1.0, 1.0, 10.23, 1.0, 1.0]

    Reference: Ronneberger, Fischer, Brox, "U-Net" (2015), section 3, equation 2, w0 = 10 and
    sigma about 5 pixels. Week 6.
    """
    instances = _map(instances)
    w0 = _number("w0", w0, lambda value: value >= 0, "0 or more")
    sigma = _number("sigma", sigma, lambda value: value > 0, "above 0")
    valid = np.ones(instances.shape, bool) if void is None else instances != void
    objects = _objects(np.where(valid, instances, 0))
    foreground = objects > 0
    if not foreground.any():
        raise ValueError(
            "`instances` must have a foreground, pixels of an id above 0. "
            f"Received: {instances.shape[0]}×{instances.shape[1]} pixels without one"
        )
    background = valid & ~foreground
    below, above = _class_weights(class_weights, background.sum(), foreground.sum())
    weights = below * background + above * foreground
    reach = sigma * math.sqrt(-2 * math.log(_NOTHING))
    gaps = np.exp(-(_distances(objects, reach).sum(axis=0) ** 2) / (2 * sigma**2))
    return (weights + w0 * gaps * background).astype("float32")


def _distances(objects, reach):
    """Distances to the nearest and second nearest object, infinite where both are beyond reach.

    Each object is looked at in its own box, widened by `reach`: the time goes with the sum of
    these boxes, not with the number of objects times the picture.
    """
    nearest = np.full((2, *objects.shape), np.inf)
    margin = math.ceil(reach)
    for number, box in enumerate(ndimage.find_objects(objects), 1):
        if box is None:
            continue
        box = tuple(slice(max(side.start - margin, 0), side.stop + margin) for side in box)
        distance = ndimage.distance_transform_edt(objects[box] != number)
        first, second = nearest[0][box], nearest[1][box]
        np.minimum(second, np.maximum(first, distance), out=second)
        np.minimum(first, distance, out=first)
    return nearest


def _objects(instances):
    """The objects, numbered from 1 on."""
    if instances.max() <= 1:
        return ndimage.label(instances)[0]
    ids, places = np.unique(instances, return_inverse=True)
    first = 0 if ids[0] == 0 else 1
    return places.reshape(instances.shape) + first


def _class_weights(given, background, foreground):
    if given is None:
        pixels = background + foreground
        return tuple(pixels / (2 * max(count, 1)) for count in (background, foreground))
    try:
        below, above = given
    except (TypeError, ValueError):
        below = above = None
    for value in (below, above):
        if not _is_number(value) or value < 0:
            raise ValueError(
                "`class_weights` must be (background, foreground), two numbers of at least 0, or "
                f"None. Received: class_weights={given!r}"
            )
    return below, above


def _map(instances):
    instances = np.asarray(instances)
    if instances.ndim != 2 or instances.size == 0:
        raise ValueError(
            f"`instances` must be one map [height, width]. Received: shape={instances.shape}"
        )
    if instances.dtype.kind not in "iu":
        missing = instances.dtype.kind == "f" and np.isnan(instances).any()
        raise ValueError(
            "`instances` must be integer ids. "
            f"Received: dtype={instances.dtype}{', with NaN' if missing else ''}"
        )
    if instances.min() < 0:
        raise ValueError(
            f"`instances` must be ids from 0 on. Received: ids from {int(instances.min())} on"
        )
    return instances


def _number(name, value, allows, allowed):
    if not _is_number(value) or not allows(value):
        raise ValueError(f"`{name}` must be a number {allowed}. Received: {name}={value!r}")
    return float(value)


def _is_number(value):
    real = isinstance(value, numbers.Real) and not isinstance(value, bool)
    return real and math.isfinite(value)
