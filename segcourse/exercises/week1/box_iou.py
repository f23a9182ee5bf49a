"""Exercise 1.5: IoU of two boxes."""

import numpy as np

from segcourse.exercises.judging.exercise import Case, Exercise, close
from segcourse.exercises.week1._box_iou_mistakes import add_mistakes
from segcourse.texts import N_


def _cases(rng):
    x, y = (int(n) for n in rng.integers(3, 8, 2))
    w, h = (int(n) for n in rng.integers(6, 10, 2))
    dx, dy = (int(n) for n in rng.integers(2, 5, 2))
    # The second box is larger in both directions and moved to the lower right.
    other = (x + dx, y + dy, x + dx + w + 3, y + dy + h + 2)
    one = (x, y, x + w, y + h)
    gap = int(rng.integers(2, 5))
    beside = (x + w + gap, y + 1, x + 2 * w + gap, y + h + 2)
    below = (x + 1, y + h + gap, x + w + 2, y + 2 * h + gap)
    corner = (x + w + gap, y + h + gap, x + 2 * w + gap, y + 2 * h + gap)
    inside = (x + 1, y + 2, x + w - 2, y + h - 1)
    flat = (x - 2, y + 2, x + w + 3, y + h - 2)  # wider than the first box, and less high
    # Read as (left, right, top, bottom), these two overlap as well.
    first = (x, x + 4, x + 4 + w, x + 6 + w)
    second = (x + 1, x + 6, x + 5 + w, x + 8 + w)
    return [
        (one, other),
        (other, one),
        (one, beside),
        (below, one),
        (one, below),
        (one, corner),
        (one, inside),
        (flat, one),
        (first, second),
        (one, one),
        _as_arrays((other, one)),
        _moved(one, other, 40, 0),
        _moved(one, other, 0, 40),
        _moved(one, other, -60, -60),
        _shares(rng),
        _as_arrays(_shares(rng)),
        _as_arrays(_moved(other, one, -60, -60)),
    ]


def _as_arrays(boxes):
    return tuple(np.array(box) for box in boxes)


def _moved(a, b, right, down):
    """Both boxes so far away, below 0 as well."""
    return tuple(
        tuple(n + m for n, m in zip(box, 2 * (right, down), strict=True)) for box in (a, b)
    )


def _shares(rng):
    """Two boxes in shares of a picture, between 0 and 1.

    Like all boxes here they cover so much, more than 0.5, that a millionth added to the union
    stays within the tolerance, and ten times as much does not.
    """
    n = (rng.integers(1, 8, 8) / 32).tolist()
    a = (n[0], n[1], n[2] + 0.75, n[3] + 0.75)
    return a, (n[4], n[5], n[6] + 0.75, n[7] + 0.75)


def _space(rng):
    """Boxes that overlap, touch, lie in one another or apart, in pixels or shares, below 0 too."""
    if rng.random() < 0.15:
        return Case(*_shares(rng))
    spread = int(rng.choice([3, 6, 12]))
    corners = rng.integers(-spread, spread + 1, (2, 2))
    sides = rng.integers(1, spread + 1, (2, 2))
    a, b = np.concatenate([corners, corners + sides], axis=1)
    if rng.random() < 0.1:
        b = a
    if rng.random() < 0.5:
        scale = rng.choice([0.75, 1.25, 2.5])
        a, b = a * scale, b * scale
    if rng.random() < 0.3:
        return Case(a, b)
    return Case(tuple(a.tolist()), tuple(b.tolist()))


box_iou = Exercise(
    id="1.5",
    title=N_("IoU of two boxes"),
    function="box_iou",
    hints=(
        N_(
            "Draw two overlapping boxes. Where is the left edge of the overlap? It is the left "
            "edge of one of the two boxes."
        ),
        N_(
            "The overlap reaches from the larger `left` to the smaller `right`. If that is less "
            "than 0 wide, there is no overlap."
        ),
        N_("The union is area a + area b - overlap: the overlap was counted twice."),
    ),
    cases=_cases,
    space=_space,
    compare=close(2e-6),
    points=2,
)


