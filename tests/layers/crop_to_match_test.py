import keras
import numpy as np
import pytest

from segcourse.layers import CropToMatch
from tests.layers.harness import run_layer_test

X = np.random.default_rng(0).normal(size=(2, 7, 9, 3)).astype("float32")
REFERENCE = np.zeros((2, 4, 4, 1), "float32")


@pytest.mark.parametrize("offset", [None, (2, 2), (3, 5)])
def test_contract(offset):
    run_layer_test(CropToMatch, {"offset": offset}, [X, REFERENCE], (2, 4, 4, 3))


@pytest.mark.parametrize(
    "offset, top, left", [(None, 1, 2), (0, 0, 0), (3, 3, 3), ((3, 5), 3, 5), ([0, 1], 0, 1)]
)
def test_cuts_where_it_should(offset, top, left):
    expected = X[:, top : top + 4, left : left + 4]
    np.testing.assert_array_equal(np.array(CropToMatch(offset)([X, REFERENCE])), expected)


def test_every_size_through_one_model():
    symbols = [keras.Input((None, None, 3)), keras.Input((None, None, 1))]
    model = keras.Model(symbols, CropToMatch(1)(symbols))
    for height, width in [(1, 1), (6, 2), (6, 8)]:
        inputs = [X, np.zeros((2, height, width, 1), "float32")]
        output = model.predict(inputs, verbose=0)
        np.testing.assert_array_equal(output, X[:, 1 : 1 + height, 1 : 1 + width])


@pytest.mark.parametrize("offset", [-1, (1,), (1, 2, 3), 1.5, "middle", (0, -2)])
def test_wrong_offset(offset):
    with pytest.raises(ValueError, match="`offset` must be None.* Received: offset="):
        CropToMatch(offset)


def test_too_small_is_named():
    with pytest.raises(ValueError, match="along height 4 \\+ 4 is more than 7.*offset=\\(4, 4\\)"):
        CropToMatch(4)([X, REFERENCE])
    with pytest.raises(ValueError, match="along width"):
        CropToMatch((0, 6))([keras.Input((7, 9, 3)), keras.Input((4, 4, 1))])
    with pytest.raises(ValueError, match="along height 0 \\+ 8 is more than 7"):
        CropToMatch()([X, np.zeros((2, 8, 8, 1))])
