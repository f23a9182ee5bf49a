"""Exercise 1.5: IoU of two boxes."""

import numpy as np

from segcourse.exercises.judging.exercise import Exercise, close
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
    corner = (x + w + gap, y + h + gap, x + 2 * w + gap, y + 2 * h + gap)
    return [(one, other), (other, one), (one, beside), (one, corner), (one, one)]


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
    compare=close(1e-6),
    points=2,
)


@box_iou.reference
def box_iou(a, b):
    """Give the intersection over union of two boxes.

    Args:
        a, b: boxes (left, top, right, bottom); right and bottom are exclusive, so the
            area is (right - left) * (bottom - top).

    Returns:
        float: the area that lies in both boxes, divided by the area that lies in at
        least one of them. 1 for equal boxes, 0 for boxes that do not overlap.

    Example: box_iou((0, 0, 4, 2), (2, 0, 6, 2)): the overlap is 2 * 2 = 4, the union
        is 8 + 8 - 4 = 12, so the answer is 4 / 12 = 0.333.
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


@box_iou.also_right
def box_iou(a, b):
    side = max(*a, *b)
    masks = np.zeros((2, side, side), bool)
    for mask, (left, top, right, bottom) in zip(masks, (a, b), strict=True):
        mask[top:bottom, left:right] = True
    return (masks[0] & masks[1]).sum() / (masks[0] | masks[1]).sum()