@box_iou.reference
def box_iou(a, b):
    """Give the intersection over union of two boxes.

    Args:
        a, b: boxes (left, top, right, bottom), as tuples or arrays of whole numbers or
            floats, also below 0. right and bottom are exclusive, so the area is
            (right - left) * (bottom - top). It is never 0.

    Returns:
        float: the area that lies in both boxes, divided by the area that lies in at
        least one of them. 1 for equal boxes, 0 for boxes that do not overlap.

    Example:

    >>> box_iou((0, 0, 4, 2), (2, 0, 6, 2))
    0.333

    The overlap is 2 * 2 = 4, the union is 8 + 8 - 4 = 12: 4 / 12.
    """
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    overlap = max(width, 0) * max(height, 0)
    area_a = (a[2] - a[0]) * (a[3] - a[1])
    area_b = (b[2] - b[0]) * (b[3] - b[1])
    return overlap / (area_a + area_b - overlap)


@box_iou.mistake(
    "overlap not subtracted from the union",
    "You divided by the sum of both areas. The overlap is in it twice: subtract it once.",
)
def box_iou(a, b):
    width = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
    height = max(min(a[3], b[3]) - max(a[1], b[1]), 0)
    area_a = (a[2] - a[0]) * (a[3] - a[1])
    area_b = (b[2] - b[0]) * (b[3] - b[1])
    return width * height / (area_a + area_b)


@box_iou.mistake(
    "overlap of disjoint boxes",
    "For boxes that do not overlap, the width or the height comes out negative, and two negative "
    "numbers even give a positive area. Each of the two must be at least 0: max(width, 0).",
)
def box_iou(a, b):
    overlap = (min(a[2], b[2]) - max(a[0], b[0])) * (min(a[3], b[3]) - max(a[1], b[1]))
    area_a = (a[2] - a[0]) * (a[3] - a[1])
    area_b = (b[2] - b[0]) * (b[3] - b[1])
    return overlap / (area_a + area_b - overlap)


@box_iou.mistake(
    "product made positive too late",
    "You applied max(..., 0) to the product. When width and height are both negative, their "
    "product is positive: apply it to each of them.",
)
def box_iou(a, b):
    overlap = max((min(a[2], b[2]) - max(a[0], b[0])) * (min(a[3], b[3]) - max(a[1], b[1])), 0)
    area_a = (a[2] - a[0]) * (a[3] - a[1])
    area_b = (b[2] - b[0]) * (b[3] - b[1])
    return overlap / (area_a + area_b - overlap)


@box_iou.mistake(
    "absolute value",
    "You took the absolute value of a negative width or height. A negative width means that the "
    "boxes do not overlap: use max(width, 0).",
)
def box_iou(a, b):
    overlap = abs(min(a[2], b[2]) - max(a[0], b[0])) * abs(min(a[3], b[3]) - max(a[1], b[1]))
    area_a = (a[2] - a[0]) * (a[3] - a[1])
    area_b = (b[2] - b[0]) * (b[3] - b[1])
    return overlap / (area_a + area_b - overlap)


@box_iou.mistake(
    "last pixel counted again",
    "You added 1 to every width and height. That is right for inclusive ends; here right and "
    "bottom are exclusive, so right - left is the width.",
)
def box_iou(a, b):
    width = max(min(a[2], b[2]) - max(a[0], b[0]) + 1, 0)
    height = max(min(a[3], b[3]) - max(a[1], b[1]) + 1, 0)
    area_a = (a[2] - a[0] + 1) * (a[3] - a[1] + 1)
    area_b = (b[2] - b[0] + 1) * (b[3] - b[1] + 1)
    return width * height / (area_a + area_b - width * height)


@box_iou.mistake(
    "divided by the smaller area",
    "You divided by the smaller of the two areas. A small box inside a large one would then score "
    "1: divide by the union.",
)
def box_iou(a, b):
    width = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
    height = max(min(a[3], b[3]) - max(a[1], b[1]), 0)
    area_a = (a[2] - a[0]) * (a[3] - a[1])
    area_b = (b[2] - b[0]) * (b[3] - b[1])
    return width * height / min(area_a, area_b)


@box_iou.mistake(
    "divided by the first area",
    "You divided by the area of the first box. IoU treats both boxes alike: divide by the union.",
)
def box_iou(a, b):
    width = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
    height = max(min(a[3], b[3]) - max(a[1], b[1]), 0)
    return width * height / ((a[2] - a[0]) * (a[3] - a[1]))


@box_iou.mistake(
    "box around both",
    "You divided by the box around both boxes. Its corners can lie in neither box: the union is "
    "area a + area b - overlap.",
)
def box_iou(a, b):
    width = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
    height = max(min(a[3], b[3]) - max(a[1], b[1]), 0)
    around = (max(a[2], b[2]) - min(a[0], b[0])) * (max(a[3], b[3]) - min(a[1], b[1]))
    return width * height / around


