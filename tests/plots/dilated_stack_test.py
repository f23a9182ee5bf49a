import matplotlib.pyplot as plt
import numpy as np
import pytest

from segcourse.plots import dilated_stack


def read_in(ax, level):
    """Places of the filled dots of a row."""
    dots = [dot for dot in ax.collections if dot.get_offsets()[0][1] == level]
    return {int(dot.get_offsets()[0][0]) for dot in dots if not dot.get_facecolor()[0].all()}


@pytest.mark.parametrize(
    "dilations, kernel",
    [((1, 1, 1), 3), ((1, 2, 4), 3), ((2, 2), 3), ((3, 1), 5)],
)
def test_filled_are_the_pixels_that_reach_the_output(dilations, kernel):
    row = np.zeros(61)
    row[30] = 1
    for rate in reversed(dilations):
        row = sum(np.roll(row, rate * tap) for tap in range(-(kernel // 2), kernel // 2 + 1))
    ax = dilated_stack(dilations, kernel)
    assert read_in(ax, 0) == set(np.flatnonzero(row) - 30)
    assert read_in(ax, len(dilations)) == {0}
    names = [text.get_text() for text in ax.texts]
    assert names == [*(f"dilation {rate}" for rate in reversed(dilations)), "input"]


@pytest.mark.parametrize("arguments", [((),), ((1, 0),), ((1.5,),), ((1,) * 6,), ((1,), 2)])
def test_wrong_arguments(arguments):
    with pytest.raises(ValueError, match="must be .* Received"):
        dilated_stack(*arguments)
    assert not plt.get_fignums()
