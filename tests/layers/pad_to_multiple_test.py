import numpy as np
import pytest

from segcourse.layers import PadToMultiple
from tests.layers.harness import run_layer_test

X = np.random.default_rng(0).normal(size=(2, 5, 7, 3)).astype("float32")


def test_as_a_layer():
    run_layer_test(PadToMultiple, {"multiple": 4}, X, (2, 8, 8, 3))


@pytest.mark.parametrize("multiple", [1, 2, 3, 5, np.int64(7)])
def test_against_numpy(multiple):
    sides = [(0, -side % int(multiple)) for side in X.shape[1:3]]
    np.testing.assert_array_equal(
        np.array(PadToMultiple(multiple)(X)), np.pad(X, [(0, 0), *sides, (0, 0)])
    )


@pytest.mark.parametrize("multiple", [0, -1, 1.5, True, None])
def test_wrong_arguments(multiple):
    with pytest.raises(ValueError, match="`multiple` must be a positive integer"):
        PadToMultiple(multiple)
