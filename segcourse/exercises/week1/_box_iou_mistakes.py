"""Further wrong answers to 1.5: other edges, other unions, rounding, and pixels counted."""

import numpy as np


def add_mistakes(box_iou):
    """Puts them into the exercise's catalogue."""

    @box_iou.mistake(
        "larger right and bottom",
        "You took the larger right and the larger bottom. The overlap ends where the first of the "
        "two boxes ends: min.",
    )
    def box_iou(a, b):
        width = max(max(a[2], b[2]) - max(a[0], b[0]), 0)
        height = max(max(a[3], b[3]) - max(a[1], b[1]), 0)
        area_a = (a[2] - a[0]) * (a[3] - a[1])
        area_b = (b[2] - b[0]) * (b[3] - b[1])
        return width * height / (area_a + area_b - width * height)

    @box_iou.mistake(
        "smaller left and top",
        "You took the smaller left and the smaller top. The overlap begins where the second of the "
        "two boxes begins: max.",
    )
    def box_iou(a, b):
        width = max(min(a[2], b[2]) - min(a[0], b[0]), 0)
        height = max(min(a[3], b[3]) - min(a[1], b[1]), 0)
        area_a = (a[2] - a[0]) * (a[3] - a[1])
        area_b = (b[2] - b[0]) * (b[3] - b[1])
        return width * height / (area_a + area_b - width * height)

    @box_iou.mistake(
        "b taken to begin in a",
        "You took the overlap to begin where box b begins. b can begin before a: take the larger "
        "left and the larger top.",
    )
    def box_iou(a, b):
        width = max(min(a[2], b[2]) - b[0], 0)
        height = max(min(a[3], b[3]) - b[1], 0)
        area_a = (a[2] - a[0]) * (a[3] - a[1])
        area_b = (b[2] - b[0]) * (b[3] - b[1])
        return width * height / (area_a + area_b - width * height)

    @box_iou.mistake(
        "brackets forgotten",
        "Python divides before it adds: a / b + c is (a / b) + c. Put the whole union in brackets.",
    )
    def box_iou(a, b):
        width = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
        height = max(min(a[3], b[3]) - max(a[1], b[1]), 0)
        area_a = (a[2] - a[0]) * (a[3] - a[1])
        area_b = (b[2] - b[0]) * (b[3] - b[1])
        return width * height / area_a + area_b - width * height

    @box_iou.mistake(
        "overlap added to the union",
        "You added the overlap to the two areas, so it is in the union three times. It is in area "
        "a + area b twice: subtract it once.",
    )
    def box_iou(a, b):
        width = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
        height = max(min(a[3], b[3]) - max(a[1], b[1]), 0)
        area_a = (a[2] - a[0]) * (a[3] - a[1])
        area_b = (b[2] - b[0]) * (b[3] - b[1])
        return width * height / (area_a + area_b + width * height)

    @box_iou.mistake(
        "overlap subtracted twice",
        "You subtracted the overlap twice, so it is not in the union at all. It is in area a + "
        "area b twice, and once is right.",
    )
    def box_iou(a, b):
        width = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
        height = max(min(a[3], b[3]) - max(a[1], b[1]), 0)
        area_a = (a[2] - a[0]) * (a[3] - a[1])
        area_b = (b[2] - b[0]) * (b[3] - b[1])
        union = area_a + area_b - 2 * width * height
        return width * height / union if union else 1.0

    @box_iou.mistake(
        "divided by the larger area",
        "You divided by the larger of the two areas. The union is more, unless one box lies in the "
        "other: area a + area b - overlap.",
    )
    def box_iou(a, b):
        width = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
        height = max(min(a[3], b[3]) - max(a[1], b[1]), 0)
        area_a = (a[2] - a[0]) * (a[3] - a[1])
        area_b = (b[2] - b[0]) * (b[3] - b[1])
        return width * height / max(area_a, area_b)

    @box_iou.mistake(
        "area from right and bottom",
        "You multiplied right by bottom. That is the area only for a box that begins at (0, 0): "
        "(right - left) * (bottom - top).",
    )
    def box_iou(a, b):
        width = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
        height = max(min(a[3], b[3]) - max(a[1], b[1]), 0)
        area_a, area_b = a[2] * a[3], b[2] * b[3]
        return width * height / (area_a + area_b - width * height)

    @box_iou.mistake(
        "left, right, top, bottom",
        "You read the four numbers as left, right, top, bottom. They are left, top, right, bottom: "
        "first one corner, then the other.",
    )
    def box_iou(a, b):
        width = max(min(a[1], b[1]) - max(a[0], b[0]), 0)
        height = max(min(a[3], b[3]) - max(a[2], b[2]), 0)
        area_a = (a[1] - a[0]) * (a[3] - a[2])
        area_b = (b[1] - b[0]) * (b[3] - b[2])
        return width * height / (area_a + area_b - width * height)

    @box_iou.mistake(
        "rounded to 3 digits",
        "You rounded the result. Return it as it is, and round only what you print.",
    )
    def box_iou(a, b):
        width = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
        height = max(min(a[3], b[3]) - max(a[1], b[1]), 0)
        area_a = (a[2] - a[0]) * (a[3] - a[1])
        area_b = (b[2] - b[0]) * (b[3] - b[1])
        return round(width * height / (area_a + area_b - width * height), 3)

    @box_iou.mistake(
        "rounded to 2 digits",
        "You rounded to 2 digits. Return the result, with all its digits.",
    )
    def box_iou(a, b):
        width = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
        height = max(min(a[3], b[3]) - max(a[1], b[1]), 0)
        area_a = (a[2] - a[0]) * (a[3] - a[1])
        area_b = (b[2] - b[0]) * (b[3] - b[1])
        return round(width * height / (area_a + area_b - width * height), 2)

    @box_iou.mistake(
        "cut to whole numbers",
        "You turned the coordinates into whole numbers. They can be floats, as shares of a picture "
        "between 0 and 1: compute with them as they are.",
    )
    def box_iou(a, b):
        a, b = [int(n) for n in a], [int(n) for n in b]
        width = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
        height = max(min(a[3], b[3]) - max(a[1], b[1]), 0)
        area_a = (a[2] - a[0]) * (a[3] - a[1])
        area_b = (b[2] - b[0]) * (b[3] - b[1])
        return width * height / (area_a + area_b - width * height)

    @box_iou.mistake(
        "pixels counted in sets",
        "range takes whole numbers only, and coordinates can be floats, such as 0.25. Do not count "
        "pixels: compute the areas from the sides.",
    )
    def box_iou(a, b):
        one = {(x, y) for x in range(a[0], a[2]) for y in range(a[1], a[3])}
        two = {(x, y) for x in range(b[0], b[2]) for y in range(b[1], b[3])}
        return len(one & two) / len(one | two)

    @box_iou.mistake(
        "pixels counted in masks",
        "An array has whole rows and columns from 0 on, and coordinates can be floats or below 0. "
        "Do not draw the boxes: compute the areas from the sides.",
    )
    def box_iou(a, b):
        masks = np.zeros((2, int(max(a[3], b[3])) + 1, int(max(a[2], b[2])) + 1), bool)
        for mask, (left, top, right, bottom) in zip(masks, (a, b), strict=True):
            mask[top:bottom, left:right] = True
        return (masks[0] & masks[1]).sum() / (masks[0] | masks[1]).sum()

    @box_iou.mistake(
        "1 - IoU",
        "You returned 1 - IoU, a distance. The IoU itself is asked for: 1 for equal boxes.",
    )
    def box_iou(a, b):
        width = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
        height = max(min(a[3], b[3]) - max(a[1], b[1]), 0)
        area_a = (a[2] - a[0]) * (a[3] - a[1])
        area_b = (b[2] - b[0]) * (b[3] - b[1])
        return 1 - width * height / (area_a + area_b - width * height)

    @box_iou.mistake(
        "apart only if b comes after a",
        "You return 0 only where box b begins after the end of box a. b can also end before a "
        "begins: look both ways, or take max(width, 0) and max(height, 0).",
    )
    def box_iou(a, b):
        if a[2] <= b[0] or a[3] <= b[1]:
            return 0.0
        width = min(a[2], b[2]) - max(a[0], b[0])
        height = min(a[3], b[3]) - max(a[1], b[1])
        area_a = (a[2] - a[0]) * (a[3] - a[1])
        area_b = (b[2] - b[0]) * (b[3] - b[1])
        return width * height / (area_a + area_b - width * height)

    @box_iou.mistake(
        "a taken to lie left of b, boxes apart",
        "You took the overlap to reach from the beginning of b to the end of a. It begins at the "
        "larger left and ends at the smaller right, and it is never less than 0 wide.",
    )
    def box_iou(a, b):
        overlap = (a[2] - b[0]) * (a[3] - b[1])
        area_a = (a[2] - a[0]) * (a[3] - a[1])
        area_b = (b[2] - b[0]) * (b[3] - b[1])
        return overlap / (area_a + area_b - overlap)

    @box_iou.mistake(
        "beginning minus end",
        "Your width is larger left - smaller right, which is negative just where the boxes "
        "overlap. It is the other way round: smaller right - larger left.",
    )
    def box_iou(a, b):
        width = max(max(a[0], b[0]) - min(a[2], b[2]), 0)
        height = max(max(a[1], b[1]) - min(a[3], b[3]), 0)
        area_a = (a[2] - a[0]) * (a[3] - a[1])
        area_b = (b[2] - b[0]) * (b[3] - b[1])
        return width * height / (area_a + area_b - width * height)

    @box_iou.mistake(
        "per cent",
        "You multiplied by 100. The IoU is asked for as a share: 1 for equal boxes.",
    )
    def box_iou(a, b):
        width = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
        height = max(min(a[3], b[3]) - max(a[1], b[1]), 0)
        area_a = (a[2] - a[0]) * (a[3] - a[1])
        area_b = (b[2] - b[0]) * (b[3] - b[1])
        return 100 * width * height / (area_a + area_b - width * height)

    @box_iou.mistake(
        "two areas",
        "You returned two areas. One number is asked for: the overlap divided by the union.",
    )
    def box_iou(a, b):
        width = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
        height = max(min(a[3], b[3]) - max(a[1], b[1]), 0)
        area_a = (a[2] - a[0]) * (a[3] - a[1])
        area_b = (b[2] - b[0]) * (b[3] - b[1])
        return width * height, area_a + area_b - width * height

    @box_iou.mistake(
        "area a twice",
        "You took the area of box a twice. The union is area a + area b - overlap: look whether an "
        "`a` should be a `b`.",
    )
    def box_iou(a, b):
        width = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
        height = max(min(a[3], b[3]) - max(a[1], b[1]), 0)
        area_a = (a[2] - a[0]) * (a[3] - a[1])
        return width * height / (2 * area_a - width * height)

    @box_iou.mistake(
        "0.00001 added to the union",
        "You added 0.00001 to the union, and that changes the result. The union is never 0: divide "
        "by area a + area b - overlap.",
    )
    def box_iou(a, b):
        width = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
        height = max(min(a[3], b[3]) - max(a[1], b[1]), 0)
        area_a = (a[2] - a[0]) * (a[3] - a[1])
        area_b = (b[2] - b[0]) * (b[3] - b[1])
        return width * height / (area_a + area_b - width * height + 1e-5)

    @box_iou.mistake(
        "0.0001 added to the union",
        "You added 0.0001 to the union, and that changes the result. The union is never 0: divide "
        "by area a + area b - overlap.",
    )
    def box_iou(a, b):
        width = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
        height = max(min(a[3], b[3]) - max(a[1], b[1]), 0)
        area_a = (a[2] - a[0]) * (a[3] - a[1])
        area_b = (b[2] - b[0]) * (b[3] - b[1])
        return width * height / (area_a + area_b - width * height + 1e-4)

    @box_iou.mistake(
        "0.001 added to the union",
        "You added 0.001 to the union, and that changes the result. The union is never 0: divide "
        "by area a + area b - overlap.",
    )
    def box_iou(a, b):
        width = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
        height = max(min(a[3], b[3]) - max(a[1], b[1]), 0)
        area_a = (a[2] - a[0]) * (a[3] - a[1])
        area_b = (b[2] - b[0]) * (b[3] - b[1])
        return width * height / (area_a + area_b - width * height + 1e-3)

    @box_iou.mistake(
        "1 added to the union",
        "You added 1 to the union, and that changes the result. The union is never 0: divide "
        "by area a + area b - overlap.",
    )
    def box_iou(a, b):
        width = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
        height = max(min(a[3], b[3]) - max(a[1], b[1]), 0)
        area_a = (a[2] - a[0]) * (a[3] - a[1])
        area_b = (b[2] - b[0]) * (b[3] - b[1])
        return width * height / (area_a + area_b - width * height + 1)
