"""`repeated_work` against independent implementations, and the example of its text."""

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
