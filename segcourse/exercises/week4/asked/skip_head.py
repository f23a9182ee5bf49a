"""Exercise 4.8: what is asked and right; wrong answers are in `week4/skip_head.py`."""

import keras
import numpy as np
from keras import ops

from segcourse.exercises.judging.compare import plain
from segcourse.exercises.judging.exercise import Case, Exercise, close
from segcourse.texts import N_


def bilinear(scores, times):
    """Enlarges as a transposed convolution with a bilinear kernel and padding "same" does.

    Unlike with blocks of equal numbers, 2 times and again 2 times is not the same as 4 times.
    """
    if isinstance(times, bool) or not isinstance(times, int | np.integer):
        raise TypeError(f"`times` must be a whole number, an int. Received: times={times!r}")
    if times < 1:
        raise ValueError(f"`times` must be 1 or more. Received: times={times}")
    values = np.asarray(plain(scores))
    if values.ndim != 4:
        raise ValueError(
            f"a map of scores has four axes, [batch, h, w, classes]. It has {values.ndim}"
        )
    rows, columns = (_weights(side, int(times)) for side in values.shape[1:3])
    return np.einsum("yh,xw,bhwc->byxc", rows, columns, values).astype(values.dtype)


def _weights(side, times):
    """How much of each of the `side` positions goes into each of the enlarged ones."""
    place = (np.arange(side * times) + 0.5) / times - 0.5
    return np.maximum(0, 1 - np.abs(place[:, None] - np.arange(side)))


def _maps(rng, count, height, width, batch, classes):
    """Maps of whole numbers, each twice as high and wide as the one before; none of them is 0."""
    sizes = [(batch, height * 2**k, width * 2**k, classes) for k in range(count)]
    return [rng.integers(1, 10, size).astype("float32") for size in sizes]


def _cases(rng):
    cases = []
    # Maps, and the stride of the coarsest: FCN-8s, FCN-32s and FCN-16s on a smaller scale; then
    # more skips than the paper has, and a finest map that is as large as the image.
    for count, stride in ((3, 16), (1, 4), (2, 8), (4, 16), (2, 2)):
        height = int(rng.integers(1, 3))
        scores = _maps(rng, count, height, height + 1, 2, 3)
        cases.append(Case(scores, stride, bilinear))
    return cases


def _space(rng):
    count, height, width, batch, classes = (int(n) for n in rng.integers(1, 5, 5))
    kind = rng.choice(["float32", "float64"])
    scores = [m.astype(kind) / 2 - 2 for m in _maps(rng, count, height, width, batch, classes)]
    return Case(scores, int(rng.integers(1, 5)) * 2 ** (count - 1), bilinear)


skip_head = Exercise(
    id="4.8",
    title=N_("The head of FCN-32s, 16s and 8s"),
    function="skip_head",
    hints=(
        N_(
            "Follow FCN-16s in the diagram of section 5.1: the coarse scores are enlarged 2 times, "
            "a finer map is added, and the sum is enlarged to the size of the image. FCN-8s does "
            "the first two steps twice, FCN-32s not at all."
        ),
        N_(
            "Begin with total = scores[0]. For each map of scores[1:], enlarge `total` 2 times and "
            "add the map. Each time the stride of `total` becomes half of what it was."
        ),
        N_(
            "In the loop: total = enlarge(total, 2) + skip and stride = stride // 2. After it: "
            "return enlarge(total, stride)."
        ),
    ),
    cases=_cases,
    space=_space,
    draws=10,
    compare=close(array=False),
    points=3,
)


@skip_head.reference
def skip_head(scores, stride, enlarge):
    """Join score maps, from coarse to fine, as FCN-32s, FCN-16s and FCN-8s do.

    Args:
        scores: list of one or more float arrays [batch, h, w, classes], the coarsest
            first. Each further one is twice as high and twice as wide.
        stride: int, the stride of the coarsest map: 2, 4, 8, ... The image has so many
            times its height and width. It can be halved once for each further map.
        enlarge: function. enlarge(map, times) gives the map, `times` as high and wide.
            `times` is an int, 1 or more.

    Returns:
        The logits, [batch, height, width, classes] of the image. `scores` and its maps
        stay as they are.

    Example: every number becomes a block.

    >>> def enlarge(scores, times):
    ...     return np.repeat(scores, times, axis=1).repeat(times, axis=2)
    >>> scores = [np.full((1, 1, 1, 1), 10.0), np.array([[[[1.0], [2.0]], [[3.0], [4.0]]]])]
    >>> skip_head(scores, 2, enlarge)
    array([[[[11.], [12.]], [[13.], [14.]]]])
    """
    total = scores[0]
    for skip in scores[1:]:
        total = enlarge(total, 2) + skip
        stride = stride // 2
    return enlarge(total, stride)


@skip_head.also_right
def skip_head(scores, stride, enlarge):
    if len(scores) == 1:
        return enlarge(scores[0], stride)
    joined = scores[1] + enlarge(scores[0], 2)
    return skip_head([joined, *scores[2:]], stride // 2, enlarge)


@skip_head.also_right
def skip_head(scores, stride, enlarge):
    total = scores[0]
    for i in range(1, len(scores)):
        total = keras.layers.Add()([enlarge(total, 2), scores[i]])
    return enlarge(total, stride // 2 ** (len(scores) - 1))


@skip_head.also_right
def skip_head(scores, stride, enlarge):
    height = scores[0].shape[1] * stride
    total, *skips = scores
    for skip in skips:
        total = ops.add(enlarge(total, 2), skip)
    return enlarge(total, height // total.shape[1])