@box_iou.mistake(
    "width and height read from the box",
    "You read the last two numbers as width and height. They are right and bottom: the width is "
    "right - left.",
)
def box_iou(a, b):
    width = max(min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0]), 0)
    height = max(min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1]), 0)
    return width * height / (a[2] * a[3] + b[2] * b[3] - width * height)


@box_iou.mistake(
    "not divided",
    "You returned the area of the overlap. Divide it by the area of the union.",
)
def box_iou(a, b):
    width = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
    height = max(min(a[3], b[3]) - max(a[1], b[1]), 0)
    return float(width * height)


@box_iou.mistake(
    "Dice in place of IoU",
    "You returned 2 * overlap / (area a + area b). That is the Dice score, which is larger than "
    "the IoU: divide the overlap by the union.",
)
def box_iou(a, b):
    width = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
    height = max(min(a[3], b[3]) - max(a[1], b[1]), 0)
    area_a = (a[2] - a[0]) * (a[3] - a[1])
    area_b = (b[2] - b[0]) * (b[3] - b[1])
    return 2 * width * height / (area_a + area_b)


@box_iou.mistake(
    "divided with //",
    "`//` rounds down, and an IoU below 1 becomes 0. Divide with `/`.",
)
def box_iou(a, b):
    width = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
    height = max(min(a[3], b[3]) - max(a[1], b[1]), 0)
    area_a = (a[2] - a[0]) * (a[3] - a[1])
    area_b = (b[2] - b[0]) * (b[3] - b[1])
    return float(width * height // (area_a + area_b - width * height))


@box_iou.mistake(
    "only the width kept from being negative",
    "You checked whether the boxes lie side by side, but not whether one lies above the other: the "
    "height must be at least 0, too.",
)
def box_iou(a, b):
    width = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
    height = min(a[3], b[3]) - max(a[1], b[1])
    area_a = (a[2] - a[0]) * (a[3] - a[1])
    area_b = (b[2] - b[0]) * (b[3] - b[1])
    return width * height / (area_a + area_b - width * height)


@box_iou.mistake(
    "only the height kept from being negative",
    "You checked whether one box lies above the other, but not whether they lie side by side: the "
    "width must be at least 0, too.",
)
def box_iou(a, b):
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = max(min(a[3], b[3]) - max(a[1], b[1]), 0)
    area_a = (a[2] - a[0]) * (a[3] - a[1])
    area_b = (b[2] - b[0]) * (b[3] - b[1])
    return width * height / (area_a + area_b - width * height)


@box_iou.mistake(
    "apart only if apart in both",
    "You return 0 only where width and height are both negative. One of them is enough: write `or` "
    "in place of `and`.",
)
def box_iou(a, b):
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    if width < 0 and height < 0:
        return 0.0
    area_a = (a[2] - a[0]) * (a[3] - a[1])
    area_b = (b[2] - b[0]) * (b[3] - b[1])
    return width * height / (area_a + area_b - width * height)


@box_iou.mistake(
    "min and max exchanged",
    "You exchanged min and max, and so you got the box around both. The overlap begins at the "
    "larger left and ends at the smaller right.",
)
def box_iou(a, b):
    width = max(max(a[2], b[2]) - min(a[0], b[0]), 0)
    height = max(max(a[3], b[3]) - min(a[1], b[1]), 0)
    area_a = (a[2] - a[0]) * (a[3] - a[1])
    area_b = (b[2] - b[0]) * (b[3] - b[1])
    return width * height / (area_a + area_b - width * height)


@box_iou.mistake(
    "a taken to lie left of b",
    "You took box a to lie to the upper left of box b. It can be the other way round, or one in "
    "the other: the overlap begins at the larger left and ends at the smaller right.",
)
def box_iou(a, b):
    width = max(a[2] - b[0], 0)
    height = max(a[3] - b[1], 0)
    area_a = (a[2] - a[0]) * (a[3] - a[1])
    area_b = (b[2] - b[0]) * (b[3] - b[1])
    return width * height / (area_a + area_b - width * height)


@box_iou.also_right
def box_iou(a, b):
    if a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]:
        return 0
    left, top, right, bottom = max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])
    overlap = (right - left) * (bottom - top)
    return overlap / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - overlap)


@box_iou.also_right
def box_iou(a, b):
    a, b = np.asarray(a, "float64"), np.asarray(b, "float64")
    sides = np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2])
    overlap = np.clip(sides, 0, None).prod()
    return overlap / (np.prod(a[2:] - a[:2]) + np.prod(b[2:] - b[:2]) - overlap)


add_mistakes(box_iou)
