"""The weight map of U-Net: classes balanced, and the narrow gaps between objects made to count."""

import math
import warnings

import numpy as np
from scipy import ndimage

from segcourse.checks.arrays import as_array
from segcourse.checks.sizes import integer, is_number, number
from segcourse.data.split import VOID
from segcourse.metrics.labels_seen import too_few_classes

# Beyond this share of `w0` a gap adds less than float32 shows beside a weight of 1.
_NOTHING = 1e-9


def separation_weights(instances, w0=10.0, sigma=5.0, class_weights=None, void="labels"):
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
            by those of the class and by how many of the two there are. Both then weigh the same,
            and the mean is 1.
        void: id of pixels that are neither; they get weight 0. None if there are none. By default
            255 in a label map, which holds only 0, 1 and 255, and none in an instance map, where
            255 is an object as others are.

    Returns:
        float32 [height, width].

    Raises:
        ValueError: if the map is not two-dimensional, not integer (NaN included), has a negative
            id, or if a number is out of range.

    Warns:
        UserWarning: for a map of 0 and 255 alone, whose 255 may be meant as the foreground.

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
    w0 = number("w0", w0, lambda value: value >= 0, "0 or more")
    sigma = number("sigma", sigma, lambda value: value > 0, "above 0")
    void = _void(void, instances)
    valid = np.ones(instances.shape, bool) if void is None else instances != void
    objects = _objects(np.where(valid, instances, 0))
    foreground = objects > 0
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
    for object_id, box in enumerate(ndimage.find_objects(objects), 1):
        if box is None:
            continue
        box = tuple(slice(max(side.start - margin, 0), side.stop + margin) for side in box)
        distance = ndimage.distance_transform_edt(objects[box] != object_id)
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
        present = int(background > 0) + int(foreground > 0)
        return tuple(pixels / max(present * count, 1) for count in (background, foreground))
    try:
        below, above = given
    except (TypeError, ValueError):
        below = above = None
    for value in (below, above):
        if not is_number(value) or value < 0:
            raise ValueError(
                "`class_weights` must be (background, foreground), two numbers of at least 0, or "
                f"None. Received: class_weights={given!r}"
            )
    return below, above


def _void(void, instances):
    """The id of void as an integer, or None."""
    if void is None:
        return None
    if void != "labels" or not isinstance(void, str):
        return integer("void", void)
    seen = np.unique(instances).tolist()
    if seen == [0, VOID]:
        warnings.warn(f"`instances` hold {too_few_classes(seen, VOID)}", stacklevel=3)
    return VOID if set(seen) <= {0, 1, VOID} else None


def _map(instances):
    instances = as_array("`instances`", instances)
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
