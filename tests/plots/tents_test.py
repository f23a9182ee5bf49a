import matplotlib.pyplot as plt
import numpy as np
import pytest

from segcourse.layers import transpose_map
from segcourse.plots import tents


def lines(ax):
    """The sum, a line; the outputs on it; and the dots of the inputs."""
    sum_, outputs = (
        next(line for line in ax.lines if line.get_label() == name) for name in ("sum", "output")
    )
    dots = [line.get_xydata()[0] for line in ax.lines if line.get_marker() == "o"]
    return sum_.get_xydata(), outputs.get_xydata(), np.array(dots)


@pytest.mark.parametrize("factor", [1, 2, 3, 4])
def test_the_outputs_are_those_of_a_transposed_convolution(factor):
    values = [10, 20, 15, 5]
    _, outputs, _ = lines(tents(values, factor))
    size = 2 * factor - factor % 2
    tent = 1 - np.abs(np.arange(size) - (size - 1) / 2) / factor
    kernel = np.zeros((size, size))
    kernel[0] = tent
    scattered = transpose_map([values], kernel, factor)[0]
    np.testing.assert_array_equal(outputs[:, 0], np.arange(len(scattered)))
    np.testing.assert_allclose(outputs[:, 1], scattered, atol=1e-5)


def test_the_sum_goes_from_input_to_input_and_no_output_of_an_even_factor_lies_on_one():
    sum_, outputs, dots = lines(tents([10, 20, 15, 5], factor=2))
    np.testing.assert_array_equal(dots, [[1.5, 10], [3.5, 20], [5.5, 15], [7.5, 5]])
    np.testing.assert_array_equal(sum_[1:-1], dots)
    assert not set(outputs[:, 0]) & set(dots[:, 0])


@pytest.mark.parametrize(
    "change", [{"values": []}, {"values": range(9)}, {"values": [np.nan]}, {"factor": 0}]
)
def test_wrong_arguments(change):
    with pytest.raises(ValueError, match=f"`{next(iter(change))}`"):
        tents(**{"values": [1, 2], "factor": 2} | change)
    assert not plt.get_fignums()
