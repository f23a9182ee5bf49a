"""`box_iou` against others, its example, and what students write."""

import numpy as np
import pytest

from segcourse.exercises.judging.judge import Outcome, judge
from segcourse.exercises.week1.box_iou import box_iou as exercise

box_iou = exercise.right.build()


@pytest.mark.parametrize("seed", range(20))
def test_box_iou_agrees_with_counted_pixels(seed):
    corners = np.random.default_rng(seed).integers(0, 12, (2, 2, 2))
    a, b = ([*c.min(0), *(c.max(0) + 1)] for c in corners)
    rows, columns = np.indices((14, 14))
    inside = [(x0 <= columns) & (columns < x1) & (y0 <= rows) & (rows < y1)
              for x0, y0, x1, y1 in (a, b)]  # fmt: skip
    expected = (inside[0] & inside[1]).sum() / (inside[0] | inside[1]).sum()
    assert box_iou(a, b) == pytest.approx(expected)


def test_box_iou_example():
    assert box_iou((0, 0, 4, 2), (2, 0, 6, 2)) == pytest.approx(4 / 12)


# Wrong answers that no case told from the right one once.
REFUSED = [
    """w = max(0, min(a[2], b[2]) - max(a[0], b[0]))
i = w * (min(a[3], b[3]) - max(a[1], b[1]))
return i / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - i)""",
    """h = max(0, min(a[3], b[3]) - max(a[1], b[1]))
i = h * (min(a[2], b[2]) - max(a[0], b[0]))
return i / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - i)""",
    """if a[2] <= b[0] or b[2] <= a[0]:
    return 0.0
i = (min(a[2], b[2]) - max(a[0], b[0])) * (min(a[3], b[3]) - max(a[1], b[1]))
return i / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - i)""",
    """a, b = np.maximum(a, 0), np.maximum(b, 0)
i = max(0, min(a[2], b[2]) - max(a[0], b[0])) * max(0, min(a[3], b[3]) - max(a[1], b[1]))
return i / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - i)""",
]

# Wrong answers as students write them, and the mistake that is recognised.
SAID = [
    (
        "only the width kept from being negative",
        """if a[2] <= b[0] or b[2] <= a[0]:
    return 0.0
i = (min(a[2], b[2]) - max(a[0], b[0])) * (min(a[3], b[3]) - max(a[1], b[1]))
return i / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - i)""",
    ),
    (
        "min and max exchanged",
        """i = (max(a[2], b[2]) - min(a[0], b[0])) * (max(a[3], b[3]) - min(a[1], b[1]))
return i / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - i)""",
    ),
    (
        "a taken to lie left of b",
        """i = max(0, a[2] - b[0]) * max(0, a[3] - b[1])
return i / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - i)""",
    ),
    (
        "rounded to 3 digits",
        """w = max(0, min(a[2], b[2]) - max(a[0], b[0]))
h = max(0, min(a[3], b[3]) - max(a[1], b[1]))
i = w * h
return round(i / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - i), 3)""",
    ),
    (
        "pixels counted in sets",
        """def pixels(box):
    return {(y, x) for y in range(box[1], box[3]) for x in range(box[0], box[2])}
return len(pixels(a) & pixels(b)) / len(pixels(a) | pixels(b))""",
    ),
    (
        "brackets forgotten",
        """w = max(0, min(a[2], b[2]) - max(a[0], b[0]))
h = max(0, min(a[3], b[3]) - max(a[1], b[1]))
one, two = (a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1])
return w * h / one + two - w * h""",
    ),
    (
        "0.001 added to the union",
        """w = max(0, min(a[2], b[2]) - max(a[0], b[0]))
h = max(0, min(a[3], b[3]) - max(a[1], b[1]))
i = w * h
return i / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - i + 1e-3)""",
    ),
]


@pytest.mark.parametrize("body", REFUSED)
@pytest.mark.parametrize("seed", range(4))
def test_box_iou_refuses_by_its_cases(refused_by_cases, body, seed):
    refused_by_cases(exercise, body, seed)


@pytest.mark.parametrize("mistake, body", SAID)
def test_box_iou_says_what_was_done(recognised, mistake, body):
    recognised(exercise, body, mistake, "box_iou")


@pytest.mark.parametrize("small", ["1e-6", "1e-7", "1e-8"])
@pytest.mark.parametrize("above", [False, True])
def test_box_iou_allows_a_very_small_number_against_dividing_by_0(student, small, above):
    source = f"""
    def box_iou(a, b):
        w = max(0, min(a[2], b[2]) - max(a[0], b[0]))
        i = w * max(0, min(a[3], b[3]) - max(a[1], b[1]))
        u = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - i
        return (i + {small} * {above}) / (u + {small})
    """
    for seed in range(5):
        verdict = judge(exercise, student(source, "box_iou"), seed)
        assert verdict.outcome is Outcome.RIGHT, verdict.message


def test_box_iou_boxes_cover_so_much_that_a_millionth_is_never_seen():
    wrong = next(m for m in exercise.mistakes if m.name == "0.00001 added to the union").build()
    for seed in range(300):
        rng = np.random.default_rng(seed)
        cases = [exercise.space(rng).args, *exercise.cases(rng)]
        for a, b in cases:
            iou = box_iou(a, b)
            for small in (1e-6, 1e-7):
                union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
                union /= 1 + iou
                near = iou * union / (union + small), (iou * union + small) / (union + small)
                assert [exercise.compare(float(n), float(iou)) for n in near] == [None, None]
        assert any(exercise.compare(float(wrong(*c)), float(box_iou(*c))) for c in cases[1:])
