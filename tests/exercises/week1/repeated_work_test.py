"""`repeated_work` against others, its example, and what students write."""

import numpy as np
import pytest

from segcourse.exercises.week1.repeated_work import repeated_work as exercise

repeated_work = exercise.right.build()


@pytest.mark.parametrize(("size", "patch"), [(1, 1), (1, 5), (7, 3), (5, 9), (12, 5)])
def test_repeated_work_agrees_with_reading_every_patch(size, patch):
    bordered = np.arange((size + patch - 1) ** 2).reshape(size + patch - 1, -1)
    windows = np.lib.stride_tricks.sliding_window_view(bordered, (patch, patch))
    passes, reads = windows[..., 0, 0].size, windows.size
    result = repeated_work(size, patch)
    assert result == (passes, reads, reads - len(np.unique(windows)))


def test_repeated_work_example():
    assert repeated_work(2, 3) == (4, 36, 20)
    assert repeated_work(256, 17)[0] == 65_536


# Wrong answers that no case told from the right one once.
REFUSED = [
    """side = size + 2 * (patch // 2)
times = np.zeros((side, side), "uint8")
for y in range(size):
    for x in range(size):
        times[y:y + patch, x:x + patch] += 1
return size**2, times.sum(), (times - 1).sum()""",
    """passes = size * size
reads = passes * patch * patch
return passes, reads, reads - (size + 2) ** 2""",
]

# Wrong answers as students write them, and the mistake that is recognised.
SAID = [
    (
        "border `patch` wide",
        """passes = size * size
reads = passes * patch * patch
return passes, reads, reads - (size + patch + patch) ** 2""",
    ),
    (
        "reads of one pass",
        """return size**2, patch**2, size**2 * patch**2 - (size + patch - 1) ** 2""",
    ),
    (
        "three channels everywhere",
        """passes = size * size
reads = passes * patch * patch
return passes, 3 * reads, 3 * (reads - (size + patch - 1) ** 2)""",
    ),
    (
        "one row of passes",
        """return size, size * patch**2, size * patch**2 - (size + patch - 1) ** 2""",
    ),
    (
        "a share",
        """passes = size * size
reads = passes * patch * patch
return passes, reads, (reads - (size + patch - 1) ** 2) / reads""",
    ),
    (
        "order passes, repeated, reads",
        """passes = size * size
reads = passes * patch * patch
return passes, reads - (size + patch - 1) ** 2, reads""",
    ),
    (
        "only the repeated reads",
        """passes = size * size
reads = passes * patch * patch
return reads - (size + patch - 1) ** 2""",
    ),
    (
        "half a pixel of border",
        """passes = size * size
reads = passes * patch * patch
return passes, reads, reads - (size + patch / 2 + patch / 2) ** 2""",
    ),
]


@pytest.mark.parametrize("body", REFUSED)
@pytest.mark.parametrize("seed", range(4))
def test_repeated_work_refuses_by_its_cases(refused_by_cases, body, seed):
    refused_by_cases(exercise, body, seed)


@pytest.mark.parametrize("mistake, body", SAID)
def test_repeated_work_says_what_was_done(recognised, mistake, body):
    recognised(exercise, body, mistake, "repeated_work")
